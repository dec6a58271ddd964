import { ProviderError } from '../errors.ts';
import type { GoogleApi } from './api.ts';
import type { ManagedZone } from './shapes.ts';

/** So few are asked for one by one: a list holds all zones of the project. */
const FEW = 3;

/** What steer must know of zones before it can write there: their DNS names, for the marker. */
export interface ZoneDirectory {
  zone(id: string, signal: AbortSignal): Promise<ManagedZone>;
  /** Asks for many by a list, so that `zone` finds them here afterwards. What is not in it is not known, no more. */
  learn(ids: readonly string[], signal: AbortSignal): Promise<void>;
  /** Asked for again next time: a zone may have been made anew under the same name. */
  forget(id: string): void;
}

/** A zone's DNS name never changes, so each is asked for once. */
export const createZoneDirectory = (api: GoogleApi): ZoneDirectory => {
  const known = new Map<string, ManagedZone>();
  return {
    async zone(id, signal) {
      const held = known.get(id);
      if (held !== undefined) return held;
      const zone = await api.zone(id, signal);
      known.set(id, zone);
      return zone;
    },
    async learn(ids, signal) {
      if (ids.filter((id) => !known.has(id)).length <= FEW) return;
      try {
        for (const zone of await api.zones(null, signal)) for (const id of [zone.name, zone.id]) known.set(id, zone);
      } catch (failure) {
        // The right to list the project is a convenience: without it each zone is asked for.
        if (!(failure instanceof ProviderError) || failure.kind !== 'unauthorised') throw failure;
      }
    },
    forget: (id) => void known.delete(id),
  };
};
