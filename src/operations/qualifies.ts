import type { RunId } from '../domain/ids.ts';
import { isEnded, type Run } from '../run/state.ts';
import type { Answer } from './answer.ts';
import type { Deps } from './deps.ts';
import { chooseRun } from './find-run.ts';

export type AskVerb = 'approve' | 'deny' | 'resume' | 'stop' | 'rollback';

export const isHeld = (run: Run): boolean => !isEnded(run) && (run.personHold !== null || run.engineHold !== null);

/** Which runs an ask can be meant for when none is named. */
export const QUALIFIES: Readonly<Record<AskVerb, (run: Run) => boolean>> = {
  approve: ({ stage }) => stage === 'waiting',
  deny: ({ stage }) => stage === 'waiting',
  resume: isHeld,
  stop: (run) => !isEnded(run),
  rollback: (run) => !isEnded(run),
};

/** The run that an ask would go to, to be shown before it is confirmed. Writes nothing. */
export const pickRun = async (deps: Pick<Deps, 'fleet'>, verb: AskVerb, named: RunId | null): Promise<Answer<Run>> =>
  chooseRun(await deps.fleet(), named, verb, QUALIFIES[verb]);
