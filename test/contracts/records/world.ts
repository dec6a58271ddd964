import { expect } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import type { RecordOutcome, Records } from '../../../providers/records.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import { compareValues } from '../../../src/domain/rdata.ts';
import { recordKeyText } from '../../../src/domain/record-order.ts';
import type {
  AliasTarget,
  GeoRegions,
  RecordChange,
  RecordKey,
  RecordSet,
  RecordsCapabilities,
  RoutingProfile,
} from '../../../src/domain/record-sets.ts';
import type { Ground, WorldFault } from '../steering/world.ts';

type Awaitable<T> = T | Promise<T>;

export type Rotated = 'credentials' | 'endpoint';

/** What the suite needs of a vendor besides its `Records`: a hand from outside, faults, time, and eyes. */
export interface RecordsWorld {
  readonly records: Records;
  /** `home` is example.com. and `other` example.net., both without any set but what a zone is born with. */
  readonly zones: { readonly home: string; readonly other: string; readonly absent: string };
  readonly propagationMs: number;
  advance(ms: number): Promise<void>;
  /** What a primary set must be made with, e.g. a health check; left out at most vendors. */
  readonly primaryKept?: Json;
  /** A person at the vendor's own console. Each is only asked where the traits say that the vendor has it. */
  readonly foreigner: {
    /** Changes something of this set that steer does not model. */
    mark(zone: string, key: RecordKey): Promise<void>;
    /** Makes a set that is routed in a way which steer does not model. */
    other(zone: string): Promise<RecordKey>;
    /** Makes so many empty zones. */
    zones(count: number): Promise<void>;
  };
  /** What the vendor holds of this set that steer does not model, as its console shows it. */
  beside(zone: string, key: RecordKey): Awaitable<Json>;
  /** Two things that a set of type A in `home` may be an alias of. */
  aliases(): Promise<readonly [AliasTarget, AliasTarget]>;
  /** The next read or write of record sets fails so, once (`unauthorised`: from now on). */
  fail(on: 'read' | 'write', fault: WorldFault): void;
  /** Resolves once a request is left hanging. */
  hung(): Promise<void>;
  /** How many writes of record sets had an effect since the world was made. */
  landedWrites(): Awaitable<number>;
  /** From now on the vendor knows only other credentials, or is only elsewhere; where the config points, the new ones stand. */
  rotate(what: Rotated): Promise<void>;
}

export type ArrangeRecords = () => Promise<RecordsWorld>;

/** What the suite must know of a vendor before there is a world: which cases there are, and with what. */
export interface RecordsTraits {
  /** As in the registry. */
  readonly vendor: string;
  /** Which kind of account or server, where there are several. */
  readonly variant?: string;
  readonly ground: Ground;
  readonly capabilities: RecordsCapabilities;
  /** Two values of a type instead of the suite's, where the vendor takes only certain ones. */
  readonly samples?: Readonly<Record<string, readonly [string, string]>>;
  /** Names of two qualified sets with these values; east and west where left out. */
  readonly qualifiers?: (values: readonly [string, string]) => readonly [string, string];
  /** Places of two geo sets, and then: one place has left the first for the second. Null where geo sets are not written. */
  readonly geo: {
    readonly before: readonly [GeoRegions, GeoRegions];
    readonly after: readonly [GeoRegions, GeoRegions];
  } | null;
  /** Where the server behind it (an emulator) cannot list its places: those cases are left out. */
  readonly unlistedPlaces?: true;
  /** Whether a set has fields that steer does not model and a person can change. */
  readonly unmodelled: boolean;
  /** Whether sets may be routed in ways that steer does not model. */
  readonly others: boolean;
  /** How many the vendor lists at most in one answer; null where it lists all, or where a test cannot have so many. */
  readonly pages: { readonly zones: number | null; readonly sets: number | null };
  readonly propagation: 'reported' | 'none';
  readonly faults: readonly WorldFault[];
  readonly rotates: readonly Rotated[];
}

export const never = (): AbortSignal => new AbortController().signal;

export const COMMENT = 'steer dns by operator-1';

/** A basic set in `home`, as one would be made here. */
export const setOf = (
  label: string,
  type: string,
  values: readonly string[],
  over: Partial<RecordSet> = {},
): RecordSet => ({
  name: `${label}.example.com.`,
  type,
  qualifier: null,
  ttlSeconds: 1800,
  values: values.toSorted(compareValues),
  alias: null,
  profile: { kind: 'basic' },
  kept: null,
  ...over,
});

export const qualified = (set: RecordSet, qualifier: string, profile: RoutingProfile): RecordSet => ({
  ...set,
  qualifier,
  profile,
});

export const put = (leaves: RecordSet, expects: RecordSet | null = null): RecordChange => ({ expects, leaves });
export const take = (expects: RecordSet): RecordChange => ({ expects, leaves: null });

export const change = (world: RecordsWorld, changes: readonly RecordChange[]): Promise<readonly RecordOutcome[]> =>
  world.records.change(world.zones.home, changes, COMMENT, never());

export const wordOf = (outcome: RecordOutcome): string =>
  outcome.outcome === 'failed' ? outcome.kind : outcome.outcome;

/** What became of each change, in a word: `landed`, `already`, or the kind of failure. */
export const become = async (world: RecordsWorld, changes: readonly RecordChange[]): Promise<readonly string[]> =>
  (await change(world, changes)).map(wordOf);

/** All sets of `home` of this name, type and qualifier as the vendor holds them now. */
export const live = async (world: RecordsWorld, key: RecordKey): Promise<RecordSet | null> => {
  const sets = await world.records.recordSets(world.zones.home, { name: key.name, type: key.type }, never());
  return sets.find(({ qualifier }) => qualifier === key.qualifier) ?? null;
};

/** As `live`, for a set that must be there. */
export const held = async (world: RecordsWorld, key: RecordKey): Promise<RecordSet> => {
  const set = await live(world, key);
  if (set === null) throw new Error(`${key.name} ${key.type} ${key.qualifier ?? ''} is not there`);
  return set;
};

/** Makes a set and reads it back: what a change then expects. Throws when it did not land. */
export const made = async (world: RecordsWorld, ...sets: readonly RecordSet[]): Promise<readonly RecordSet[]> => {
  const outcomes = await change(
    world,
    sets.map((set) => put(set)),
  );
  const wrong = outcomes.find(({ outcome }) => outcome !== 'landed');
  if (wrong !== undefined) throw new Error(`a set could not be made: ${JSON.stringify(wrong)}`);
  const all = await world.records.recordSets(world.zones.home, {}, never());
  const byKey = new Map(all.map((set) => [recordKeyText(set), set]));
  return sets.map((set) => byKey.get(recordKeyText(set)) ?? expect.fail(`${recordKeyText(set)} was not read back`));
};

export const madeOne = async (world: RecordsWorld, set: RecordSet): Promise<RecordSet> => {
  const [one] = await made(world, set);
  if (one === undefined) throw new Error('nothing was made');
  return one;
};

/** The kind of failure, or `ok`: a test then says in one line what happened. */
export const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? failure.kind : `not a provider's error: ${String(failure)}`;
  }
};

export const titleOf = ({ vendor, variant, ground }: RecordsTraits): string =>
  `${vendor}${variant === undefined ? '' : `, ${variant},`} as Records (${ground})`;
