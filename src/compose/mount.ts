import type { AwsTransport, Environment } from '../../providers/aws-credentials.ts';
import type { VendorCall } from '../../providers/calls.ts';
import { type DnsExchange, type DnsTransfer, socketExchange, socketTransfer } from '../../providers/dns-exchange.ts';
import { fetchTransport, type HttpTransport } from '../../providers/http.ts';
import { type CallPolicy, guardedPolicy } from '../../providers/resilience.ts';
import type { ResolveHost } from '../health/addresses.ts';
import { resolveHost } from '../health/addresses.ts';
import type { HealthCall } from '../health/calls.ts';
import { type DnsTransport, socketDnsTransport } from '../health/dns-transport.ts';
import { type HttpSend, sendHttp } from '../health/http-send.ts';
import type { Random } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';
import { systemClock } from '../system/clock.ts';
import { systemRandom } from '../system/random.ts';

/** Where the product's code meets time and the network: live, or a world in this process under virtual time. */
export interface Mount {
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  /** One policy per account; it holds the circuit breaker. */
  readonly policy: () => CallPolicy;
  /** Null for sockets with time-outs. */
  readonly aws: AwsTransport | null;
  /** For vendors with a plain HTTP API, and for servers that speak DNS themselves. */
  readonly vendorHttp: HttpTransport;
  readonly vendorDns: DnsExchange;
  readonly vendorDnsTransfer: DnsTransfer;
  readonly http: HttpSend;
  readonly resolve: ResolveHost;
  readonly dns: DnsTransport;
  /** How long a second of a vendor's health checkers lasts, in milliseconds: 1000, and less where a sandbox lives faster. */
  readonly checkSecondMs: number;
  /** Carries out a call that virtual time must wait for; the live mount just carries it out. */
  readonly inFlight: <T>(what: string, work: () => Promise<T>) => Promise<T>;
  readonly observeVendor: (call: VendorCall) => void;
  readonly observeHealth: (call: HealthCall) => void;
}

export const liveMount = (overrides: Partial<Mount> = {}): Mount => ({
  clock: systemClock,
  random: systemRandom,
  environment: process.env,
  policy: () => guardedPolicy(),
  aws: null,
  vendorHttp: fetchTransport,
  vendorDns: socketExchange,
  vendorDnsTransfer: socketTransfer,
  http: sendHttp,
  resolve: resolveHost,
  dns: socketDnsTransport,
  checkSecondMs: 1000,
  inFlight: (_, work) => work(),
  observeVendor: () => {},
  observeHealth: () => {},
  ...overrides,
});
