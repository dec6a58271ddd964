import { durationText } from '../domain/units.ts';
import { type Finding, listed, warn } from './finding.ts';
import { nameOf, type ReadSet } from './records.ts';

/**
 * A TTL is how long a dead region keeps users who have asked already, and part of every bake. Route 53 recommends 60 s or
 * less beside health checks (docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted.html,
 * November 2026); from twice that on it is worth a word on a quiet day.
 */
const LONGEST_QUIET_TTL_SECONDS = 120;

const ttlsOf = ({ facts }: ReadSet): readonly number[] =>
  facts.state.members.flatMap(({ present, ttlSeconds }) => (present && ttlSeconds !== null ? [ttlSeconds] : []));

const seconds = (ttl: number): string => durationText(ttl * 1000);

const ofSet = (read: ReadSet): readonly Finding[] => {
  const ttls = [...new Set(ttlsOf(read))].sort((a, b) => a - b);
  const longest = ttls.at(-1);
  // An alias has no TTL of its own: it answers with its target's.
  if (longest === undefined) return [];
  const { set } = read;
  const name = nameOf(set);
  const mixed =
    ttls.length > 1
      ? [warn('ttl', `${name} mixes TTLs of ${listed(ttls.map(seconds))}`, 'give all of its records the same TTL')]
      : [];
  if (longest > set.ttlSeconds) {
    const says = `${name} has a TTL of ${seconds(longest)}, the config says ${seconds(set.ttlSeconds)}: steps take longer than config check reckons`;
    return [...mixed, warn('ttl', says, 'correct the records, or ttl in the config')];
  }
  if (longest <= LONGEST_QUIET_TTL_SECONDS) return mixed;
  return [
    ...mixed,
    warn(
      'ttl',
      `${name} has a TTL of ${seconds(longest)}: a dead region keeps its users for as long`,
      'lower it to 1m or less',
    ),
  ];
};

export const ttlFindings = (sets: readonly ReadSet[]): readonly Finding[] => sets.flatMap(ofSet);
