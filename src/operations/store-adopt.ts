import type { Fence } from '../domain/steering.ts';
import { FLEET_STREAM, type StepCharge } from '../run/events.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { newEvent } from './new-event.ts';
import { Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

/** What taking over found and left; made by whoever may touch the vendors. */
export interface TakenOver {
  readonly from: readonly string[];
  readonly fences: Readonly<Record<string, Fence>>;
  readonly charges: readonly StepCharge[];
  readonly epoch: number;
}

export type Adoption =
  | { readonly done: false; readonly waitsFor: string }
  | { readonly done: true; readonly from: readonly string[]; readonly zones: number; readonly epoch: number };

export interface AdoptRequest {
  readonly because: string;
  /** Last hash known of the old store's audit chain; null where nobody has it. */
  readonly previousHash: string | null;
}

/**
 * Takes over zones whose marker carries another store's id (design section 7): asked by an admin, done by a second person.
 * `takeOver` waits out the old lease, raises the epoch above both and writes the markers; nothing else is written.
 */
export const storeAdopt = async (
  deps: Deps,
  asker: Asker,
  request: AdoptRequest,
  takeOver: () => Promise<TakenOver>,
): Promise<Answer<Adoption>> => {
  const sessions = new Sessions(deps, asker);
  const session = await sessions.openFor('approve');
  if (!session.ok) return session;
  const { fleet, standing } = session.value;
  if (fleet.adoption === null) {
    const asked = await sessions.openFor('adopt-store');
    if (!asked.ok) return asked;
    return untilLanded(deps, async () => {
      const again = await sessions.openFor('adopt-store');
      if (!again.ok) return again;
      const { previousHash, because } = request;
      const data = { by: again.value.standing.person, door: asker.door, because, previousHash };
      const event = newEvent({ type: 'store.adoption-asked', data });
      return granted({
        append: { stream: FLEET_STREAM, expectedVersion: again.value.fleet.fleetVersion, events: [event] },
        value: (): Adoption => ({
          done: false,
          waitsFor: 'a second person (approver or admin), who types the same command',
        }),
      });
    });
  }
  if (fleet.adoption.by === standing.person || standing.shared) {
    return refuse([`${fleet.adoption.by} asked for this; another person has to do it.`]);
  }
  const { by, previousHash } = fleet.adoption;
  const taken = await takeOver();
  const data = {
    by,
    door: asker.door,
    second: standing.person,
    previousHash,
    from: taken.from,
    fences: taken.fences,
    charges: taken.charges,
  };
  return untilLanded(deps, async () => {
    const now = await sessions.openFor('approve');
    if (!now.ok) return now;
    return granted({
      append: {
        stream: FLEET_STREAM,
        expectedVersion: now.value.fleet.fleetVersion,
        events: [newEvent({ type: 'store.adopted', data })],
        epoch: taken.epoch,
      },
      value: (): Adoption => ({
        done: true,
        from: taken.from,
        zones: Object.keys(taken.fences).length,
        epoch: taken.epoch,
      }),
    });
  });
};
