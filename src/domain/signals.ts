import type { ProviderId, RegionId, ServiceId, SignalId } from './ids.ts';
import type { Instant } from './units.ts';

/** Where a signal comes from. `period` and `lookBack` are milliseconds. */
export type SignalSource =
  | {
      readonly kind: 'cloudwatch-metric';
      /** Region whose CloudWatch is asked. */
      readonly awsRegion: string;
      readonly provider: ProviderId;
      readonly namespace: string;
      readonly metric: string;
      readonly dimensions: Readonly<Record<string, string>>;
      readonly statistic: string;
      readonly periodMs: number;
      /** How far back the series goes that comes with a reading. */
      readonly lookBackMs: number;
      /** `per-second` divides a sum by its period, so that demand and capacity have one unit. */
      readonly scale: 'as-is' | 'per-second';
      readonly withLastWeek: boolean;
    }
  | {
      readonly kind: 'cloudwatch-alarm';
      readonly awsRegion: string;
      readonly provider: ProviderId;
      readonly alarm: string;
    }
  | { readonly kind: 'route53-health-check'; readonly provider: ProviderId; readonly healthCheck: string }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly timeoutMs: number;
      readonly expectStatus: { readonly from: number; readonly to: number };
      /** Hosts in private address space are refused unless the config says that this one is meant. */
      readonly allowPrivateAddress: boolean;
    }
  | {
      readonly kind: 'dns-answers';
      readonly name: string;
      readonly type: string;
      /** `host:port` of each authoritative server to ask. */
      readonly servers: readonly string[];
      readonly queries: number;
      /** Answers that belong to the region judged. */
      readonly answers: readonly string[];
      readonly timeoutMs: number;
    };

/**
 * One signal, with who measures it (`backend`, e.g. `cloudwatch:us-west-2`) and from where (`vantage`, a region name or
 * `outside`). Two signals are independent only if both differ and neither is derived from the other (design section 4).
 */
export interface SignalSpec {
  readonly signal: SignalId;
  readonly region: RegionId | null;
  readonly service: ServiceId | null;
  readonly backend: string;
  readonly vantage: string;
  readonly derivedFrom: SignalId | null;
  /** Works without user traffic: may judge a drained region (design rule 6). */
  readonly needsNoTraffic: boolean;
  readonly source: SignalSource;
}

export interface Point {
  readonly at: Instant;
  readonly value: number;
  /** How many measurements stand behind the value; null where the backend does not say. */
  readonly sampleCount: number | null;
}

/** One answer of monitoring. `readAt` is when it was asked; a number also says when it was true. */
export type SignalReading = { readonly signal: SignalId; readonly readAt: Instant } & (
  | {
      readonly kind: 'number';
      readonly latest: Point;
      /** The look-back window, oldest first, `latest` included. */
      readonly recent: readonly Point[];
      /** The same minute one week ago, where asked for and known. */
      readonly lastWeek: Point | null;
    }
  | { readonly kind: 'state'; readonly state: 'ok' | 'alarm'; readonly because: string }
  | { readonly kind: 'no-data'; readonly because: string }
  | { readonly kind: 'error'; readonly because: string }
);
