import type { GoogleApi } from './api.ts';
import type { ManagedZone } from './shapes.ts';

/** What steer must know of zones before it can write there: their DNS names, for the marker. */
export interface ZoneDirectory {
  zone(id: string, signal: AbortSignal): Promise<ManagedZone>;
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
    forget: (id) => void known.delete(id),
  };
};
