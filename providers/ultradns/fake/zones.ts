import { notFound, noZone, Refusal } from './refusal.ts';
import { contextOf, type HeldSet } from './validate.ts';

interface Version {
  readonly at: number;
  readonly sets: ReadonlyMap<string, HeldSet>;
}

export const fqdn = (name: string): string => (name.endsWith('.') ? name : `${name}.`).toLowerCase();
const keyOf = (owner: string, type: string): string => `${fqdn(owner)} ${type}`;

const assertConvertible = (old: HeldSet, next: HeldSet): void => {
  if (next.profile === undefined) return;
  if ((contextOf(old.profile) === 'DirPool') === (contextOf(next.profile) === 'DirPool')) return;
  throw new Refusal(
    400,
    100013,
    'Cannot convert any pool into Directional Pool and Directional Pool into any other pool',
  );
};

/** The serial is the vendor's: whatever is sent, it is one more than it was. */
const withOwnSerial = (old: HeldSet, next: HeldSet): HeldSet => {
  const serial = Number((old.rdata[0] ?? '').split(' ')[2] ?? 0) + 1;
  const fields = (next.rdata[0] ?? '').split(' ');
  return { ...next, rdata: [fields.with(2, String(serial)).join(' ')] };
};

/** All zones of the account with their history, so that name servers may lag behind. */
export const createZones = (now: () => number) => {
  const zones = new Map<string, Version[]>();

  const newest = (zone: string): ReadonlyMap<string, HeldSet> => {
    const sets = zones.get(fqdn(zone))?.at(-1)?.sets;
    if (sets === undefined) throw noZone();
    return sets;
  };

  const push = (zone: string, sets: ReadonlyMap<string, HeldSet>): void => {
    zones.get(fqdn(zone))?.push({ at: now(), sets });
  };

  const soaOf = (name: string): HeldSet => ({
    owner: name,
    type: 'SOA',
    ttl: 86_400,
    rdata: ['pdns1.ultradns.net. operator\\.one.example.com. 2026010500 86400 86400 86400 86400'],
    profile: undefined,
  });

  const nsOf = (name: string): HeldSet => ({
    owner: name,
    type: 'NS',
    ttl: 86_400,
    rdata: ['pdns1.ultradns.net.', 'pdns2.ultradns.net.'],
    profile: undefined,
  });

  return {
    names: (): readonly string[] => [...zones.keys()].toSorted(),
    has: (zone: string): boolean => zones.has(fqdn(zone)),

    add(zone: string): void {
      const name = fqdn(zone);
      if (zones.has(name)) throw new Refusal(400, 1802, 'Zone already exists in the system.');
      const sets = [soaOf(name), nsOf(name)].map((set) => [keyOf(set.owner, set.type), set] as const);
      zones.set(name, [{ at: now(), sets: new Map(sets) }]);
    },

    remove(zone: string): void {
      if (!zones.delete(fqdn(zone))) throw noZone();
    },

    /** Sorted by owner, then type, as the vendor lists. */
    sets: (zone: string): readonly HeldSet[] =>
      [...newest(zone)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, set]) => set),

    set: (zone: string, owner: string, type: string): HeldSet | undefined => newest(zone).get(keyOf(owner, type)),

    create(zone: string, set: HeldSet): void {
      const sets = new Map(newest(zone));
      const others = [...sets.values()].filter(({ owner }) => owner === set.owner);
      if (sets.has(keyOf(set.owner, set.type))) {
        throw new Refusal(400, 2111, 'Resource Record of type with these attributes already exists in the system.');
      }
      if (others.some(({ type }) => (type === 'CNAME') !== (set.type === 'CNAME'))) {
        throw new Refusal(400, 2705, 'A CNAME stands alone.');
      }
      if (!set.owner.endsWith(fqdn(zone))) throw new Refusal(400, 2101, 'The owner is not inside the zone.');
      sets.set(keyOf(set.owner, set.type), set);
      push(zone, sets);
    },

    replace(zone: string, set: HeldSet): void {
      const sets = new Map(newest(zone));
      const old = sets.get(keyOf(set.owner, set.type));
      if (old === undefined) throw notFound();
      assertConvertible(old, set);
      sets.set(keyOf(set.owner, set.type), set.type === 'SOA' ? withOwnSerial(old, set) : set);
      push(zone, sets);
    },

    drop(zone: string, owner: string, type: string): void {
      const sets = new Map(newest(zone));
      if (!sets.delete(keyOf(owner, type))) throw notFound();
      push(zone, sets);
    },

    /** As the name servers have it that are `lagMs` behind. */
    served(zone: string, owner: string, type: string, lagMs: number): HeldSet | undefined {
      const versions = zones.get(fqdn(zone)) ?? [];
      const version = versions.findLast(({ at }) => at <= now() - lagMs) ?? versions[0];
      return version?.sets.get(keyOf(owner, type));
    },
  };
};

export type Zones = ReturnType<typeof createZones>;
