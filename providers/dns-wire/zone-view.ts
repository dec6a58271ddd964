import { ProviderError } from '../errors.ts';
import { sideBySide } from '../side-by-side.ts';
import type { DnsAccount } from './account.ts';
import { Reader } from './bytes.ts';
import type { WireRecord } from './message.ts';
import { readName } from './names.ts';
import { type RrSet, rrsetKey, rrsetsOf } from './rrsets.ts';
import { TYPE } from './types.ts';

export interface Asked {
  readonly name: string;
  readonly type: number;
}

/** What a zone held when it was looked at: its SOA at the beginning of the look, and the sets that were asked for. */
export interface ZoneView {
  readonly soa: RrSet;
  readonly serial: number;
  readonly set: (asked: Asked) => RrSet | null;
}

/** Questions go over one connection each: more at once would only be refused sooner. */
const QUESTIONS_AT_ONCE = 8;

/** From here on one transfer is less work for both sides than so many questions. */
const MOST_QUESTIONS = 8;

const unreadable = (cause: unknown): ProviderError =>
  new ProviderError('unreadable', 'the SOA of the zone has no serial where it must stand', { cause });

/** The serial in the data of an SOA, behind its two names. Throws `unreadable`. */
export const serialOf = (soa: Uint8Array): number => {
  try {
    const reader = new Reader(soa);
    readName(reader);
    readName(reader);
    return reader.number(4);
  } catch (cause) {
    throw unreadable(cause);
  }
};

const viewOf = (zone: string, records: readonly WireRecord[]): ZoneView => {
  const sets = rrsetsOf(records);
  const soa = sets.get(rrsetKey({ name: zone, type: TYPE.SOA }));
  const [data, ...more] = soa?.data ?? [];
  if (soa === undefined || data === undefined || more.length > 0)
    throw new ProviderError('not-found', `the server has no zone ${zone}`);
  return { soa, serial: serialOf(data), set: (asked) => sets.get(rrsetKey(asked)) ?? null };
};

export interface LookOptions {
  /** Whether the server lets this key transfer the zone. */
  readonly transfer: boolean;
}

/**
 * Looks at some sets of a zone. The SOA is read before them, so that a change meanwhile shows as soon as the same SOA is made
 * a condition. Many sets are read by one transfer, which is of one moment. Throws `not-found` for an unknown zone.
 */
export const lookAt = async (
  account: DnsAccount,
  zone: string,
  asked: readonly Asked[],
  { transfer }: LookOptions,
  signal: AbortSignal,
): Promise<ZoneView> => {
  if (transfer && asked.length > MOST_QUESTIONS) return viewOf(zone, await account.transfer(zone, signal));
  const soa = await account.ask(zone, zone, TYPE.SOA, signal);
  if (soa === null || soa.length === 0) throw new ProviderError('not-found', `the server has no zone ${zone}`);
  const found = await sideBySide(asked, QUESTIONS_AT_ONCE, ({ name, type }) => account.ask(zone, name, type, signal));
  const records = found.flatMap((one) => one ?? []);
  const delegated = asked[found.indexOf(null)];
  if (delegated === undefined) return viewOf(zone, [...soa, ...records]);
  // What stands at a delegation and below it is shown by a transfer only.
  if (transfer) return viewOf(zone, await account.transfer(zone, signal));
  throw new ProviderError(
    'rejected',
    `${delegated.name} is delegated away from ${zone}: it cannot be read without transfers`,
  );
};
