import { recordKeyText } from '../domain/record-order.ts';
import type { RecordChange, RecordKey, RecordSet } from '../domain/record-sets.ts';
import { isKey, isSame } from './sets.ts';

/** What shall change in one zone, or every sentence why not. No changes: everything is as it should be already. */
export type Planned =
  | {
      readonly ok: true;
      readonly changes: readonly RecordChange[];
      /** What is worth knowing beside the diff, a sentence each. */
      readonly remarks: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

export const plannedChanges = (changes: readonly RecordChange[], remarks: readonly string[] = []): Planned => ({
  ok: true,
  changes: changes.filter(({ expects, leaves }) => !isSame(expects, leaves)),
  remarks,
});

export const notPlanned = (...problems: readonly string[]): Planned => ({ ok: false, problems });

export type Found =
  | { readonly ok: true; readonly set: RecordSet | null }
  | { readonly ok: false; readonly problem: string };

/** The set of this very key. Where only qualified ones stand, nobody guesses which was meant. */
export const findSet = (held: readonly RecordSet[], key: RecordKey): Found => {
  const set = held.find((candidate) => isKey(candidate, key)) ?? null;
  const others = held.filter(({ name, type }) => name === key.name && type === key.type);
  if (set !== null || others.length === 0) return { ok: true, set };
  const names = others.map(({ qualifier }) => qualifier ?? '(basic)').join(', ');
  if (key.qualifier === null)
    return { ok: false, problem: `${recordKeyText(key)} has only qualified sets: ${names}. Name one with -q.` };
  return { ok: true, set: null };
};

/** Routed in a way that steer does not model, so that a change could break what it cannot see. */
export const unmodelled = ({ name, type, qualifier, profile }: RecordSet): string | null =>
  profile.kind === 'other'
    ? `${recordKeyText({ name, type, qualifier })} is routed by ${profile.what}, which steer shows and does not change. Change it at the vendor.`
    : null;
