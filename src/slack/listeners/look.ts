import type { RichTextPreformatted } from '@slack/types';
import type { RegionId, RunId } from '../../domain/ids.ts';
import type { Request } from '../../grammar/request.ts';
import { history } from '../../operations/history.ts';
import { reportRun } from '../../operations/report-run.ts';
import { show } from '../../operations/show.ts';
import { status } from '../../operations/status.ts';
import { statusOfRegion } from '../../operations/status-of-region.ts';
import { whoami } from '../../operations/whoami.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderHelp, renderHistory, renderNoDrills, renderStatus, renderWhoami } from '../views/answers.ts';
import { renderShow } from '../views/live.ts';
import { renderRefusal } from '../views/refused.ts';

const showOne = async ({ door, context }: Turn, run: RunId): Promise<Rendered> => {
  const answer = await show(door.deps, run);
  return answer.ok ? renderShow(answer.value, context) : renderRefusal(answer.refusal);
};

const statusOf = async ({ door, asker, context }: Turn, region: RegionId | null): Promise<Rendered> => {
  const answer = await status(door.deps, asker);
  return answer.ok ? renderStatus(statusOfRegion(answer.value, region), context) : renderRefusal(answer.refusal);
};

const historyOf = async (
  { door, context }: Turn,
  request: { readonly region: RegionId | null; readonly limit: number },
): Promise<Rendered> => {
  const answer = await history(door.deps, request);
  return answer.ok ? renderHistory(answer.value, context) : renderRefusal(answer.refusal);
};

/** Slack takes 3000 characters in a section, and a phone shows a few screens of them. */
const MOST_REPORTED = 2900;

const reportOf = async ({ door }: Turn, run: RunId): Promise<Rendered> => {
  const answer = await reportRun(door.deps, { run, format: 'markdown' });
  if (!answer.ok) return renderRefusal(answer.refusal);
  const whole = answer.value;
  const shown = whole.length <= MOST_REPORTED ? whole : `${whole.slice(0, MOST_REPORTED)}\n…`;
  const more = `The whole report, with its drawings: steer report ${run} --format html`;
  const preformatted: RichTextPreformatted = {
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: shown }],
  };
  return {
    text: `The report of ${run}. ${more}`,
    blocks: [
      { type: 'rich_text', elements: [preformatted] },
      { type: 'context', elements: [{ type: 'plain_text', text: more }] },
    ],
  };
};

const whoamiOf = async ({ door, asker }: Turn): Promise<Rendered> => {
  const answer = await whoami(door.deps, asker);
  return answer.ok ? renderWhoami(answer.value) : renderRefusal(answer.refusal);
};

const helpOf = async ({ door, asker }: Turn, about: string | null): Promise<Rendered> => {
  const answer = await whoami(door.deps, asker);
  return renderHelp(answer.ok ? answer.value : null, about);
};

export type LookRequest = Extract<
  Request,
  { verb: 'status' | 'show' | 'history' | 'report' | 'whoami' | 'help' | 'drill' }
>;

/** Everything that only reads. */
export const look = (turn: Turn, request: LookRequest): Promise<Rendered> => {
  switch (request.verb) {
    case 'status':
      return request.run === null ? statusOf(turn, request.region) : showOne(turn, request.run);
    case 'show':
      return showOne(turn, request.run);
    case 'history':
      return historyOf(turn, request);
    case 'report':
      return reportOf(turn, request.run);
    case 'whoami':
      return whoamiOf(turn);
    case 'help':
      return helpOf(turn, request.about);
    case 'drill':
      return Promise.resolve(renderNoDrills());
  }
};
