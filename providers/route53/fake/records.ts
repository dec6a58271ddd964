/** One record set, every field that the API has. Absent fields are absent, never undefined. */
export type RecordSet = {
  /** Lower case, trailing dot, escaped. */
  readonly name: string;
  readonly type: string;
  readonly setIdentifier?: string;
  readonly weight?: number;
  readonly region?: string;
  readonly geoLocation?: GeoLocation;
  readonly failover?: string;
  readonly multiValueAnswer?: boolean;
  readonly ttlSeconds?: number;
  readonly values?: readonly string[];
  readonly aliasTarget?: AliasTarget;
  readonly healthCheckId?: string;
  readonly trafficPolicyInstanceId?: string;
  readonly cidrRoutingConfig?: { readonly collectionId: string; readonly locationName: string };
  readonly geoProximityLocation?: GeoProximityLocation;
};

export type GeoLocation = {
  readonly continentCode?: string;
  readonly countryCode?: string;
  readonly subdivisionCode?: string;
};

export type GeoProximityLocation = {
  readonly awsRegion?: string;
  readonly localZoneGroup?: string;
  readonly coordinates?: { readonly latitude: string; readonly longitude: string };
  readonly bias?: number;
};

export type AliasTarget = {
  readonly hostedZoneId: string;
  readonly dnsName: string;
  readonly evaluateTargetHealth: boolean;
};

/** Record sets of one zone by key. Never changed in place: a batch makes a copy, so a snapshot costs nothing to keep. */
export type RecordTable = ReadonlyMap<string, RecordSet>;

export const keyOf = (set: Pick<RecordSet, 'name' | 'type' | 'setIdentifier'>): string =>
  `${set.name}|${set.type}|${set.setIdentifier ?? ''}`;

export const tableOf = (sets: Iterable<RecordSet>): RecordTable => new Map([...sets].map((set) => [keyOf(set), set]));

/** The members of an object that have a value; `exactOptionalPropertyTypes` knows no other way to leave one out. */
export const present = <T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

export const policiesOf = (set: RecordSet): readonly string[] => [
  ...(set.weight === undefined ? [] : ['Weight']),
  ...(set.region === undefined ? [] : ['Region']),
  ...(set.geoLocation === undefined ? [] : ['GeoLocation']),
  ...(set.failover === undefined ? [] : ['Failover']),
  ...(set.multiValueAnswer === undefined ? [] : ['MultiValueAnswer']),
  ...(set.cidrRoutingConfig === undefined ? [] : ['CidrRoutingConfig']),
  ...(set.geoProximityLocation === undefined ? [] : ['GeoProximityLocation']),
];

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, canonical(member)]);
};

/** Every field counts; values are an unordered set. `ignoringWeight` is the knob that makes a canary self-test fail. */
export const isSameSet = (a: RecordSet, b: RecordSet, ignoringWeight = false): boolean => {
  const text = (set: RecordSet) => {
    const { weight, values, ...rest } = set;
    return JSON.stringify([canonical(rest), ignoringWeight ? undefined : weight, values?.toSorted()]);
  };
  return text(a) === text(b);
};
