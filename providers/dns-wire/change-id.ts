import { hasReached, nextSerial } from './serial.ts';

/** What is asked about propagation: a zone, and the serial from which on a server has the change. */
export interface SerialWanted {
  readonly zone: string;
  readonly serial: number;
}

/** The id of a change that is there from this serial on. */
export const serialId = (zone: string, serial: number): string => `${zone}#${serial}`;

/**
 * The id of a change. Its condition held at the moment of the write, so that the next serial is the first with the change in
 * it; a write that changed nothing has arrived wherever the serial before has.
 */
export const changeId = (
  zone: string,
  { serialBefore, isChanged }: { readonly serialBefore: number; readonly isChanged: boolean },
): string => serialId(zone, isChanged ? nextSerial(serialBefore) : serialBefore);

/** Null for an id that is none of ours. */
export const parseChangeId = (id: string): SerialWanted | null => {
  const [, zone, digits] = /^(\S+\.)#(0|[1-9]\d{0,9})$/.exec(id) ?? [];
  return zone === undefined || Number(digits) >= 2 ** 32 ? null : { zone, serial: Number(digits) };
};

/** Whether every server has got so far; a server without the zone has not. */
export const haveAll = (serials: readonly (number | null)[], { serial }: SerialWanted): boolean =>
  serials.every((seen) => seen !== null && hasReached(seen, serial));
