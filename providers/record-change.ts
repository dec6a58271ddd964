import { groupKeyText, isSameModelled, isSameRecordSet, recordKeyText } from '../src/domain/record-order.ts';
import type { RecordChange, RecordKey, RecordSet, RecordsCapabilities } from '../src/domain/record-sets.ts';
import { ProviderError, type ProviderFailure } from './errors.ts';
import { refusalOf } from './record-rules.ts';
import type { RecordOutcome } from './records.ts';

export type GroupKey = Pick<RecordKey, 'name' | 'type'>;

/** All sets of one name and type as they are and as they shall be: what vendors that hold them as one object write. */
export interface RecordGroup extends GroupKey {
  readonly before: readonly RecordSet[];
  readonly after: readonly RecordSet[];
  /** Only those that change something. `leaves.kept` is filled in from `expects` where it was null. */
  readonly changes: readonly RecordChange[];
}

export interface RecordWork {
  readonly capabilities: RecordsCapabilities;
  readonly changes: readonly RecordChange[];
  /** Rules of the vendor beyond its capabilities: what is wrong with a group, or null. */
  readonly refuses: (group: RecordGroup) => string | null;
  /** The vendor's truth of all sets of these names and types, never a cache. Throws where the zone is unknown. */
  readonly read: (groups: readonly GroupKey[]) => Promise<readonly RecordSet[]>;
  /** Groups that one call of the vendor takes together. Asked only where `atomic` is `call`; no group is ever torn. */
  readonly batches: (groups: readonly RecordGroup[]) => readonly (readonly RecordGroup[])[];
  /** Sends one batch in one call; the id to ask `propagation` about, or null. */
  readonly write: (groups: readonly RecordGroup[]) => Promise<string | null>;
}

type Failed = Extract<RecordOutcome, { outcome: 'failed' }>;

const failed = (kind: ProviderFailure, because: string): Failed => ({ outcome: 'failed', kind, because });

const keyOf = ({ expects, leaves }: RecordChange): RecordKey =>
  expects ?? leaves ?? { name: '', type: '', qualifier: null };

const withKept = (change: RecordChange): RecordChange => {
  const { expects, leaves } = change;
  return leaves === null || leaves.kept !== null || expects === null
    ? change
    : { expects, leaves: { ...leaves, kept: expects.kept } };
};

/** A set made here says nothing about the vendor's own fields: whatever stands there fulfils it. */
const fulfils = (live: RecordSet | undefined, wanted: RecordSet | null): boolean => {
  if (wanted === null || live === undefined) return wanted === null && live === undefined;
  return wanted.kept === null ? isSameModelled(live, wanted) : isSameRecordSet(live, wanted);
};

const judge = (change: RecordChange, live: RecordSet | undefined): RecordOutcome | 'go' => {
  const { expects, leaves } = change;
  if (fulfils(live, leaves)) return { outcome: 'already' };
  const key = recordKeyText(keyOf(change));
  if (expects === null) {
    return live === undefined ? 'go' : failed('conflict', `${key} is there already and differs; read it again`);
  }
  if (live === undefined) return failed('conflict', `${key} is gone; read it again`);
  return isSameRecordSet(live, expects) ? 'go' : failed('conflict', `${key} is not as expected; read it again`);
};

const groupsOf = (changes: readonly RecordChange[], live: readonly RecordSet[]): readonly RecordGroup[] => {
  const held = Map.groupBy(live, groupKeyText);
  return [...Map.groupBy(changes, (change) => groupKeyText(keyOf(change))).entries()].map(([text, its]) => {
    const before = held.get(text) ?? [];
    const changed = new Set(its.map((change) => recordKeyText(keyOf(change))));
    const after = before.filter((set) => !changed.has(recordKeyText(set)));
    const { name, type } = keyOf(its[0] ?? { expects: null, leaves: null });
    return { name, type, before, after: [...after, ...its.flatMap(({ leaves }) => leaves ?? [])], changes: its };
  });
};

/** Weighted sets of which none serves answer all alike at one vendor and nothing at another: never made (design rule 1). */
const assertServed = ({ name, type, after }: RecordGroup): Failed | null => {
  const weights = after.flatMap(({ profile }) => (profile.kind === 'weighted' ? [profile.weight] : []));
  if (weights.length === 0 || weights.some((weight) => weight !== null)) return null;
  return failed(
    'never-empty',
    `${name} ${type}: no weighted set would be left that serves; give one a weight, or take all away`,
  );
};

/** After these the vendor, or steer's way to it, is not fit for the next call. */
const STOPPING: ReadonlySet<ProviderFailure> = new Set([
  'unknown-outcome',
  'throttled',
  'busy',
  'unavailable',
  'unauthorised',
  'not-found',
  'unreadable',
]);

const failureOf = (cause: unknown): Failed => {
  if (cause instanceof ProviderError) return failed(cause.kind, cause.message);
  throw cause;
};

const unsent = (by: Failed): Failed =>
  failed(by.kind === 'unknown-outcome' ? 'unavailable' : by.kind, `not sent, because of another change: ${by.because}`);

const twice = (changes: readonly RecordChange[]): ReadonlySet<string> => {
  const keys = changes.map((change) => recordKeyText(keyOf(change)));
  return new Set(keys.filter((key, index) => keys.indexOf(key) !== index));
};

/** One change at a time by its place in the list: what is known of it so far. */
type Outcomes = Map<RecordChange, RecordOutcome>;

const sendAll = async (
  work: RecordWork,
  batches: readonly (readonly RecordGroup[])[],
  outcomes: Outcomes,
): Promise<void> => {
  let stopped: Failed | null = null;
  for (const batch of batches) {
    const its = batch.flatMap(({ changes }) => changes);
    if (stopped !== null) {
      for (const change of its) outcomes.set(change, unsent(stopped));
      continue;
    }
    try {
      const change = await work.write(batch);
      for (const one of its) outcomes.set(one, { outcome: 'landed', change });
    } catch (cause) {
      const failure = failureOf(cause);
      for (const one of its) outcomes.set(one, failure);
      if (STOPPING.has(failure.kind)) stopped = failure;
    }
  }
};

/** Reads back what was written (design rule 2). Once it is out, a failure to look means that its outcome is unknown. */
const verify = async (work: RecordWork, groups: readonly RecordGroup[], outcomes: Outcomes): Promise<void> => {
  const landed = groups.filter(({ changes }) => changes.some((change) => outcomes.get(change)?.outcome === 'landed'));
  if (landed.length === 0) return;
  let live: readonly RecordSet[] | Failed;
  try {
    live = await work.read(landed);
  } catch (cause) {
    live = failed('unknown-outcome', `it was written, but could not be read back: ${failureOf(cause).because}`);
  }
  const held = 'outcome' in live ? new Map() : new Map(live.map((set) => [recordKeyText(set), set]));
  for (const change of landed.flatMap(({ changes }) => changes)) {
    if (outcomes.get(change)?.outcome !== 'landed') continue;
    const key = recordKeyText(keyOf(change));
    if ('outcome' in live) outcomes.set(change, live);
    else if (!fulfils(held.get(key), change.leaves)) {
      outcomes.set(
        change,
        failed('conflict', `${key} is not as it was written; somebody else changed it; read it again`),
      );
    }
  }
};

/** What is refused before anybody is asked. */
const refuseAll = (changes: readonly RecordChange[], can: RecordsCapabilities, outcomes: Outcomes): void => {
  const doubled = twice(changes);
  for (const change of changes) {
    const key = recordKeyText(keyOf(change));
    const because = doubled.has(key) ? `${key} is in one list twice` : refusalOf(change, can);
    if (because !== null) outcomes.set(change, failed('rejected', because));
  }
};

const judgeAll = (changes: readonly RecordChange[], live: readonly RecordSet[], outcomes: Outcomes): void => {
  const held = new Map(live.map((set) => [recordKeyText(set), set]));
  for (const change of changes) {
    const outcome = judge(change, held.get(recordKeyText(keyOf(change))));
    if (outcome !== 'go') outcomes.set(change, outcome);
  }
};

/** The groups that may be sent; what speaks against one stands in `outcomes`. */
const fitToSend = (work: RecordWork, groups: readonly RecordGroup[], outcomes: Outcomes): readonly RecordGroup[] =>
  groups.filter((group) => {
    const because = work.refuses(group);
    const failure = because === null ? assertServed(group) : failed('rejected', because);
    if (failure === null) return true;
    for (const change of group.changes) outcomes.set(change, failure);
    return false;
  });

/**
 * What lands together is refused together: the whole list, or one name and type, which is the least that lands together
 * anywhere. What is left may be sent.
 */
const wholeOnly = (work: RecordWork, groups: readonly RecordGroup[], outcomes: Outcomes): readonly RecordGroup[] => {
  const culprits = new Map<string, Failed>();
  for (const [change, outcome] of outcomes) {
    if (outcome.outcome === 'failed') culprits.set(groupKeyText(keyOf(change)), outcome);
  }
  const [first] = culprits.values();
  return groups.filter((group) => {
    const culprit = work.capabilities.atomic === 'call' ? first : culprits.get(groupKeyText(group));
    if (culprit === undefined) return true;
    for (const change of group.changes) outcomes.set(change, unsent(culprit));
    return false;
  });
};

/**
 * `Records.change` for any vendor: refuses what the capabilities rule out, reads, compares every set field by field, sends
 * what is left in as few calls as the vendor allows, and reads it back where the vendor does not compare by itself. Of a list
 * that lands together or not at all nothing is sent when one change cannot be.
 */
export const changeRecords = async (work: RecordWork): Promise<readonly RecordOutcome[]> => {
  const changes = work.changes.map(withKept);
  const outcomes: Outcomes = new Map();
  const undecided = (): readonly RecordChange[] => changes.filter((change) => !outcomes.has(change));

  refuseAll(changes, work.capabilities, outcomes);
  const wanted = new Map(undecided().map((change) => [groupKeyText(keyOf(change)), keyOf(change)]));
  const live = wanted.size === 0 ? [] : await work.read([...wanted.values()].map(({ name, type }) => ({ name, type })));
  judgeAll(undecided(), live, outcomes);

  const fit = fitToSend(work, groupsOf(undecided(), live), outcomes);
  const groups = wholeOnly(work, fit, outcomes);
  await sendAll(
    work,
    work.capabilities.atomic === 'call' ? work.batches(groups) : groups.map((group) => [group]),
    outcomes,
  );
  if (work.capabilities.conditionalWrite === 'emulated') await verify(work, groups, outcomes);
  return changes.map((change) => outcomes.get(change) ?? failed('unknown-outcome', 'nothing is known of it'));
};

/** Groups in order, so many changes at most in one batch. */
export const batchesBySize = (
  groups: readonly RecordGroup[],
  most: number,
  sizeOf: (group: RecordGroup) => number = ({ changes }) => changes.length,
): readonly (readonly RecordGroup[])[] => {
  const batches: RecordGroup[][] = [];
  let size = Infinity;
  for (const group of groups) {
    const its = sizeOf(group);
    if (size + its > most) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(group);
    size += its;
  }
  return batches;
};
