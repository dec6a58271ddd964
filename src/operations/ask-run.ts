import type { Deed } from '../access/roles.ts';
import type { RunId } from '../domain/ids.ts';
import { type Asked, type RunEvent, runStream } from '../run/events.ts';
import { fold } from '../run/fold.ts';
import { asRunEvent } from '../run/replay.ts';
import type { Run } from '../run/state.ts';
import { type Answer, granted, type Refusal } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { chooseRun } from './find-run.ts';
import { newEvent } from './new-event.ts';
import { type AskVerb, QUALIFIES } from './qualifies.ts';
import { type PersonSession, Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

export interface RunAsk {
  readonly deed: Deed;
  /** The word of the grammar, for "which one?". */
  readonly verb: AskVerb;
  readonly run: RunId | null;
  /** Why this cannot be asked of this run now, or null. */
  readonly objection: (run: Run, session: PersonSession) => Refusal | null;
  readonly event: (asked: Asked, run: Run) => RunEvent;
  /** Nothing of the fleet (freezes, configs) may have changed in between either. */
  readonly fleetUnmoved: boolean;
}

/** Appends one ask of a person to one run, judged on exactly the events that precede it. Answers with the run as it then is. */
export const askRun = (deps: Deps, asker: Asker, ask: RunAsk): Promise<Answer<Run>> => {
  const sessions = new Sessions(deps, asker);
  return untilLanded(deps, async () => {
    const session = await sessions.openFor(ask.deed);
    if (!session.ok) return session;
    const { fleet, standing } = session.value;
    const chosen = chooseRun(fleet, ask.run, ask.verb, QUALIFIES[ask.verb]);
    if (!chosen.ok) return chosen;
    const run = chosen.value;
    const refusal = ask.objection(run, session.value);
    if (refusal !== null) return { ok: false, refusal };
    const event = newEvent(ask.event({ by: standing.person, door: asker.door }, run));
    return granted({
      append: {
        stream: runStream(run.run),
        expectedVersion: run.version,
        events: [event],
        unmoved: ask.fleetUnmoved ? [{ stream: 'fleet', version: fleet.fleetVersion }] : [],
      },
      value: (events) => events.reduce((state, stored) => fold(state, asRunEvent(stored)), run),
    });
  });
};
