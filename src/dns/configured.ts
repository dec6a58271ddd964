import type { Json } from '../domain/canonical.ts';
import { canonicalValue } from '../domain/rdata.ts';
import type { RecordSet } from '../domain/record-sets.ts';
import type { SetState, SteeringCapabilities } from '../domain/steering.ts';
import type { Configured, ConfiguredMember } from './answers.ts';

/** One form for what a vendor holds and what a server answers: lower case, no last dot, short addresses, no quotes. */
export const answerText = (type: string, text: string): string => {
  const canonical = canonicalValue(type, text.trim());
  const value = canonical.ok ? canonical.value : text.trim();
  if (type === 'TXT') return value.replaceAll(/"\s+"/g, '').replaceAll(/^"|"$/g, '');
  return value.replace(/\.$/, '').toLowerCase();
};

const textsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/**
 * What a steering set should answer. Each vendor keeps the values of its members in its own form; whatever of it was really
 * answered, or is a value of this type, is taken for theirs.
 */
export const configuredBySet = (
  state: SetState,
  granularity: SteeringCapabilities['granularity'],
  where: { readonly provider: string; readonly type: string },
  seen: ReadonlySet<string>,
): Configured => {
  const { provider, type } = where;
  const isValue = (text: string): boolean =>
    seen.has(answerText(type, text)) || ((type === 'A' || type === 'AAAA') && canonicalValue(type, text).ok);
  const present = state.members
    .filter((member) => member.present)
    .map(({ member, weight, kept }): ConfiguredMember => {
      const texts = [member, ...textsIn(kept)].filter(isValue).map((text) => answerText(type, text));
      return { member, weight: weight ?? 0, values: [...new Set(texts)] };
    });
  // What several members hold (a fallback, the whole set) tells none of them.
  const holders = Map.groupBy(
    present.flatMap(({ values }) => values),
    (value) => value,
  );
  const members = present.map((member) => ({
    ...member,
    values: member.values.filter((value) => holders.get(value)?.length === 1),
  }));
  return {
    source: `${provider}, as steered`,
    countBy: granularity === 'record-count' ? 'first' : 'answer',
    members,
  };
};

/** What record sets of one name and type should answer, or why their answers cannot be foretold. */
export const configuredByRecords = (
  sets: readonly RecordSet[],
  where: { readonly provider: string; readonly zone: string; readonly type: string },
): Configured | { readonly because: string } => {
  const source = `${where.provider}, zone ${where.zone}`;
  const [first] = sets;
  if (first === undefined) return { because: `${source} has no such record` };
  if (sets.some(({ alias }) => alias !== null))
    return { because: `at ${source} an alias answers, whose values stand elsewhere` };
  const kinds = new Set(sets.map(({ profile }) => profile.kind));
  const [kind, ...more] = kinds;
  if (more.length > 0 || kind === 'geo' || kind === 'failover' || kind === 'other') {
    return { because: `at ${source} answers depend on who asks or on health, and one place sees one of them` };
  }
  return {
    source,
    countBy: 'answer',
    members: sets.map(({ qualifier, profile, values }) => ({
      member: qualifier ?? 'all',
      weight: profile.kind === 'weighted' ? (profile.weight ?? 0) : 1,
      values: values.map((value) => answerText(where.type, value)),
    })),
  };
};
