import { apportion } from './apportion.ts';
import type { RegionId } from './ids.ts';
import { entriesOf, recordOf } from './records.ts';
import type { MembersByRegion, SetState, Shares, SteeringCapabilities } from './steering.ts';
import { WHOLE } from './units.ts';

export type FailOpen = SteeringCapabilities['failOpen'];

export type CheckHealth = 'healthy' | 'unhealthy' | 'unknown';

/** What decides whether one member answers. `check: 'none'` is a record without a health check. */
export interface Answerer {
  /** Null is drained. */
  readonly weight: number | null;
  readonly present: boolean;
  readonly check: CheckHealth | 'none';
}

/**
 * Only a check that is known to fail takes a member out. For an unknown one the vendor's answer is unknown too; then the
 * records are the best guess, and the guardrails refuse whatever would rest on that guess.
 */
const isHealthy = ({ check }: Answerer): boolean => check !== 'unhealthy';

export const isServing = ({ weight, present }: Answerer): boolean => present && weight !== null && weight > 0;

const servesHealthily = (member: Answerer): boolean => isServing(member) && isHealthy(member);

const byWeight = (members: readonly Answerer[], counts: (member: Answerer) => boolean): number[] => {
  let whole = 0;
  for (const member of members) if (counts(member)) whole += member.weight ?? 0;
  return members.map((member) => (counts(member) && whole > 0 ? (member.weight ?? 0) / whole : 0));
};

const equally = (members: readonly Answerer[], counts: (member: Answerer) => boolean): number[] => {
  let number = 0;
  for (const member of members) if (counts(member)) number += 1;
  return members.map((member) => (counts(member) ? 1 / number : 0));
};

const isDrained = (member: Answerer): boolean => member.present && !isServing(member);
const isPresent = ({ present }: Answerer): boolean => present;

/**
 * The part of the answers that each member really gets, 0..1 in the order given, by the vendor's own rules. All zero when
 * the vendor would answer nothing. Route 53's rules, as its capabilities state them: weights 0 everywhere means all equally;
 * a record of weight 0 is considered once every other is unhealthy; a record without a check is healthy; when none is
 * healthy, all are
 * (docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html, November 2026).
 */
export const answering = (members: readonly Answerer[], rules: FailOpen): readonly number[] => {
  // The ordinary case first, and without a detour: it is asked thousands of times for one plan.
  const usual = byWeight(members, servesHealthily);
  return usual.some((part) => part > 0) ? usual : failingOpen(members, rules);
};

const failingOpen = (members: readonly Answerer[], rules: FailOpen): readonly number[] => {
  const nobody = (): number[] => members.map(() => 0);
  if (!members.some(isServing)) {
    if (rules.allDrained !== 'all-equally') return nobody();
    const healthy = (member: Answerer): boolean => member.present && isHealthy(member);
    if (members.some(healthy)) return equally(members, healthy);
    return rules.noneHealthyServesAll ? equally(members, isPresent) : nobody();
  }
  const lastResort = (member: Answerer): boolean => isDrained(member) && isHealthy(member);
  if (rules.drainedIsLastResort && members.some(lastResort)) return equally(members, lastResort);
  return rules.noneHealthyServesAll ? byWeight(members, isServing) : nobody();
};

/** How the check of one member stands: `none` without one, `unknown` when its state was not read. */
export const checkOf = (
  healthCheck: string | null,
  checks: Readonly<Record<string, CheckHealth>>,
): Answerer['check'] => (healthCheck === null ? 'none' : (checks[healthCheck] ?? 'unknown'));

/**
 * Effective shares of one set by region, in basis points that add up to 10000 (all zero when nothing is answered). Members
 * that no region owns are left out: such a set is refused before anybody relies on its shares.
 */
export const effectiveShares = (
  state: SetState,
  members: MembersByRegion,
  checks: Readonly<Record<string, CheckHealth>>,
  rules: FailOpen,
): Shares => {
  const regions = entriesOf<RegionId, string>(members);
  const held = new Map(state.members.map((member) => [member.member, member]));
  const answerers = regions.map(([, name]): Answerer => {
    const member = held.get(name);
    if (member === undefined) return { weight: null, present: false, check: 'none' };
    return { weight: member.weight, present: member.present, check: checkOf(member.healthCheck, checks) };
  });
  const fractions = answering(answerers, rules);
  const parts = recordOf(regions.map(([region], i) => [region, fractions[i] ?? 0] as const));
  return fractions.some((fraction) => fraction > 0) ? apportion(parts, WHOLE, 1) : parts;
};
