import { canonicalText } from '../src/domain/canonical.ts';
import { canonicalName } from '../src/domain/rdata/name.ts';
import { canonicalValues } from '../src/domain/rdata.ts';
import { recordKeyText } from '../src/domain/record-order.ts';
import type { RecordChange, RecordSet, RecordsCapabilities } from '../src/domain/record-sets.ts';

const MOST_TTL_SECONDS = 2_147_483_647;

type Rule = (set: RecordSet, can: RecordsCapabilities) => string | null;

const listed = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));

const ofType = (what: string, types: readonly string[] | null, type: string): string | null => {
  if (types === null) return `this vendor has no ${what} sets`;
  if (types.includes(type)) return null;
  return `this vendor has no ${what} sets of type ${type}; it has them of ${listed(types)}`;
};

const weighted = (set: RecordSet, weight: number | null, can: RecordsCapabilities): string | null => {
  const wrongType = ofType('weighted', can.weighted?.types ?? null, set.type);
  if (wrongType !== null || can.weighted === null || weight === null) return wrongType;
  const { minimum, maximum } = can.weighted;
  if (Number.isInteger(weight) && weight >= minimum && weight <= maximum) return null;
  return `weight ${weight} is not a whole number from ${minimum} to ${maximum}; a drained set has null`;
};

const geo = (set: RecordSet, territories: number, can: RecordsCapabilities): string | null => {
  const wrongType = ofType('geo', can.geo?.types ?? null, set.type);
  if (wrongType !== null || can.geo === null) return wrongType;
  if (can.geo.access === 'read-only') return 'geo sets of this vendor can be read, not changed';
  if (territories === 0) return 'a geo set names at least one territory';
  if (can.geo.places === 'many' || territories === 1) return null;
  return `a geo set of this vendor names one territory, not ${territories}; make a set for each`;
};

const profileRule: Rule = (set, can) => {
  const { profile } = set;
  switch (profile.kind) {
    case 'basic':
      return ofType('basic', can.types, set.type);
    case 'weighted':
      return weighted(set, profile.weight, can);
    case 'geo':
      return geo(set, Object.values(profile.regions).flat().length, can);
    case 'failover':
      return ofType('failover', can.failover, set.type);
    case 'other':
      return `it is routed by ${profile.what}, which steer shows and never changes; change it at the vendor`;
  }
};

const qualifierRule: Rule = ({ qualifier, profile }) => {
  if (profile.kind === 'basic') return qualifier === null ? null : 'a basic set has no qualifier';
  return qualifier === null || qualifier === '' ? `a ${profile.kind} set needs a qualifier` : null;
};

const valuesRule: Rule = (set, can) => {
  if (set.alias !== null) {
    if (!can.alias) return 'this vendor has no aliases; give values';
    return set.values.length === 0 ? null : 'an alias has no values of its own';
  }
  if (set.values.length === 0) return 'it has no values; a set is taken away by leaving nothing of it';
  const canonical = canonicalValues(set.type, set.values);
  if (!canonical.ok) return canonical.because.join('; ');
  if (canonicalText(canonical.values) === canonicalText(set.values)) return null;
  return `its values are not in their one form and order, which is ${canonical.values.join(', ')}`;
};

const nameRule: Rule = ({ name }) => {
  const canonical = canonicalName(name);
  if (!canonical.ok) return canonical.because;
  return canonical.value === name ? null : `the name is written as ${canonical.value}`;
};

const ttlRule: Rule = ({ ttlSeconds }) => {
  if (ttlSeconds === null) return null;
  if (Number.isInteger(ttlSeconds) && ttlSeconds >= 0 && ttlSeconds <= MOST_TTL_SECONDS) return null;
  return `TTL ${ttlSeconds} is not a whole number of seconds from 0 to ${MOST_TTL_SECONDS}`;
};

const RULES: readonly Rule[] = [profileRule, qualifierRule, nameRule, ttlRule, valuesRule];

/** What taking it away needs: the same kind of set that could be made, whatever stands in it. */
const REMOVAL_RULES: readonly Rule[] = [
  (set, can) => (set.profile.kind === 'geo' && can.geo?.access === 'read-write' ? null : profileRule(set, can)),
];

const objections = (set: RecordSet | null, rules: readonly Rule[], can: RecordsCapabilities): readonly string[] =>
  set === null ? [] : rules.flatMap((rule) => rule(set, can) ?? []);

const isDrained = (set: RecordSet | null): boolean => set?.profile.kind === 'weighted' && set.profile.weight === null;

/** One that is drained already stays as it is, whoever drained it. */
const isNewlyDrained = ({ expects, leaves }: RecordChange): boolean => isDrained(leaves) && !isDrained(expects);

/**
 * Everything that the capabilities rule out of one change, as one sentence; null when nothing is. The same for every vendor,
 * so that a refusal reads the same everywhere and nothing is sent for it.
 */
export const refusalOf = (change: RecordChange, can: RecordsCapabilities): string | null => {
  const { expects, leaves } = change;
  const key = leaves ?? expects;
  if (key === null) return 'a change that expects nothing and leaves nothing says nothing';
  if (expects !== null && leaves !== null && recordKeyText(expects) !== recordKeyText(leaves)) {
    return `a change is of one key; ${recordKeyText(expects)} and ${recordKeyText(leaves)} are two`;
  }
  const wrong = new Set([
    ...objections(expects, REMOVAL_RULES, can),
    ...objections(leaves, RULES, can),
    ...(isNewlyDrained(change) && can.weighted?.drained === false
      ? ['what weight 0 does at this vendor is not established; take the set away, or give it a weight']
      : []),
  ]);
  return wrong.size === 0 ? null : `${recordKeyText(key)}: ${[...wrong].join('; ')}`;
};
