import { Problem } from './problem.ts';
import { type FakeProperty, PROPERTY } from './shapes.ts';

interface Version {
  readonly at: number;
  readonly changeId: string;
  readonly properties: ReadonlyMap<string, FakeProperty>;
  /** Why the vendor does not publish it; null where it does. */
  readonly denied: string | null;
}

export interface DomainOptions {
  readonly name: string;
  readonly datacenters: readonly number[];
  readonly now: () => number;
  readonly propagationMs: number;
  readonly newChangeId: () => string;
}

const timeText = (at: number): string => new Date(at).toISOString();

const objectionsTo = (property: FakeProperty, datacenters: readonly number[]): readonly string[] => {
  const needsWeight = property.type.startsWith('weighted') || ['failover', 'performance'].includes(property.type);
  const used = property.trafficTargets.filter(({ enabled }) => enabled);
  return [
    ...property.trafficTargets
      .filter(({ datacenterId }) => !datacenters.includes(datacenterId))
      .map(({ datacenterId }) => `no data center ${datacenterId}`),
    ...(needsWeight && used.some(({ weight }) => weight === undefined) ? ['every traffic target needs a weight'] : []),
    ...(needsWeight && used.length === 0 ? ['no traffic targets are enabled'] : []),
    ...(property.backupCName !== null && property.backupIp !== null
      ? ['backupCName and backupIp exclude each other']
      : []),
  ];
};

/** One GTM domain: everything in it propagates together, and its newest change is the only one that is spoken of. */
export class FakeDomain {
  readonly options: DomainOptions;
  #versions: Version[];
  #denied: string | null = null;

  constructor(options: DomainOptions, properties: readonly FakeProperty[]) {
    this.options = options;
    // What the domain begins with has long arrived everywhere.
    const first: Version = {
      at: options.now() - options.propagationMs,
      changeId: options.newChangeId(),
      properties: new Map(properties.map((property) => [property.name, property])),
      denied: null,
    };
    this.#versions = [first];
  }

  get #newest(): Version {
    const last = this.#versions.at(-1);
    if (last === undefined) throw new RangeError('a domain has a version');
    return last;
  }

  /** From now on the vendor takes changes of this domain and publishes none of them; null for all is well. */
  deny(because: string | null): void {
    this.#denied = because;
  }

  property(name: string): FakeProperty {
    const found = this.#newest.properties.get(name);
    if (found === undefined) throw new Problem(404, 'notFound', `Property ${name} does not exist`);
    return found;
  }

  has(name: string): boolean {
    return this.#newest.properties.has(name);
  }

  /** As in the vendor's own editor: no check, a change of its own. */
  edit(name: string, how: (property: FakeProperty) => FakeProperty): void {
    this.#land(how(this.property(name)));
  }

  /** Checks and stores, as a PUT does. */
  put(name: string, body: unknown): FakeProperty {
    const read = PROPERTY.safeParse(body);
    if (!read.success) {
      const details = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new Problem(400, 'propertyValidationFailed', 'Invalid property', details);
    }
    const property = read.data;
    if (property.name !== name) {
      throw new Problem(400, 'nameMismatch', `The property is called ${property.name} and was sent to ${name}`);
    }
    const objections = objectionsTo(property, this.options.datacenters);
    if (objections.length > 0)
      throw new Problem(400, 'domainValidationFailed', 'Domain Validation Failure', objections);
    return this.#land(property);
  }

  status(): Readonly<Record<string, unknown>> {
    const { at, changeId, denied } = this.#newest;
    const isOut = this.options.now() - at >= this.options.propagationMs;
    const word = denied !== null ? 'DENIED' : isOut ? 'COMPLETE' : 'PENDING';
    const messages = {
      DENIED: denied,
      COMPLETE: 'Current configuration has been propagated to all GTM name servers',
      PENDING: 'Change Pending',
    } as const;
    return {
      changeId,
      message: messages[word],
      passingValidation: denied === null,
      propagationStatus: word,
      propagationStatusDate: timeText(at),
      links: [{ rel: 'self', href: `/config-gtm/v1/domains/${this.options.name}/status/current` }],
    };
  }

  shown(): Readonly<Record<string, unknown>> {
    return {
      name: this.options.name,
      type: 'weighted',
      asMaps: [],
      cidrMaps: [],
      cnameCoalescingEnabled: false,
      datacenters: [],
      defaultErrorPenalty: 75,
      defaultSslClientCertificate: null,
      defaultSslClientPrivateKey: null,
      defaultTimeoutPenalty: 25,
      emailNotificationList: [],
      geographicMaps: [],
      lastModified: timeText(this.#newest.at),
      lastModifiedBy: 'operator-1',
      loadFeedback: false,
      loadImbalancePercentage: null,
      modificationComments: 'made by hand',
      properties: [...this.#newest.properties.values()],
      resources: [],
    };
  }

  /** Parts of one that each data centre gets by what has arrived at the name servers. */
  parts(name: string): Readonly<Record<string, number>> {
    const settled = this.options.now() - this.options.propagationMs;
    const live = this.#versions.findLast(({ at, denied }) => at <= settled && denied === null);
    const used = (live?.properties.get(name)?.trafficTargets ?? []).filter(({ enabled }) => enabled);
    const whole = used.reduce((sum, { weight = 0 }) => sum + weight, 0);
    return Object.fromEntries(
      used.map(({ datacenterId, weight = 0 }) => [datacenterId, whole === 0 ? 0 : weight / whole]),
    );
  }

  #land(property: FakeProperty): FakeProperty {
    const { now, newChangeId } = this.options;
    const stored = { ...property, lastModified: timeText(now()) };
    const properties = new Map(this.#newest.properties).set(stored.name, stored);
    this.#versions.push({ at: now(), changeId: newChangeId(), properties, denied: this.#denied });
    return stored;
  }
}
