import { barePolicy, guardedPolicy, type PolicyOptions, USUAL_POLICY } from '../../providers/resilience.ts';
import type { DnsExchangeOptions, DnsTransport } from '../health/dns-transport.ts';
import type { HttpSend } from '../health/http-send.ts';
import { configText, type Endpoints, type SlackEnds } from '../sandbox/config-text.ts';
import { createDnsClient } from '../sandbox/dns-client.ts';
import { createDnsResponder } from '../sandbox/dns-responder.ts';
import { serveDns } from '../sandbox/dns-server.ts';
import { serveHttp } from '../sandbox/http-server.ts';
import { createInProcessHandler } from '../sandbox/in-process-handler.ts';
import { createLocalWorld, type LocalWorld } from '../sandbox/local-world.ts';
import { LIVE_PACE, type Pace, REAL_PACE } from '../sandbox/pace.ts';
import type { Scenario } from '../sandbox/scenarios.ts';
import type { WireHandler } from '../sandbox/wire.ts';
import { systemClock } from '../system/clock.ts';
import type { VirtualClock } from '../system/virtual-clock.ts';
import { liveMount, type Mount } from './mount.ts';

/** The local world, the mount that reaches it, and the config that names its endpoints. */
export interface MountedSandbox {
  readonly local: LocalWorld;
  readonly mount: Mount;
  readonly pace: Pace;
  readonly config: string;
  readonly endpoints: Endpoints;
  close(): Promise<void>;
}

/** Mulberry32: small, seeded, good enough to deal out answers and noise; never for secrets. */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** The workspace beside the world, and the variables that hold its tokens. */
export interface SlackBeside {
  readonly ends: SlackEnds;
  readonly environment: Readonly<Record<string, string>>;
}

/** A breaker that wakes in this long is no hurry to a vendor on loopback, and no wait to whoever watches. */
const SHORTEST_BREAK_MS = 1000;

/** A control plane that is back is asked again at the sandbox's pace: where a minute lasts 3 s, 10 s are three minutes. */
export const policyAt = ({ timeScale }: Pace): PolicyOptions => ({
  ...USUAL_POLICY,
  breakMs: Math.max(SHORTEST_BREAK_MS, USUAL_POLICY.breakMs * timeScale),
});

/** Servers on loopback and the real clock: what a person watches. */
export const mountLive = async (
  scenario: Scenario,
  pace: Pace = LIVE_PACE,
  slack: SlackBeside | null = null,
): Promise<MountedSandbox> => {
  const random = seeded(scenario.seed);
  let dnsPort = 0;
  const clients = new Map<string, ReturnType<typeof createDnsClient>>();
  const local = createLocalWorld({
    now: () => systemClock.now(),
    random,
    sleep: (ms) => systemClock.sleep(ms, new AbortController().signal),
    scenario,
    pace,
    ask: (name, type) => {
      const client = clients.get(type) ?? createDnsClient({ port: dnsPort, timeoutMs: 500, attempts: 2, random });
      clients.set(type, client);
      return client(name, type);
    },
  });
  const [route53, cloudWatch, health, dns] = await Promise.all([
    serveHttp(local.route53.handle),
    serveHttp(local.cloudWatch.handle),
    serveHttp(local.health),
    serveDns(local.answerer),
  ]);
  dnsPort = dns.port;
  const endpoints: Endpoints = {
    route53: route53.url,
    cloudWatch: cloudWatch.url,
    health: health.url,
    dns: `127.0.0.1:${dns.port}`,
    zoneIds: local.zoneIds,
    checkIds: local.checkIds,
  };
  return {
    local,
    pace,
    endpoints,
    mount: liveMount({
      random: { next: random },
      policy: () => guardedPolicy(policyAt(pace)),
      checkSecondMs: 1000 * pace.timeScale,
      ...(slack === null ? {} : { environment: { ...process.env, ...slack.environment } }),
    }),
    config: configText(local.spec, endpoints, pace, slack?.ends ?? null),
    close: async () => {
      await Promise.all([route53.close(), cloudWatch.close(), health.close(), dns.close()]);
    },
  };
};

/** One transport for every AWS client: the service in the signature's scope says whose request it is. */
const byService =
  (local: LocalWorld): WireHandler =>
  (request) =>
    (request.headers['authorization'] ?? '').includes('/monitoring/aws4_request')
      ? local.cloudWatch.handle(request)
      : local.route53.handle(request);

const httpTo =
  (handler: WireHandler): HttpSend =>
  async ({ url }) => {
    const answer = await handler({ method: 'GET', path: url.pathname, query: {}, headers: {}, body: '' });
    if (typeof answer === 'string') throw Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
    return { status: answer.status };
  };

const dnsTo = (local: LocalWorld): DnsTransport => {
  const responder = createDnsResponder(local.answerer);
  const exchange = async <T>(options: DnsExchangeOptions<T>, over: 'udp' | 'tcp'): Promise<T> => {
    const reply = await responder(Buffer.from(options.question), 'steer', over);
    const accepted = reply === undefined ? null : options.accept(reply);
    if (accepted === null) throw Object.assign(new Error('no reply in time'), { code: 'ETIMEDOUT' });
    return accepted;
  };
  return { udp: (options) => exchange(options, 'udp'), tcp: (options) => exchange(options, 'tcp') };
};

/** The same fakes in this process under virtual time: no sockets, hours in seconds, the same course for the same seed. */
export const mountVirtual = (scenario: Scenario, clock: VirtualClock, pace: Pace = REAL_PACE): MountedSandbox => {
  const random = seeded(scenario.seed);
  const sleep = (ms: number): Promise<void> => clock.sleep(ms, new AbortController().signal);
  const local = createLocalWorld({ now: () => clock.now(), random, sleep, scenario, pace });
  const endpoints: Endpoints = {
    route53: 'http://127.0.0.1:1',
    cloudWatch: 'http://127.0.0.1:2',
    health: 'http://127.0.0.1:3',
    dns: '127.0.0.1:4',
    zoneIds: local.zoneIds,
    checkIds: local.checkIds,
  };
  return {
    local,
    pace,
    endpoints,
    mount: liveMount({
      clock,
      random: { next: random },
      environment: {},
      policy: () => barePolicy,
      aws: createInProcessHandler(byService(local), { timeout: () => sleep(5000) }),
      http: httpTo(local.health),
      resolve: async () => ['127.0.0.1'],
      dns: dnsTo(local),
      checkSecondMs: 1000 * pace.timeScale,
      inFlight: (what, work) => clock.busy(what, work),
    }),
    config: configText(local.spec, endpoints, pace),
    close: async () => {},
  };
};
