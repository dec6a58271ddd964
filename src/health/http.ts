import type { SignalReading } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import type { Probe } from '../ports/probe.ts';
import { type ResolveHost, refusedAddress } from './addresses.ts';
import { groupedBy, mapLimited } from './batches.ts';
import type { HealthCallObserver } from './calls.ts';
import { failureText } from './failure-text.ts';
import type { HttpSend } from './http-send.ts';
import { errorReading, ofKind, type SignalOf, stateReading } from './readings.ts';

export interface HttpProbeOptions {
  readonly resolve: ResolveHost;
  readonly send: HttpSend;
  readonly observe: HealthCallObserver;
  /** At most this long for the connection; the signal's own time-out covers the whole answer. */
  readonly connectTimeoutMs: number;
}

type HttpSource = SignalOf<'http'>['source'];

/** What one question gave; the words go into the reading. */
type Seen = { readonly kind: 'ok' | 'alarm' | 'error'; readonly because: string };

/** A health page is short; whoever sends more is not read to the end. */
const MAXIMUM_BODY_BYTES = 65_536;

const PARALLEL_REQUESTS = 16;

/** The machine that asks cannot get out, or is out of sockets: that says nothing about the one that is asked. */
const OWN_FAULT =
  /^(ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM|EMFILE|ENFILE|ENOBUFS|ENOMEM|ABORT_ERR|EINVAL|ENOTFOUND|EAI_[A-Z]+|ERR_(?!TLS|SSL).*)$/;

const codeOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' && /^[A-Z0-9_]{1,64}$/.test(error.code) ? error.code : null;
};

/** Refused, reset, timed out, a wrong certificate, no HTTP: the other end answered badly or not at all. */
const seenIn = (error: unknown, where: string): Seen => {
  const code = codeOf(error);
  if (code === null || OWN_FAULT.test(code)) return { kind: 'error', because: failureText(error, `GET ${where}`) };
  return { kind: 'alarm', because: `GET ${where} failed (${code})` };
};

const parsed = (text: string): URL | string => {
  if (!URL.canParse(text)) return 'the address of the probe is no URL';
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `the probe asks http or https, not ${url.protocol}`;
  if (url.username !== '' || url.password !== '') return `the URL of ${url.host} must not hold a user or a password`;
  return url;
};

/** The first address of the host, after all of them were found fit to be asked. */
const addressOf = async (url: URL, source: HttpSource, resolve: ResolveHost): Promise<string | Seen> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = await resolve(host);
    const refused = addresses
      .map((address) => refusedAddress(address, source.allowPrivateAddress))
      .find((why) => why !== null);
    if (refused !== undefined) return { kind: 'error', because: `${host} is not asked: ${refused}` };
    return addresses[0] ?? { kind: 'error', because: `${host} has no address` };
  } catch (error) {
    // Whose resolver is at fault cannot be told from here.
    return { kind: 'error', because: failureText(error, `resolving ${host}`) };
  }
};

const ask = async (source: HttpSource, options: HttpProbeOptions, signal: AbortSignal): Promise<Seen> => {
  const url = parsed(source.url);
  if (typeof url === 'string') return { kind: 'error', because: url };
  // Query strings may hold keys, so only host and path are shown.
  const where = `${url.protocol}//${url.host}${url.pathname}`;
  const address = await addressOf(url, source, options.resolve);
  if (typeof address !== 'string') return address;
  const request = {
    url,
    address,
    connectTimeoutMs: Math.min(options.connectTimeoutMs, source.timeoutMs),
    timeoutMs: source.timeoutMs,
    maximumBodyBytes: MAXIMUM_BODY_BYTES,
  };
  try {
    const { status } = await options.send(request, signal);
    options.observe({ backend: 'http', action: 'GET', outcome: 'ok' });
    const { from, to } = source.expectStatus;
    const isExpected = status >= from && status <= to;
    return { kind: isExpected ? 'ok' : 'alarm', because: `GET ${where} answered ${status}, ${from} to ${to} expected` };
  } catch (error) {
    options.observe({ backend: 'http', action: 'GET', outcome: 'failed' });
    return signal.aborted ? { kind: 'error', because: `GET ${where} was not answered in time` } : seenIn(error, where);
  }
};

const readingOf = (spec: SignalOf<'http'>, now: Instant, { kind, because }: Seen): SignalReading =>
  kind === 'error' ? errorReading(spec, now, because) : stateReading(spec, now, kind, because);

/**
 * Asks health pages as a user would connect: a new connection, certificates checked, no redirects, and only addresses that
 * the config allows. The same page is asked once for all signals that want it. Never throws.
 */
export const httpProbe = (options: HttpProbeOptions): Probe => ({
  read: async (signals, now, signal) => {
    const pages = [...groupedBy(ofKind(signals, 'http'), ({ source }) => JSON.stringify(source)).values()];
    const read = await mapLimited(pages, PARALLEL_REQUESTS, async (group) => {
      const [first] = group;
      if (first === undefined) return [];
      const seen = await ask(first.source, options, signal);
      return group.map((spec) => readingOf(spec, now, seen));
    });
    return read.flat();
  },
});
