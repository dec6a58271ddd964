import { sideBySide } from '../side-by-side.ts';
import type { Propagation } from '../steering.ts';
import { haveAll, parseChangeId } from './change-id.ts';

/** The serial that one server shows for a zone; null where it has none of that name. */
export type AskSerial = (server: string, zone: string, signal: AbortSignal) => Promise<number | null>;

const AT_ONCE = 8;

/** All servers' serials of one zone. One that cannot be asked has nothing yet; when none can, its failure is thrown. */
const serialsOf = async (
  servers: readonly string[],
  ask: (server: string) => Promise<number | null>,
): Promise<readonly (number | null)[]> => {
  const settled = await Promise.allSettled(servers.map(ask));
  const [failure] = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (failure !== undefined && settled.every(({ status }) => status === 'rejected')) throw failure;
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : null));
};

/** How far changes have got by the serials that every server shows: one question for each zone and server. */
export const propagationBySerial = async (
  changes: readonly string[],
  servers: readonly string[],
  ask: AskSerial,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Propagation>> => {
  const wanted = new Map(changes.map((id) => [id, parseChangeId(id)]));
  const zones = [...new Set([...wanted.values()].flatMap((one) => (one === null ? [] : [one.zone])))];
  const serials = await sideBySide(zones, AT_ONCE, (zone) => serialsOf(servers, (server) => ask(server, zone, signal)));
  const byZone = new Map(zones.map((zone, index) => [zone, serials[index] ?? []]));
  return new Map(
    [...wanted].map(([id, one]) => {
      if (one === null) return [id, 'unknown-change'];
      return [id, haveAll(byZone.get(one.zone) ?? [null], one) ? 'done' : 'pending'];
    }),
  );
};
