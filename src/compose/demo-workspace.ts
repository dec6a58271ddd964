import { TABLE, VERBS } from '../grammar/vocabulary.ts';
import type { Random } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import { SLACK_VARIABLES, type SlackEnds } from '../sandbox/config-text.ts';
import type { CommandHint, PersonShown } from '../sandbox/page/types.ts';
import { SANDBOX_WORKSPACE } from '../sandbox/slack/seed.ts';
import { type ServedWorkspace, serveWorkspace } from '../sandbox/slack/serve.ts';
import type { SlackBeside } from './sandbox-mount.ts';

/** Whom the page lets its reader act as; those with a person are in the config. */
const CAST = [
  { id: 'U0OPERATOR', name: 'operator', person: 'operator-1', standing: 'proposes and runs moves' },
  { id: 'U0APPROVER', name: 'approver', person: 'approver-1', standing: 'approves' },
  { id: 'U0ADMIN', name: 'admin', person: 'admin-1', standing: 'freezes, breaks glass' },
  { id: 'U0RESPONDER', name: 'responder', person: 'responder-1', standing: 'may hold' },
  { id: 'U0VIEWER', name: 'viewer', person: 'viewer-1', standing: 'looks only' },
  { id: 'U0GUEST', name: 'guest', person: null, standing: 'a guest, may nothing' },
  { id: 'U0STRANGER', name: 'stranger', person: null, standing: 'of another company' },
] as const;

export const PEOPLE: readonly PersonShown[] = CAST.map(({ id, name, standing }) => ({ id, name, standing }));

/** What the page offers to whoever types a slash: the table that also parses it. */
export const HINTS: readonly CommandHint[] = VERBS.map((verb) => ({
  usage: `${verb} ${TABLE[verb].usage}`.trimEnd(),
  about: TABLE[verb].summary,
}));

/** A person reads along: several messages at once are no flood. */
const POST_BURST = 5;

export const openWorkspace = (clock: Clock, random: Random): Promise<ServedWorkspace> =>
  serveWorkspace({
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    random: () => random.next(),
    postBurst: POST_BURST,
  });

/** The config's view of the workspace, and the variables with its tokens. */
export const slackBeside = ({ apiUrl }: ServedWorkspace): SlackBeside => {
  const { team, app, channels, groups } = SANDBOX_WORKSPACE;
  const ends: SlackEnds = {
    endpoint: apiUrl,
    team: team.id,
    channel: channels[0]?.id ?? '',
    approversGroup: groups[0]?.id ?? '',
    users: Object.fromEntries(CAST.flatMap(({ id, person }) => (person === null ? [] : [[person, id]]))),
  };
  return {
    ends,
    environment: { [SLACK_VARIABLES.bot]: app.botToken, [SLACK_VARIABLES.app]: app.appToken },
  };
};
