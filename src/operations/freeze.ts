import type { Freeze } from '../domain/config.ts';
import { FLEET_STREAM, type FleetEvent } from '../run/events.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { newEvent } from './new-event.ts';
import { Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

/** Lets nothing new start. What runs goes on unless it is held. */
export const freeze = (
  deps: Deps,
  asker: Asker,
  request: { readonly because: string; readonly forMs: number | null },
): Promise<Answer<Freeze>> => {
  const sessions = new Sessions(deps, asker);
  return untilLanded(deps, async () => {
    const session = await sessions.openFor('freeze');
    if (!session.ok) return session;
    const { fleet, standing } = session.value;
    const until = request.forMs === null ? null : deps.clock.now() + request.forMs;
    const data = { by: standing.person, door: asker.door, because: request.because, until };
    const event: FleetEvent = { type: 'freeze.set', data };
    return granted({
      append: { stream: FLEET_STREAM, expectedVersion: fleet.fleetVersion, events: [newEvent(event)] },
      value: ([stored]) => ({ by: data.by, because: data.because, since: stored?.at ?? deps.clock.now(), until }),
    });
  });
};

/** Lifts every freeze in force. Answers with those that were lifted. */
export const unfreeze = (
  deps: Deps,
  asker: Asker,
  request: { readonly because: string },
): Promise<Answer<readonly Freeze[]>> => {
  const sessions = new Sessions(deps, asker);
  return untilLanded(deps, async () => {
    const session = await sessions.openFor('unfreeze');
    if (!session.ok) return session;
    const { fleet, standing } = session.value;
    const now = deps.clock.now();
    const lifted = fleet.freezes.filter(({ until }) => until === null || until > now);
    if (lifted.length === 0) return refuse(['Nothing is frozen.']);
    const data = { by: standing.person, door: asker.door, because: request.because };
    const event: FleetEvent = { type: 'freeze.lifted', data };
    return granted({
      append: { stream: FLEET_STREAM, expectedVersion: fleet.fleetVersion, events: [newEvent(event)] },
      value: () => lifted,
    });
  });
};
