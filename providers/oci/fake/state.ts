export interface FakeAnswerData {
  readonly answerCondition?: string | undefined;
  readonly shouldKeep?: boolean | undefined;
  readonly value?: number | undefined;
}

export interface FakeRule {
  readonly ruleType: string;
  readonly description?: string | undefined;
  readonly cases?: readonly unknown[] | undefined;
  readonly defaultAnswerData?: readonly FakeAnswerData[] | undefined;
  readonly defaultCount?: number | undefined;
}

export interface FakePolicyAnswer {
  readonly name: string;
  readonly rtype: string;
  readonly rdata: string;
  readonly pool?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** What of a policy one may set. */
export interface FakePolicyDetails {
  readonly displayName: string;
  readonly ttl: number;
  readonly template: string;
  readonly healthCheckMonitorId?: string | undefined;
  readonly freeformTags: Readonly<Record<string, string>>;
  readonly definedTags: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly answers: readonly FakePolicyAnswer[];
  readonly rules: readonly FakeRule[];
}

export interface FakePolicy extends FakePolicyDetails {
  readonly id: string;
  readonly compartmentId: string;
  readonly self: string;
  readonly timeCreated: string;
  readonly lifecycleState: string;
}

/** A policy and its past: the name servers answer by an older version for a while. */
export interface PolicyHistory {
  readonly versions: { readonly at: number; readonly etag: string; readonly policy: FakePolicy }[];
}

export interface FakeAttachment {
  readonly id: string;
  readonly steeringPolicyId: string;
  readonly zoneId: string;
  readonly domainName: string;
  readonly displayName: string;
  readonly compartmentId: string;
  readonly self: string;
  readonly timeCreated: string;
  readonly lifecycleState: string;
}

export interface FakeRecord {
  readonly domain: string;
  readonly rtype: string;
  readonly rdata: string;
  readonly ttl: number;
  readonly recordHash: string;
  readonly isProtected: boolean;
  readonly rrsetVersion: string;
}

export interface FakeZone {
  readonly id: string;
  readonly name: string;
  readonly compartmentId: string;
  readonly timeCreated: string;
  version: number;
  records: readonly FakeRecord[];
}

/** Everything that one compartment holds. */
export interface FakeCompartment {
  readonly id: string;
  readonly zones: Map<string, FakeZone>;
  readonly policies: Map<string, PolicyHistory>;
  readonly attachments: Map<string, FakeAttachment>;
  /** Grows with everything that is made or changed. */
  count: number;
  landed: number;
}

export const newestOf = ({ versions }: PolicyHistory): PolicyHistory['versions'][number] => {
  const newest = versions.at(-1);
  if (newest === undefined) throw new TypeError('a policy has at least one version');
  return newest;
};
