import type { Known } from '../grammar/request.ts';
import type { Deps } from '../operations/deps.ts';
import type { Answers } from './answers.ts';
import type { Channels } from './channels.ts';
import type { Limiter } from './limits.ts';
import type { Log } from './log.ts';
import type { Members } from './members.ts';
import type { Seen } from './seen.ts';
import type { Settings } from './settings.ts';
import type { Work } from './work.ts';

/** Everything a listener may use. */
export interface Door {
  readonly deps: Deps;
  readonly settings: Settings;
  readonly members: Members;
  readonly channels: Channels;
  readonly answers: Answers;
  readonly seen: Seen;
  readonly limiter: Limiter;
  readonly work: Work;
  readonly log: Log;
  /** Names that could be typed when they were last read: enough to say what is being planned before anything is read. */
  names: Known;
  /** Ends what waits when the bot stops. */
  readonly signal: AbortSignal;
}
