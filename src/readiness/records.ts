import type { Config, ServiceConfig, SteeringSetConfig } from '../domain/config.ts';
import type { Facts, SetFacts } from '../domain/facts.ts';
import { homeOf } from '../domain/home.ts';
import type { RegionId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';
import type { MemberState } from '../domain/steering.ts';
import { percentText } from '../domain/units.ts';
import { sharesOf, strangers } from '../domain/weights.ts';
import { type Finding, fail, listed, orOk, warn } from './finding.ts';

/** A set of the config beside what the vendor holds for it. */
export interface ReadSet {
  readonly service: ServiceConfig;
  readonly set: SteeringSetConfig;
  readonly facts: SetFacts;
}

export const nameOf = ({ ref }: Pick<SteeringSetConfig, 'ref'>): string => `${ref.name} ${ref.type}`;

/** Every set that could be read; the others have a finding of their own. */
export const readSetsOf = (config: Config, facts: Facts): readonly ReadSet[] =>
  config.services.flatMap((service) =>
    service.sets.flatMap((set) => {
      const known = facts.sets[set.ref.set];
      return known === undefined ? [] : [{ service, set, facts: known }];
    }),
  );

export const unreadFindings = (config: Config, facts: Facts): readonly Finding[] => {
  const sets = config.services.flatMap((service) => service.sets);
  const unread = sets.filter(({ ref }) => facts.sets[ref.set] === undefined);
  const why = facts.missing.map((because) =>
    fail('read', because, 'see the credentials and the zone of that provider'),
  );
  const silent = unread.length > 0 && why.length === 0;
  return orOk('read', `all ${sets.length} sets could be read`, [
    ...why,
    ...(silent ? [fail('read', `not read: ${listed(unread.map(nameOf))}`, null)] : []),
  ]);
};

const presentNames = (members: readonly MemberState[]): ReadonlySet<string> =>
  new Set(members.filter(({ present }) => present).map(({ member }) => member));

const isOut = (facts: Facts, region: RegionId, { service }: ServiceConfig): boolean =>
  facts.out.some((out) => out.region === region && out.service === service);

/** Regions without a record: nobody can send traffic there. One that steer took away is not missing. */
export const missingMembers = (sets: readonly ReadSet[], facts: Facts): readonly Finding[] =>
  sets.flatMap(({ service, set, facts: { state } }) => {
    const present = presentNames(state.members);
    const missing = entriesOf<RegionId, string>(set.members).filter(
      ([region, member]) => !present.has(member) && !(set.drain === 'remove' && isOut(facts, region, service)),
    );
    if (missing.length === 0) return [];
    const names = missing.map(([region, member]) => `${member} (${region})`);
    return [
      fail(
        'members',
        `${nameOf(set)} has no record for ${listed(names)}, so no traffic can go there`,
        'create it with weight 0 before you need it, or correct the member in the config',
      ),
    ];
  });

export const strangerFindings = (sets: readonly ReadSet[]): readonly Finding[] =>
  sets.flatMap(({ set, facts: { state } }) => {
    const unknown = strangers(state, set.members);
    if (unknown.length === 0) return [];
    return [
      fail(
        'members',
        `${nameOf(set)} holds ${listed(unknown)}, which no region of the config owns; every move of it is refused`,
        'name it under members of that set, or delete the record',
      ),
    ];
  });

/** Whole weights up to 255 hold a share within a fifth of a percent, but people write 33 and 34: less than this is rounding. */
export const SHARE_TOLERANCE = 100;

/** Where traffic does not go where home says; a region that steer took out is named as such. */
export const shareFindings = (sets: readonly ReadSet[], facts: Facts): readonly Finding[] =>
  sets.flatMap(({ service, set, facts: { state } }) => {
    const live = sharesOf(state, set.members);
    const home = homeOf(service, set);
    const away = entriesOf<RegionId, number>(home).filter(
      ([region, share]) => Math.abs(share - (live[region] ?? 0)) > SHARE_TOLERANCE,
    );
    if (away.length === 0) return [];
    const texts = away.map(
      ([region, share]) => `${region} ${percentText(live[region] ?? 0)} (home ${percentText(share)})`,
    );
    const out = away.map(([region]) => region).filter((region) => isOut(facts, region, service));
    const remedy =
      out.length > 0
        ? `steer restore ${out[0]} brings it home`
        : 'write the shares you want under home, or set the records to them';
    return [warn('shares', `${nameOf(set)} serves ${listed(texts)}`, remedy)];
  });
