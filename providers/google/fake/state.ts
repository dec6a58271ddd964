/** One item of a routing policy, as strict as `schema.ts` has let it in. */
export interface FakeItem {
  readonly weight?: number | undefined;
  readonly location?: string | undefined;
  readonly rrdatas?: readonly string[] | undefined;
  readonly signatureRrdatas?: readonly string[] | undefined;
  readonly healthCheckedTargets?: { readonly externalEndpoints?: readonly string[] | undefined } | undefined;
}

export interface FakePolicy {
  readonly kind?: string | undefined;
  readonly healthCheck?: string | undefined;
  readonly wrr?: { readonly items: readonly FakeItem[] } | undefined;
  readonly geo?: { readonly items: readonly FakeItem[]; readonly enableFencing?: boolean | undefined } | undefined;
  readonly primaryBackup?: unknown;
}

export interface FakeRecordSet {
  readonly kind?: string | undefined;
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly rrdatas?: readonly string[] | undefined;
  readonly signatureRrdatas?: readonly string[] | undefined;
  readonly routingPolicy?: FakePolicy | undefined;
}

export interface FakeChange {
  readonly id: string;
  readonly at: number;
}

/** A zone at one instant. Never changed in place: the name servers answer by an older one for a while. */
export interface Version {
  readonly at: number;
  readonly recordSets: ReadonlyMap<string, FakeRecordSet>;
}

export interface FakeZone {
  readonly id: string;
  readonly name: string;
  readonly dnsName: string;
  readonly description: string;
  readonly changes: FakeChange[];
  versions: readonly Version[];
}

export const keyOf = ({ name, type }: Pick<FakeRecordSet, 'name' | 'type'>): string => `${name.toLowerCase()} ${type}`;

export const held = (zone: FakeZone): ReadonlyMap<string, FakeRecordSet> =>
  zone.versions.at(-1)?.recordSets ?? new Map();

/** What a new zone holds by itself. */
export const emptyZone = (dnsName: string): ReadonlyMap<string, FakeRecordSet> => {
  const soa = 'ns-cloud-a1.googledomains.com. cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300';
  const servers = ['a1', 'a2', 'a3', 'a4'].map((server) => `ns-cloud-${server}.googledomains.com.`);
  const sets: FakeRecordSet[] = [
    { kind: 'dns#resourceRecordSet', name: dnsName, type: 'NS', ttl: 21600, rrdatas: servers },
    { kind: 'dns#resourceRecordSet', name: dnsName, type: 'SOA', ttl: 21600, rrdatas: [soa] },
  ];
  return new Map(sets.map((set) => [keyOf(set), set]));
};
