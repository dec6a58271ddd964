import type { Facts } from '../domain/facts.ts';
import { type AnsweringSet, drainedOf, hasCheck, namesOf, servingOf } from './checks.ts';
import { type Finding, fail, listed, warn } from './finding.ts';

/*
 * How a vendor answers in spite of a weight of zero, as far as one look can tell. Route 53: weights 0 everywhere means all
 * equally; a record of weight 0 is answered once all others are unhealthy; a record without a check is always healthy; when
 * none is healthy, all are (docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html,
 * November 2026).
 */

const WHEN_ALL_DRAINED: Readonly<Record<AnsweringSet['capabilities']['failOpen']['allDrained'], string>> = {
  'all-equally': 'answers all of them equally',
  nothing: 'answers nothing',
  refused: 'was never meant to hold that',
  unknown: 'answers nobody knows what',
};

const allDrained = (set: AnsweringSet): readonly Finding[] => {
  if (set.members.length === 0 || servingOf(set).length > 0) return [];
  const { allDrained: then } = set.capabilities.failOpen;
  const answer = WHEN_ALL_DRAINED[then];
  return [
    fail(
      'fail-open',
      `${set.name}: every record is drained, so the vendor ${answer}`,
      'steer restore --reason "all drained"',
    ),
  ];
};

const noneHealthy = (set: AnsweringSet): readonly Finding[] => {
  const serving = servingOf(set);
  if (serving.length === 0 || !serving.every(({ check }) => check === 'unhealthy')) return [];
  const drained = drainedOf(set).filter(({ check }) => check !== 'unhealthy');
  const says =
    drained.length > 0 && set.capabilities.failOpen.drainedIsLastResort
      ? `${set.name}: the checks of all that serve fail, so the drained ${listed(namesOf(drained))} is answered now`
      : `${set.name}: the checks of all that serve fail, so the vendor treats them all as healthy`;
  return [fail('fail-open', says, 'see why the checks fail: steer status')];
};

/** A drained record that would get everything: it has no check to fail, and those that serve have. */
const bareLastResort = (set: AnsweringSet): readonly Finding[] => {
  const serving = servingOf(set);
  const bare = drainedOf(set).filter((member) => !hasCheck(member));
  if (bare.length === 0 || serving.length === 0 || !serving.every(hasCheck)) return [];
  const says = `${set.name}: ${listed(namesOf(bare))} is drained and has no health check, so it gets all the traffic once the others fail`;
  return [fail('fail-open', says, 'give it a health check, or drain that set by remove')];
};

/** The same, before it happens: draining this one by weight zero will be refused. */
const bareAmongChecked = (set: AnsweringSet): readonly Finding[] => {
  if (set.read.set.drain !== 'zero') return [];
  const bare = servingOf(set).filter(
    (member) =>
      !hasCheck(member) && set.members.length > 1 && set.members.every((other) => other === member || hasCheck(other)),
  );
  return bare.map((member) =>
    fail(
      'fail-open',
      `${set.name}: ${listed(namesOf([member]))} has no health check and all others have, so leaving ${member.region} by weight 0 is refused`,
      'give it a health check, or drain that set by remove',
    ),
  );
};

/** A drain by weight zero is allowed only while every survivor's check is known to be healthy. */
const notKnownHealthy = (set: AnsweringSet): readonly Finding[] => {
  if (set.read.set.drain !== 'zero') return [];
  const checked = servingOf(set).filter(hasCheck);
  const failing = checked.filter(({ check }) => check === 'unhealthy');
  const unknown = checked.filter(({ check }) => check === 'unknown');
  const unread = unknown.filter(({ healthCheck }) => healthCheck !== null && !(healthCheck in set.read.facts.checks));
  const silent = unknown.filter((member) => !unread.includes(member));
  const drains = 'draining another region by weight 0 is refused until it is healthy';
  return [
    ...(failing.length > 0
      ? [
          warn(
            'fail-open',
            `${set.name}: the check of ${listed(namesOf(failing))} fails; ${drains}`,
            'see why it fails',
          ),
        ]
      : []),
    ...(silent.length > 0
      ? [
          warn(
            'fail-open',
            `${set.name}: the check of ${listed(namesOf(silent))} is unknown (disabled, or not read); ${drains}`,
            'see the line "signals" of steer doctor, and enable the check',
          ),
        ]
      : []),
    ...(unread.length > 0
      ? [
          fail(
            'fail-open',
            `${set.name}: no signal reads the health check of ${listed(namesOf(unread))}; ${drains}`,
            `add a signal "kind: route53-health-check" with ${listed(unread.map(({ healthCheck }) => healthCheck ?? ''))}`,
          ),
        ]
      : []),
  ];
};

/** Whether weight zero drains an alias no documentation says: refused until it was seen on that account. */
const unprovenAlias = (set: AnsweringSet, facts: Facts): readonly Finding[] => {
  const { drain, ref } = set.read.set;
  const { members } = set.read.facts.state;
  const isAlias = members.some(({ present, ttlSeconds }) => present && ttlSeconds === null);
  if (drain !== 'zero' || !isAlias || facts.vendors[ref.provider]?.zeroOnAliasProven === true) return [];
  const says = `${set.name} is an alias, and nobody has seen on ${ref.provider} that weight 0 drains one: every drain of it is refused`;
  return [fail('fail-open', says, `steer provider check ${ref.provider}, or drain that set by remove`)];
};

export const failOpenFindings = (sets: readonly AnsweringSet[], facts: Facts): readonly Finding[] =>
  sets.flatMap((set) => {
    const alias = unprovenAlias(set, facts);
    const drained = allDrained(set);
    if (drained.length > 0) return [...alias, ...drained];
    const { drainedIsLastResort } = set.capabilities.failOpen;
    const lastResort = drainedIsLastResort
      ? [...bareLastResort(set), ...bareAmongChecked(set), ...notKnownHealthy(set)]
      : [];
    const none = noneHealthy(set);
    // That all of them fail says what each of them failing would.
    return [...alias, ...(none.length > 0 ? none : lastResort)];
  });
