import { isSameSet, keyOf, type RecordSet, type RecordTable } from './records.ts';
import { invalidChangeBatch, invalidInput, noSuchHealthCheck } from './refusal.ts';
import { setProblems } from './validate-set.ts';
import { placementProblems, resultProblems, type ZoneContext } from './validate-zone.ts';

export type ChangeAction = 'CREATE' | 'DELETE' | 'UPSERT';
export type RecordChange = { readonly action: ChangeAction; readonly set: RecordSet };

export type BatchRules = {
  readonly zone: ZoneContext;
  /** The knob: a DELETE whose weight alone is stale is accepted, so that a canary self-test can be seen to fail. */
  readonly deleteIgnoresWeight: boolean;
  readonly hasHealthCheck: (id: string) => boolean;
  readonly maxRecordSets: number;
};

const MAX_ELEMENTS = 1000;
const MAX_CHARACTERS = 32_000;

/** UPSERT counts twice; an alias counts as one element (Developer Guide, "Quotas", 2026-11; the alias is unverified). */
const limitProblems = (changes: readonly RecordChange[]): readonly string[] => {
  let elements = 0;
  let characters = 0;
  for (const { action, set } of changes) {
    const times = action === 'UPSERT' ? 2 : 1;
    elements += times * (set.values?.length ?? 1);
    characters += times * (set.values ?? []).reduce((sum, value) => sum + value.length, 0);
  }
  return [
    ...(elements > MAX_ELEMENTS ? [`Number of records limit of ${MAX_ELEMENTS} exceeded.`] : []),
    ...(characters > MAX_CHARACTERS ? [`RDATA character limit of ${MAX_CHARACTERS} exceeded.`] : []),
  ];
};

const described = (set: RecordSet): string =>
  `[name='${set.name}', type='${set.type}'${set.setIdentifier === undefined ? '' : `, set-identifier='${set.setIdentifier}'`}]`;

const refuseBadInput = (changes: readonly RecordChange[], rules: BatchRules): void => {
  const problems = changes.flatMap(({ set }) => setProblems(set));
  if (problems.length > 0) throw invalidInput(problems.length === 1 ? (problems[0] ?? '') : `[${problems.join(', ')}]`);
  const checks = changes.filter(({ action }) => action !== 'DELETE').map(({ set }) => set.healthCheckId);
  const unknown = checks.find((id) => id !== undefined && !rules.hasHealthCheck(id));
  if (unknown !== undefined) throw noSuchHealthCheck(unknown);
};

/** Applies one change to the copy, or says why not. */
const applyOne = (table: Map<string, RecordSet>, change: RecordChange, rules: BatchRules): readonly string[] => {
  const { action, set } = change;
  const key = keyOf(set);
  const current = table.get(key);
  if (action === 'DELETE') {
    if (current === undefined) return [`Tried to delete resource record set ${described(set)} but it was not found`];
    if (!isSameSet(current, set, rules.deleteIgnoresWeight))
      return [
        `Tried to delete resource record set ${described(set)} but the values provided do not match the current values`,
      ];
    table.delete(key);
    return [];
  }
  if (action === 'CREATE' && current !== undefined)
    return [`Tried to create resource record set ${described(set)} but it already exists`];
  const problems = placementProblems(set, rules.zone);
  table.set(key, set);
  return problems;
};

/**
 * The records after a batch, or a refusal that names everything wrong with it. All or nothing: the changes run in their
 * order on a copy, and the copy is judged as a whole.
 */
export const applyBatch = (before: RecordTable, changes: readonly RecordChange[], rules: BatchRules): RecordTable => {
  if (changes.length === 0) throw invalidInput("1 validation error detected: 'changeBatch.changes' must not be empty");
  refuseBadInput(changes, rules);
  const tooMuch = limitProblems(changes);
  if (tooMuch.length > 0) throw invalidChangeBatch(tooMuch);
  const after = new Map(before);
  const problems = changes.flatMap((change) => applyOne(after, change, rules));
  const touched = changes.map(({ set }) => set);
  const all = [...new Set([...problems, ...resultProblems(after, touched, rules.zone)])];
  if (after.size > rules.maxRecordSets)
    all.push(`Number of records limit of ${rules.maxRecordSets} exceeded for the zone.`);
  if (all.length > 0) throw invalidChangeBatch(all);
  return after;
};
