import type { RunId } from '../../domain/ids.ts';
import type { Refusal } from '../../operations/answer.ts';
import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { headline } from '../../words/run.ts';
import { whyLines } from '../../words/run-why.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { objectionLines } from './objection-lines.ts';
import { typedLine } from './run-buttons.ts';
import { code, type Piece, type Said, say, sentence, timeMark } from './said.ts';
import { group, rendered } from './sheet.ts';

const NO_CLOCK = { now: 0, decorated: false } as const;

const answer = (
  title: string,
  lines: readonly Said[] = [],
  context: Pick<ViewContext, 'now' | 'decorated'> = NO_CLOCK,
): Rendered => rendered({ title, isShort: true, groups: [group(lines, 20)] }, context);

/** Every sentence and every objection of a refusal, at once. */
export const renderRefusal = ({ problems, objections }: Refusal): Rendered => {
  const lines: readonly Said[] = [...problems.map((line): Said => [line]), ...objectionLines(objections)];
  const runbook: readonly Said[] = objections.length > 0 ? [['Each code has an entry in runbooks/README.md.']] : [];
  return answer('Refused. Nothing was done.', [...lines, ...runbook]);
};

/** What the grammar did not understand, with its suggestions. Nothing is ever corrected by itself. */
export const renderProblems = (problems: readonly string[]): Rendered =>
  answer('Nothing was done.', [...problems.map((line): Said => [line]), say`All commands: ${code('/steer help')}`]);

/** A button that was shown before the run changed. `what` says in a sentence what changed and by whom, where that is known. */
export const renderStale = (run: Run, what: string | null, context: ViewContext): Rendered => {
  const [why] = whyLines(run, context.now, timeMark);
  const typed = typedLine(run);
  return answer(
    `Not done: ${run.run} changed since that message (now ${phaseOf(run).words}).`,
    [
      ...(what === null ? [] : [[what]]),
      [`${headline(run)}.`],
      ...(why === undefined || isEnded(run) ? [] : [sentence(why)]),
      ...(typed === null ? [] : [[typed]]),
    ],
    context,
  );
};

/** Something may be changed only where the config says. `channels` are ids from the config. */
export const renderWrongChannel = (verb: string, channels: readonly string[]): Rendered => {
  const links = channels.flatMap((channel, index): Piece[] => [
    ...(index === 0 ? [] : [', ']),
    { kind: 'channel', channel },
  ]);
  const where: Said = channels.length === 0 ? ['no channel of Slack'] : links;
  return answer(`/steer ${verb} changes something, and not from here. Nothing was done.`, [
    say`It works in ${where}. Here you can look (status, show, history, plan, whoami, help) and hold.`,
  ]);
};

/** Guests, strangers, bots, deleted users, foreign teams: they may not even look. `because` is one sentence. */
export const renderStranger = (because: string): Rendered =>
  answer('steer answers full members of this workspace only. Nothing was done.', [[because]]);

/** Somebody whom no line of the config names wants to do more than look. */
export const renderNotMapped = (team: string, user: string): Rendered =>
  answer("I don't know you as a person in steer's config, so you can only look. Nothing was done.", [
    say`An admin can add ${code(`${team}/${user}`)}.`,
  ]);

/** An unexpected failure: the id stands in the log. What was asked may have been written; the state tells. */
export const renderInternalError = (id: string): Rendered =>
  answer(`Something went wrong in steer (error ${id}).`, [
    say`What you asked may or may not have been done: look with ${code('/steer status')}.`,
    say`Should this go on: ${code('steer status')} and ${code('steer hold')} on the command line do not need Slack.`,
  ]);

/** The bot stops; the engine goes on. */
export const renderRestarting = (run: RunId | null): Rendered =>
  answer('Bot restarting; the engine continues. This command was not done.', [
    say`Control meanwhile, on the command line: ${code(`steer status${run === null ? '' : ` ${run}`}`)}, ${code(`steer hold${run === null ? '' : ` ${run}`}`)}`,
  ]);
