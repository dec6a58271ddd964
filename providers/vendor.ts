import type { z } from 'zod';
import type { Json } from '../src/domain/canonical.ts';
import type { ProviderConfig, SecretSource } from '../src/domain/config.ts';
import type { RecordsCapabilities } from '../src/domain/record-sets.ts';
import type { SteeringCapabilities } from '../src/domain/steering.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { AwsTransport, Environment } from './aws-credentials.ts';
import type { CallObserver } from './calls.ts';
import type { CheckOptions, CheckReport } from './check-report.ts';
import type { DnsExchange, DnsTransfer } from './dns-exchange.ts';
import type { HttpTransport } from './http.ts';
import type { ProvenOnAccount } from './proven.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { Records } from './records.ts';
import type { CallPolicy } from './resilience.ts';
import type { Steering } from './steering.ts';

/** One secret that a vendor's account needs. The config says where it is found, never what it is. */
export interface SecretNeeded {
  /** Its key under `credentials.secrets`, lowerCamel, e.g. `apiKey`. */
  readonly name: string;
  readonly description: string;
  /** True where only some accounts of the vendor have it. */
  readonly isOptional?: boolean;
}

/** What steer knows of a vendor without loading its code or calling anybody. Plain data: lists, checks and tables read it. */
export interface VendorAbout {
  /** As written in the config: lower case. */
  readonly vendor: string;
  /** As people write it. */
  readonly title: string;
  /** Where the vendor's API is; null where the config must say it (a server of one's own). */
  readonly endpoint: string | null;
  /** Schema of `settings` in the config: an object, strict, each key described. */
  readonly settings: z.ZodType;
  readonly secrets: readonly SecretNeeded[];
  /** The least that any account of this vendor can be relied on to do. */
  readonly steering: SteeringCapabilities;
  /** The same of an account with these settings, where they decide it. Left out: every account is like `steering`. */
  readonly steeringWith?: (settings: Readonly<Record<string, Json>>) => SteeringCapabilities;
  /** Null where the vendor has no records that could be written. */
  readonly records: RecordsCapabilities | null;
}

/** Everything from outside that a provider needs. */
export interface ProviderDeps {
  readonly clock: Clock;
  /** `guardedPolicy()` in production, `barePolicy` in the model and under virtual time. */
  readonly policy: CallPolicy;
  readonly observe: CallObserver;
  /** `process.env` in production. */
  readonly environment: Environment;
  /** For AWS: null for sockets with time-outs; a handler in this process for virtual time. */
  readonly transport: AwsTransport | null;
  /** For vendors with a plain HTTP API: `fetchTransport`, or a function of this process. */
  readonly http: HttpTransport;
  /** For servers that speak DNS itself: `socketExchange`, or a function of this process. */
  readonly dns: DnsExchange;
  /** For whole zones of such servers: `socketTransfer`, or a function of this process. */
  readonly dnsTransfer: DnsTransfer;
  /** The secret where the config says it is, read anew each time so that it can be changed. Null when nothing is there. */
  readonly secret: (source: SecretSource) => Promise<string | null>;
  /** What `vendor: memory` stands for; null where no provider is one. */
  readonly memory: Pick<OpenedProvider, 'steering' | 'records'> | null;
}

/** One account, opened: its two faces, and what else calls the same account must share. */
export interface OpenedProvider {
  readonly steering: Steering;
  /** Null where the vendor has no records that could be written. */
  readonly records: Records | null;
  /** The account's request budget; null where the vendor has none. Whoever else calls this account takes from it. */
  readonly limiter: RateLimiter | null;
  /** Asks the account whether it keeps what steer relies on; null where nothing that steer relies on needs a proof. */
  readonly check: ((options: CheckOptions, signal: AbortSignal) => Promise<CheckReport>) | null;
}

/** What the `index.ts` of a vendor's folder exports as `openVendor`. Nothing is called yet when it resolves. */
export type OpenVendor = (
  config: ProviderConfig,
  proven: ProvenOnAccount | null,
  deps: ProviderDeps,
) => Promise<OpenedProvider>;
