import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import type { FakeAnswer, FakeHandler, FakeRequest } from '../fake-kit/wire.ts';
import { answerLogin, isAuthorised } from './fake/login.ts';
import type { FakeProfile, FakeProfileInput } from './fake/profile-schema.ts';
import { profileAnswers, readProfile, setHealth } from './fake/profiles.ts';
import type { FakeRecordSet, FakeType } from './fake/record-schema.ts';
import { readSet } from './fake/record-sets.ts';
import { armError, Refusal } from './fake/refusal.ts';
import { type RouterOptions, route } from './fake/router.ts';
import { createState, type FakeGroup, keyOf } from './fake/state.ts';
import { newZone } from './fake/zones.ts';

export interface AzureFakeOptions extends Partial<RouterOptions> {
  readonly now: () => number;
  readonly resourceGroups: readonly string[];
  readonly clientSecret: string;
  /** For slow answers. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Azure's login, Traffic Manager and DNS as a function of requests and a clock, with a hand for tests. */
export interface AzureFake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  /** Somebody else's edit: as strict as the API, but no write of ours. */
  put(group: string, name: string, profile: FakeProfileInput): void;
  profile(group: string, name: string): FakeProfile | undefined;
  /** What probes say of an endpoint from now on. */
  health(profile: string, endpoint: string, status: 'Online' | 'Degraded' | 'CheckingEndpoint'): void;
  /** Part of the answers by endpoint; empty when the profile answers nothing. */
  answers(group: string, name: string): Readonly<Record<string, number>>;
  createZone(group: string, name: string): void;
  /** Properties of one record set as they are held; `name` is relative to the zone. */
  recordSet(place: FakePlace): FakeRecordSet['properties'] | undefined;
  /** Somebody else's edit of a record set: it has another ETag then. */
  putRecordSet(place: FakePlace, properties: FakeRecordSet['properties']): void;
  /** The secret is another one from now on; tokens given out stay good. */
  changeSecret(secret: string): void;
  /** Every token given out so far is no longer good. */
  revokeTokens(): void;
  counts(): { readonly landed: number; readonly requests: number; readonly logins: number };
}

export interface FakePlace {
  readonly group: string;
  readonly zone: string;
  readonly type: FakeType;
  readonly name: string;
}

const LOGIN_PATH = /^\/[^/]+\/oauth2\/v2\.0\/token$/;

export const createAzureFake = (given: AzureFakeOptions): AzureFake => {
  const options: RouterOptions = {
    tenantId: 'tenant-1',
    clientId: 'client-1',
    subscriptionId: 'subscription-1',
    audience: 'https://management.azure.com',
    tokenSeconds: 3600,
    endpoint: 'http://127.0.0.1:1',
    pageSize: 100,
    ...given,
  };
  const state = createState(given.resourceGroups, given.clientSecret);
  const faults = createFakeFaults({
    answers: {
      throttled: armError(429, 'TooManyRequests', 'The request is being throttled.', { 'retry-after': '17' }),
      busy: armError(409, 'AnotherOperationInProgress', 'Another operation on this resource is in progress.'),
      unavailable: armError(503, 'ServiceUnavailable', 'The service is unavailable.'),
      expired: armError(401, 'ExpiredAuthenticationToken', 'The access token has expired.'),
    },
    ...(given.sleep === undefined ? {} : { sleep: given.sleep }),
  });

  const groupOf = (name: string): FakeGroup => {
    const group = state.groups.get(keyOf(name));
    if (group === undefined) throw new Error(`the fake has no resource group ${name}`);
    return group;
  };

  const setsOf = ({ group, zone }: FakePlace) => {
    const held = groupOf(group).zones.get(keyOf(zone));
    if (held === undefined) throw new Error(`the fake has no zone ${zone}`);
    return held.sets;
  };

  const effect = async (request: FakeRequest): Promise<FakeAnswer> => {
    if (LOGIN_PATH.test(request.path)) return answerLogin(request, state, options);
    if (!isAuthorised(request, state, options.now())) {
      return armError(401, 'InvalidAuthenticationToken', 'The access token is missing, unknown or has expired.');
    }
    try {
      return route(request, state, options);
    } catch (refusal) {
      if (refusal instanceof Refusal) return armError(refusal.status, refusal.code, refusal.message);
      throw refusal;
    }
  };

  return {
    faults,
    handle: (request) => {
      state.requests += 1;
      return faults.around(request, () => effect(request));
    },
    put: (group, name, profile) => void groupOf(group).profiles.set(keyOf(name), readProfile(profile)),
    profile: (group, name) => groupOf(group).profiles.get(keyOf(name)),
    health: (profile, endpoint, status) => setHealth(state, profile, endpoint, status),
    answers(group, name) {
      const profile = groupOf(group).profiles.get(keyOf(name));
      return profile === undefined ? {} : profileAnswers(state, name, profile);
    },
    createZone: (group, name) => void groupOf(group).zones.set(keyOf(name), newZone(state, name)),
    recordSet: (place) => setsOf(place).get(`${place.type}/${place.name}`)?.properties,
    putRecordSet(place, properties) {
      state.etags += 1;
      const set = { etag: `etag-${state.etags}`, properties: readSet(place.type, { properties }) };
      setsOf(place).set(`${place.type}/${place.name}`, set);
    },
    changeSecret: (secret) => {
      state.secret = secret;
    },
    revokeTokens: () => state.tokens.clear(),
    counts: () => ({ landed: state.landed, requests: state.requests, logins: state.tokensMade }),
  };
};
