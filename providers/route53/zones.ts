import { ProviderError } from '../errors.ts';
import { sideBySide } from '../side-by-side.ts';
import type { HostedZone, Route53Api } from './api.ts';

/** Names of zones by id. A zone keeps its id and name for life, so what was learned once is never asked again. */
export interface ZoneDirectory {
  /** In the order of `ids`, which are plain. Throws `not-found` for a zone that this account does not have. */
  zones(ids: readonly string[], signal: AbortSignal): Promise<readonly HostedZone[]>;
}

/** Below this, asking for each zone costs no more than a page and needs no right to list the account. */
const FEW = 2;

export const createZoneDirectory = (api: Pick<Route53Api, 'listZones' | 'zone' | 'parallel'>): ZoneDirectory => {
  const known = new Map<string, HostedZone>();
  const unknownOf = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => !known.has(id));

  /**
   * Pages of 100 zones, at most half as many pages as zones are wanted: an account may hold hundreds that are not steered.
   * True when the whole account was seen.
   */
  const listMany = async (ids: readonly string[], signal: AbortSignal): Promise<boolean> => {
    let marker: string | null = null;
    for (let pages = unknownOf(ids).length / 2; pages >= 1; pages -= 1) {
      const page: Awaited<ReturnType<typeof api.listZones>> = await api.listZones(marker, signal);
      for (const zone of page.zones) known.set(zone.id, zone);
      marker = page.next;
      if (marker === null || unknownOf(ids).length === 0) return marker === null;
    }
    return false;
  };

  /** The right to list the account is a convenience: without it each zone is asked for, at a call a zone. */
  const mayListMany = async (ids: readonly string[], signal: AbortSignal): Promise<boolean> => {
    try {
      return await listMany(ids, signal);
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'unauthorised') return false;
      throw failure;
    }
  };

  const zoneOf = (id: string): HostedZone => {
    const zone = known.get(id);
    if (zone !== undefined) return zone;
    throw new ProviderError(
      'not-found',
      `this account has no hosted zone ${id}; check \`zone\` and the provider's credentials`,
    );
  };

  return {
    async zones(ids, signal) {
      const sawAll = unknownOf(ids).length > FEW && (await mayListMany(ids, signal));
      if (!sawAll) {
        const asked = await sideBySide(unknownOf(ids), api.parallel(), (id) => api.zone(id, signal));
        for (const zone of asked) known.set(zone.id, zone);
      }
      return ids.map(zoneOf);
    },
  };
};
