import { createFakeFaults, type FakeFaults } from '../fake-kit/faults.ts';
import { type FakeAnswer, type FakeHandler, type FakeRequest, type FakeResponse, json } from '../fake-kit/wire.ts';
import { chainAnswers } from './fake/answers.ts';
import { createRate, type FakeRate } from './fake/rate.ts';
import type { FakeRecord, FakeRecordInput } from './fake/record-schema.ts';
import { writtenRecord } from './fake/records.ts';
import { Refusal } from './fake/refusal.ts';
import { route } from './fake/router.ts';
import { type FakeState, type FakeZone, recordKey } from './fake/state.ts';
import { newZone } from './fake/zones.ts';

export interface Ns1FakeOptions {
  readonly now: () => number;
  readonly apiKey: string;
  readonly zones: readonly string[];
  /** Requests in 300 seconds; 900 and 300 where left out. */
  readonly limits?: { readonly reads: number; readonly changes: number };
  /** For slow answers. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** NS1's zones and records as a function of requests and a clock, with a hand for tests. */
export interface Ns1Fake {
  readonly handle: FakeHandler;
  readonly faults: FakeFaults;
  /** Somebody else's edit: as strict as the API, but no write of ours. Fields that are left out stay. */
  put(zone: string, domain: string, type: string, record: FakeRecordInput): void;
  record(zone: string, domain: string, type: string): FakeRecord | undefined;
  /** Part of the responses that hold each answer; empty when there is no such record. */
  answers(zone: string, domain: string, type: string): Readonly<Record<string, number>>;
  /** The zone holds again what it was born with. */
  emptyZone(zone: string): void;
  /** The key is another one from now on. */
  changeKey(key: string): void;
  counts(): { readonly landed: number; readonly requests: number };
}

const said = (status: number, message: string): FakeResponse => json(status, { message });

const rateHeaders = ({ limit, remaining }: FakeRate): Readonly<Record<string, string>> => ({
  'x-ratelimit-limit': `${limit}`,
  'x-ratelimit-remaining': `${remaining}`,
  'x-ratelimit-period': '300',
  'x-ratelimit-by': 'customer',
});

export const createNs1Fake = ({ now, apiKey, zones, limits, sleep }: Ns1FakeOptions): Ns1Fake => {
  const state: FakeState = { zones: new Map(), key: apiKey, landed: 0, requests: 0, ids: 0 };
  for (const zone of zones) state.zones.set(zone, newZone(state, zone));
  const rate = createRate(now, limits ?? { reads: 900, changes: 300 });
  const throttled = said(429, 'rate limit exceeded');
  const faults = createFakeFaults({
    answers: {
      throttled,
      // NS1 is not known to say that it is busy with another change.
      busy: throttled,
      unavailable: said(503, 'service unavailable'),
      expired: said(401, 'Unauthorized'),
    },
    ...(sleep === undefined ? {} : { sleep }),
  });

  const zoneOf = (name: string): FakeZone => {
    const zone = state.zones.get(name);
    if (zone === undefined) throw new Error(`the fake has no zone ${name}`);
    return zone;
  };

  const answered = (request: FakeRequest): FakeResponse => {
    try {
      return route(request, state);
    } catch (refusal) {
      if (refusal instanceof Refusal) return said(refusal.status, refusal.message);
      throw refusal;
    }
  };

  const effect = async (request: FakeRequest): Promise<FakeAnswer> => {
    if (request.headers['x-nsone-key'] !== state.key) return said(401, 'Unauthorized');
    const told = rate(request.method);
    const answer = told.isOver ? throttled : answered(request);
    return { ...answer, headers: { ...answer.headers, ...rateHeaders(told) } };
  };

  const heldRecord = (zone: string, domain: string, type: string): FakeRecord | undefined =>
    zoneOf(zone).records.get(recordKey(domain, type));

  return {
    faults,
    handle: (request) => {
      state.requests += 1;
      return faults.around(request, () => effect(request));
    },
    put(zone, domain, type, record) {
      const held = heldRecord(zone, domain, type);
      const written = writtenRecord(record, state, zoneOf(zone), { domain, type }, held);
      zoneOf(zone).records.set(recordKey(domain, type), written);
    },
    record: heldRecord,
    answers(zone, domain, type) {
      const record = heldRecord(zone, domain, type);
      return record === undefined ? {} : chainAnswers(record);
    },
    emptyZone: (zone) => void state.zones.set(zone, newZone(state, zone)),
    changeKey: (key) => {
      state.key = key;
    },
    counts: () => ({ landed: state.landed, requests: state.requests }),
  };
};
