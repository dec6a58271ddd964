import type { FakeRequest, FakeResponse } from '../../fake-kit/wire.ts';
import { answerRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import type { FakeState } from './state.ts';
import { answerZone, answerZones, zoneIn } from './zones.ts';

const parsed = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const bodyOf = (request: FakeRequest) => (): unknown => {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refusal(415, 'the body must be application/json');
  }
  const body = parsed(request.body);
  if (body === null) throw new Refusal(400, 'the body is not valid JSON');
  return body.value;
};

/** NS1 behind its door: the key is good already. Throws `Refusal`. */
export const route = (request: FakeRequest, state: FakeState): FakeResponse => {
  const [version, kind, zone, domain, type, ...more] = request.path.split('/').slice(1).map(decodeURIComponent);
  if (version !== 'v1' || kind !== 'zones' || more.length > 0) throw new Refusal(404, 'not found');
  if (Object.keys(request.query).length > 0) throw new Refusal(400, 'unknown query parameters');
  const body = bodyOf(request);
  if (zone === undefined) {
    if (request.method !== 'GET') throw new Refusal(405, 'method not allowed');
    return answerZones(state);
  }
  if (domain === undefined) return answerZone(request.method, zone, body, state);
  if (type === undefined) throw new Refusal(404, 'not found');
  return answerRecord({ method: request.method, domain, type, body }, state, zoneIn(state, zone));
};
