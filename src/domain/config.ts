import type { Json } from './canonical.ts';
import type { GateSpec } from './gates.ts';
import type { PersonId, ProviderId, RegionId, ServiceId, SignalId } from './ids.ts';
import type { SignalSpec } from './signals.ts';
import type { DrainMethod, MembersByRegion, SetRef, Shares } from './steering.ts';
import type { BasisPoints, Instant } from './units.ts';

/** The only word for urgency. A person says `emergency`; it is never guessed. */
export type Mode = 'drill' | 'planned' | 'emergency';

export const MODES: readonly Mode[] = ['drill', 'planned', 'emergency'];

/** Each role includes those before it. */
export type Role = 'viewer' | 'responder' | 'operator' | 'approver' | 'admin';

/** How one person is known at one door. */
export type Identity =
  | { readonly door: 'os'; readonly user: string }
  | { readonly door: 'aws'; readonly arn: string }
  /** The role pins the session name, so that it names a person. */
  | { readonly door: 'aws-session'; readonly roleArn: string; readonly sessionName: string }
  | { readonly door: 'slack'; readonly team: string; readonly user: string }
  /** Exists only while every endpoint is loopback. */
  | { readonly door: 'sandbox'; readonly user: string };

export interface Person {
  readonly person: PersonId;
  readonly role: Role;
  readonly identities: readonly Identity[];
  /** Shared identities cannot ask and approve in one run. */
  readonly shared: boolean;
  /** Name of the environment variable or file that holds the TOTP secret; null where the person has none. */
  readonly totpSecretFrom: SecretSource | null;
}

export type SecretSource = { readonly env: string } | { readonly file: string };

export type CredentialSource =
  | { readonly kind: 'aws-default-chain' }
  | { readonly kind: 'environment'; readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Fixed throw-away keys of the local sandbox; refused unless the endpoint is loopback. */
  | { readonly kind: 'sandbox'; readonly accountId: string }
  /** For vendors other than AWS: each secret by the name that the vendor gives it. */
  | { readonly kind: 'secrets'; readonly secrets: Readonly<Record<string, SecretSource>> };

/** One account at one vendor. Secrets are never in it, only where to find them. */
export interface ProviderConfig {
  readonly provider: ProviderId;
  /** A vendor of the registry, e.g. `route53`. */
  readonly vendor: string;
  readonly credentials: CredentialSource;
  readonly assumeRole: { readonly roleArn: string; readonly externalId: string | null } | null;
  /** Null for the vendor's own. */
  readonly endpoint: string | null;
  readonly stsRegion: string;
  /** `old` is 5 a second, `new` is 10 a second with a burst of 50 (since 30 July 2026). */
  readonly requestScheme: 'old' | 'new';
  /** Endpoint of CloudWatch for this account; null for the vendor's own. */
  readonly cloudwatchEndpoint: string | null;
  /** When the vendor is first asked whether a change has arrived; null for what the vendor says is usual. */
  readonly expectedPropagationMs: number | null;
  /** `host:port` of the authoritative servers; empty for those that DNS names for the zone. */
  readonly nameServers: readonly string[];
  /** What this vendor needs to know beside all that; its own schema has read it. Left out where it needs nothing. */
  readonly settings?: Readonly<Record<string, Json>>;
}

export interface SteeringSetConfig {
  readonly ref: SetRef;
  /** Part of the service's traffic that this set carries. The parts of a service add up to 10000. */
  readonly part: BasisPoints;
  readonly members: MembersByRegion;
  readonly drain: DrainMethod;
  /** What the records should say; the plan uses what they do say. */
  readonly ttlSeconds: number;
  /** Home shares of this set where they are not the service's, as of a geo group that belongs to one region. */
  readonly home?: Shares;
  /** One of the service's layers; left out where it has none. */
  readonly layer?: string;
}

export type CapacitySource =
  | { readonly kind: 'fixed'; readonly value: number }
  /** `reference`: highest of 24 hours, or fixed. `now`: what runs now. Both are signals of kind number. */
  | { readonly kind: 'signal'; readonly now: SignalId; readonly reference: number | 'highest-of-24h' };

export type DemandSource =
  | { readonly kind: 'fixed'; readonly value: number }
  /** Traffic that arrives, per region; the service's demand is their sum. */
  | { readonly kind: 'signals'; readonly byRegion: Readonly<Record<RegionId, SignalId>> };

export interface ServiceConfig {
  readonly service: ServiceId;
  readonly tier: number;
  readonly labels: readonly string[];
  readonly dependsOn: readonly ServiceId[];
  /** Unit of capacity and demand, e.g. `requests/s`. */
  readonly unit: string;
  /** Its weight in the fleet's budget: percentages are averaged with it, so that units never add. */
  readonly fleetWeight: number;
  /** Where traffic belongs on a normal day; adds up to 10000. 0 is a standby. */
  readonly home: Shares;
  readonly sets: readonly SteeringSetConfig[];
  /**
   * Names of the layers that this service is steered at, the preferred one first: a geo layer at one vendor above weights at
   * another. Each carries all of its traffic, and one of them at most is away from home. Left out for a single layer.
   */
  readonly layers?: readonly string[];
  readonly capacity: Readonly<Record<RegionId, CapacitySource>>;
  readonly demand: DemandSource;
  /** Expected growth of demand over the stay, as a share of the present (12000 = 120 %), for the forecast peak. */
  readonly forecastPeak: BasisPoints;
  readonly gates: readonly GateSpec[];
}

/** Limits of one mode. None has a default (design rule 8). */
export interface SafetyLimits {
  readonly minimumHealthyCapacity: BasisPoints;
  readonly minimumServingRegions: number;
  /** A region with less than this share does not count as serving. */
  readonly servingShareMinimum: BasisPoints;
  readonly capacityRemovedPerHour: BasisPoints;
  readonly maximumDestinationUtilisation: BasisPoints;
  readonly firstStep: BasisPoints;
  readonly largestStep: BasisPoints;
  readonly leverStepMaximum: BasisPoints;
  readonly restoreCanaryShare: BasisPoints;
  readonly shortestBakeMs: number;
  readonly passesToProceed: number;
  readonly factsMaximumAgeMs: number;
  /** A write that would leave later than this after its snapshot is not sent. */
  readonly commitWindowMs: number;
  /** A plan that has not started by then is void. */
  readonly startWithinMs: number;
  /** A run that has not finished by then stops moving and holds. */
  readonly finishWithinMs: number;
  readonly approvals: 'one-other-person' | 'none';
}

export interface ChangeWindow {
  /** 0 is Sunday, UTC. */
  readonly days: readonly number[];
  /** Minutes after midnight UTC; `to` above `from`. */
  readonly fromMinute: number;
  readonly toMinute: number;
}

export interface StoreConfig {
  readonly kind: 'sqlite' | 'memory';
  readonly path: string;
  /** Region where the store and `steer serve` stand; null when outside of all of them. */
  readonly region: RegionId | null;
}

/** What steer may ask a one-time code for at Slack; never for a hold. */
export type SecondFactorFor = 'start' | 'approve' | 'break-glass';

/** The Slack workspace that steer listens to. Tokens are never in it, only where to find them. */
export interface SlackConfig {
  /** `T…`. Identities of people name this id, or the enterprise's where there is one. */
  readonly team: string;
  /** `E…` of an Enterprise Grid; null for a single workspace. */
  readonly enterprise: string | null;
  readonly botTokenFrom: SecretSource;
  readonly transport:
    | { readonly kind: 'socket'; readonly appTokenFrom: SecretSource }
    | { readonly kind: 'http'; readonly signingSecretFrom: SecretSource; readonly port: number };
  /** Channel id of the live messages. */
  readonly channel: string;
  /** Channels in which something may be changed; the channel of the live messages is one of them. Hold works anywhere. */
  readonly channels: readonly string[];
  /** User group that is mentioned when somebody must approve or a run waits for a person; null for nobody. */
  readonly approversGroup: string | null;
  /** Members of a user group who are nobody's identity count as persons of their own with this role. */
  readonly groups: readonly { readonly group: string; readonly role: Role }[];
  /** How long a known membership counts. */
  readonly membershipMaximumAgeMs: number;
  readonly secondFactor: readonly SecondFactorFor[];
  /** Null for Slack's own; anything else must be loopback. Ends in `/api/`. */
  readonly endpoint: string | null;
}

/** A parsed, complete, frozen config: what `steer.yaml` says and nothing made up. */
export interface Config {
  readonly version: 1;
  readonly fleet: string;
  readonly regions: readonly RegionId[];
  readonly people: readonly Person[];
  readonly providers: readonly ProviderConfig[];
  readonly services: readonly ServiceConfig[];
  readonly signals: readonly SignalSpec[];
  readonly safety: Readonly<Record<Mode, SafetyLimits>>;
  /** How old demand and capacity may be in an emergency; the plan then says ON OLD FACTS. */
  readonly emergencyFactsAgeMs: number;
  /** How far ahead an emergency's forecast peak looks. */
  readonly emergencyHorizonMs: number;
  /** How long one admin waits who waives the second person (design rule 12). */
  readonly soloAfterMs: number;
  /** How late monitoring shows what happened. */
  readonly metricLagMs: number;
  /** How often signals are read while a run moves or bakes. */
  readonly sampleEveryMs: number;
  /** Drills and planned moves happen only inside these; an empty list allows any time and must be written out. */
  readonly changeWindows: readonly ChangeWindow[];
  readonly store: StoreConfig;
  /** Left out where there is no Slack, so that the digest of a config of before stays what it was. */
  readonly slack?: SlackConfig;
  readonly notify: readonly { readonly kind: 'webhook' | 'log'; readonly urlFrom: SecretSource | null }[];
}

/** A freeze in force: nothing may start; what runs goes on unless it is held. */
export interface Freeze {
  readonly by: PersonId;
  readonly because: string;
  readonly since: Instant;
  readonly until: Instant | null;
}

export const serviceOf = (config: Config, service: ServiceId): ServiceConfig | undefined =>
  config.services.find((candidate) => candidate.service === service);
