export interface FakeOrigin {
  name: string;
  address: string;
  enabled: boolean;
  weight: number;
}

export interface FakePool {
  id: string;
  account: string;
  name: string;
  enabled: boolean;
  origins: FakeOrigin[];
  modifiedAt: number;
}

/** A balancer in the vendor's own spelling; what steer does not know of is there all the same. */
export interface FakeBalancer {
  id: string;
  name: string;
  description: string;
  enabled: boolean;
  proxied: boolean;
  ttl: number;
  steering_policy: string;
  default_pools: string[];
  fallback_pool: string;
  random_steering: { default_weight?: number; pool_weights: Record<string, number> } | null;
  region_pools: Record<string, string[]>;
  country_pools: Record<string, string[]>;
  pop_pools: Record<string, string[]>;
  rules: Record<string, unknown>[];
  session_affinity: string;
  session_affinity_attributes: Record<string, unknown>;
  adaptive_routing: Record<string, unknown>;
  modifiedAt: number;
}

/** One DNS record: a record set is as many of these as it has values. */
export interface FakeRecord {
  id: string;
  type: string;
  name: string;
  content: string;
  ttl: number;
  proxied: boolean;
  priority?: number;
  data?: Record<string, unknown>;
  comment: string | null;
  tags: string[];
  modifiedAt: number;
}

export interface FakeZone {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly balancers: Map<string, FakeBalancer>;
  readonly records: Map<string, FakeRecord>;
}

export interface FakeWorld {
  readonly zones: Map<string, FakeZone>;
  readonly pools: Map<string, FakePool>;
}

export const timeText = (at: number): string => new Date(at).toISOString();
