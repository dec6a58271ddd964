import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import type { FakeHandler } from '../fake-kit/wire.ts';
import { createFakeAuth, type FakeAuth, type FakeServiceAccount } from './fake/auth.ts';
import type { ChangeRules } from './fake/changes.ts';
import { answerOf, errorAnswer, Refusal } from './fake/errors.ts';
import { addZone, createRouter, type FakeProject } from './fake/router.ts';
import { type FakeItem, type FakeRecordSet, type FakeZone, held, keyOf } from './fake/state.ts';

export interface GoogleFakeOptions {
  readonly now: () => number;
  /** Evenly over [0, 1): which item of a weighted set is answered. */
  readonly random: () => number;
  readonly project: string;
  readonly account: FakeServiceAccount;
  /** What the assertion must be meant for; the fake answers at the path of it. */
  readonly tokenEndpoint: string;
  readonly propagationMs: number;
  readonly tokenSeconds?: number;
  readonly pageSize?: number;
  readonly rules?: Partial<ChangeRules>;
  readonly sleep?: (ms: number) => Promise<void>;
}

export interface GoogleFake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  readonly auth: FakeAuth;
  /** Returns the zone's name at the vendor. */
  createZone(name: string, dnsName: string): string;
  recordSets(zone: string): readonly FakeRecordSet[];
  /** A hand at the vendor's console: no condition, no change id. */
  foreignEdit(zone: string, how: (recordSets: Map<string, FakeRecordSet>) => void): void;
  /** One answer of the name servers for a name, by what has arrived there. */
  answer(zone: string, set: Pick<FakeRecordSet, 'name' | 'type'>): readonly string[];
  /** Writes that had an effect. */
  landedWrites(): number;
  /** Requests of any kind. */
  requests(): number;
}

const RULES: ChangeRules = {
  itemOrder: 'exact',
  identicalPairs: 'refused',
  mostSets: 1000,
  mostData: 100_000,
  mostItems: 100,
};

const ANSWERS = {
  throttled: errorAnswer(429, 'rateLimitExceeded', "Quota exceeded for quota metric 'Queries'"),
  busy: errorAnswer(429, 'rateLimitExceeded', 'Too many changes'),
  unavailable: errorAnswer(503, 'backendError', 'The service is currently unavailable.'),
  expired: errorAnswer(401, 'authError', 'Request had invalid authentication credentials.'),
};

/** By weight; a zero beside others is never chosen here, which nobody has seen at the vendor. All zero answers nothing. */
const chosen = (items: readonly FakeItem[], random: number): readonly string[] => {
  const total = items.reduce((sum, { weight = 0 }) => sum + weight, 0);
  let at = random * total;
  for (const item of items) {
    at -= item.weight ?? 0;
    if (at < 0) return [...(item.rrdatas ?? []), ...(item.healthCheckedTargets?.externalEndpoints ?? [])];
  }
  return [];
};

/** A Cloud DNS of its own, control plane, token endpoint and name servers: a function of requests and a clock. */
export const createGoogleFake = (options: GoogleFakeOptions): GoogleFake => {
  const { now, random, propagationMs, tokenSeconds = 3600, pageSize = 100 } = options;
  const project: FakeProject = { zones: new Map(), landed: 0 };
  const auth = createFakeAuth({ now, account: options.account, tokenEndpoint: options.tokenEndpoint, tokenSeconds });
  const rules = { ...RULES, ...options.rules };
  const route = createRouter(project, { now, project: options.project, pageSize, propagationMs, rules });
  const faults = createFakeFaults({
    answers: ANSWERS,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const tokenPath = new URL(options.tokenEndpoint).pathname;
  let requests = 0;

  const zoneNamed = (name: string): FakeZone => {
    const zone = project.zones.get(name);
    if (zone === undefined) throw new TypeError(`the fake has no zone ${name}`);
    return zone;
  };

  return {
    async handle(request) {
      requests += 1;
      if (request.path === tokenPath) return auth.token(request);
      return faults.around(request, async () => {
        try {
          auth.assertKnown(request);
          return route(request);
        } catch (refusal) {
          if (refusal instanceof Refusal) return answerOf(refusal);
          throw refusal;
        }
      });
    },
    faults,
    auth,
    createZone: (name, dnsName) => addZone(project, name, dnsName, 'made by a test', now()).name,
    recordSets: (zone) => [...held(zoneNamed(zone)).values()],
    foreignEdit(name, how) {
      const zone = zoneNamed(name);
      const recordSets = new Map(held(zone));
      how(recordSets);
      zone.versions = [...zone.versions, { at: now(), recordSets }];
    },
    answer(name, set) {
      const arrived = zoneNamed(name).versions.findLast(({ at }) => now() - at >= propagationMs);
      const found = arrived?.recordSets.get(keyOf(set));
      const items = found?.routingPolicy?.wrr?.items;
      return items === undefined ? (found?.rrdatas ?? []) : chosen(items, random());
    },
    landedWrites: () => project.landed,
    requests: () => requests,
  };
};
