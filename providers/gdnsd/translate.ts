import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { type AdminRule, forcing } from './admin-state.ts';
import type { Family, Stanza, WeightedItem } from './weighted.ts';
import type { ZoneRecord } from './zone-file.ts';

/** Everything that answers one account's names, as it stands in the files. */
export interface Answering {
  readonly stanzas: readonly Stanza[];
  readonly rules: readonly AdminRule[];
  readonly records: (zone: string) => readonly ZoneRecord[];
}

const FAMILY_OF_TYPE: Readonly<Record<string, Family>> = { A: 'addrs_v4', AAAA: 'addrs_v6', CNAME: 'cname' };

/** Record types of the zone file that could answer a type of question. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  A: ['A', 'DYNA', 'DYNC'],
  AAAA: ['AAAA', 'DYNA', 'DYNC'],
  CNAME: ['CNAME', 'DYNC'],
};

const isDynamic = ({ type }: ZoneRecord): boolean => type.startsWith('DYN');

/** What answers a set: the record in the zone file and, where it is the plugin `weighted`, its stanza. */
export interface Answerer {
  readonly record: ZoneRecord;
  readonly stanza: Stanza | null;
}

export const answerersOf = (ref: Pick<SetRef, 'zone' | 'name' | 'type'>, answering: Answering): readonly Answerer[] => {
  const family = FAMILY_OF_TYPE[ref.type];
  return answering
    .records(ref.zone)
    .filter(({ name, type }) => name === ref.name.toLowerCase() && SOURCES[ref.type]?.includes(type))
    .flatMap((record): readonly Answerer[] => {
      if (!isDynamic(record)) return [{ record, stanza: null }];
      const resource = /^weighted!(.+)$/.exec(record.data)?.[1];
      if (resource === undefined) return [{ record, stanza: null }];
      const stanza = answering.stanzas.find((one) => one.resource === resource && one.family === family);
      return stanza === undefined ? [] : [{ record, stanza }];
    });
};

/** The names of gdnsd's states that decide about an item: one for each service type that watches it. */
export const statesOf = ({ value }: WeightedItem, { serviceTypes }: Stanza): readonly string[] =>
  serviceTypes.map((service) => `${value}/${service}`);

/** Down as soon as one of its states is forced down, for gdnsd takes the worst of them. */
export const isForcedDown = (states: readonly string[], rules: readonly AdminRule[]): boolean =>
  states.some((state) => forcing(rules, state)?.forced === 'DOWN');

/** What steer calls a member: the item, or the group where there are groups. */
export const membersOf = ({ items }: Stanza): ReadonlyMap<string, readonly WeightedItem[]> =>
  Map.groupBy(items, ({ name, group }) => group ?? name);

const memberOf = (
  name: string,
  items: readonly WeightedItem[],
  record: ZoneRecord,
  stanza: Stanza,
  rules: readonly AdminRule[],
): MemberState => {
  const up = items.filter((item) => !isForcedDown(statesOf(item, stanza), rules));
  const watched = stanza.serviceTypes.filter((service) => service !== 'up');
  const kept: Json = {
    resource: `weighted!${stanza.resource}`,
    family: stanza.family,
    shape: stanza.shape,
    values: items.map(({ value }) => value),
    serviceTypes: [...stanza.serviceTypes],
    upThreshold: stanza.upThreshold,
    minimumTtlSeconds: record.minimumTtlSeconds,
  };
  return {
    member: name,
    weight: up.length === 0 ? null : up.reduce((sum, { weight }) => sum + weight, 0),
    present: true,
    ttlSeconds: record.ttlSeconds,
    healthCheck: watched.length === 0 ? null : watched.join(','),
    kept,
    cost: { elements: 1, characters: JSON.stringify(kept).length },
  };
};

/** What steer cannot weigh still shows, so that a plan meets a member that nobody configured and stops. */
const standIn = ({ type, data, ttlSeconds }: ZoneRecord): MemberState => ({
  member: isDynamic({ name: '', type, data, ttlSeconds, minimumTtlSeconds: 0 }) ? data : `${type} ${data}`,
  weight: 1,
  present: true,
  ttlSeconds,
  healthCheck: null,
  kept: { record: `${type} ${data}` },
  cost: { elements: 1, characters: data.length },
});

/** One set as the files have it. Without a record for the name it has no members. */
export const setStateOf = (ref: SetRef, answering: Answering): SetState => ({
  set: ref.set,
  members: answerersOf(ref, answering)
    .flatMap(({ record, stanza }) =>
      stanza === null
        ? [standIn(record)]
        : [...membersOf(stanza)].map(([name, items]) => memberOf(name, items, record, stanza, answering.rules)),
    )
    .sort((one, other) => (one.member < other.member ? -1 : 1)),
});
