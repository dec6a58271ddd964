import { describe, expect, it } from 'vitest';
import { setId, signalId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import type { SignalSpec } from '../../src/domain/signals.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import { emptyFleet } from '../../src/run/fleet.ts';
import { EAST, fleetConfig, MODEL } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';

const CHECK = '11111111-aaaa-4bbb-8ccc-000000000001';
const SET = setId('checkout-v4');
const MAXIMUM_AGE_MS = 60_000;

const spec: SignalSpec = {
  signal: signalId('checkers@us-east-1'),
  region: EAST,
  service: null,
  backend: 'route53-checkers',
  vantage: 'outside',
  derivedFrom: null,
  needsNoTraffic: true,
  source: { kind: 'route53-health-check', provider: MODEL, healthCheck: CHECK },
};

const cost = { elements: 2, characters: 50 };
const member = {
  member: 'us-east-1',
  weight: 100,
  present: true,
  ttlSeconds: 60,
  healthCheck: CHECK,
  kept: {},
  cost,
};

/** What the facts say of the health check on a record, by a reading so old. */
const healthAfter = async (ageMs: number): Promise<string | undefined> => {
  const config = { ...fleetConfig(), signals: [spec] };
  const facts = await gatherFacts(
    {
      config,
      inForce: config,
      configDigest: 'digest',
      fleet: emptyFleet(),
      services: [],
      known: {
        sets: recordOf([[SET, { state: { set: SET, members: [member] }, at: MONDAY_MORNING }] as const]),
        fences: {},
      },
      run: null,
      declared: null,
      mode: 'planned',
      maximumAgeMs: MAXIMUM_AGE_MS,
    },
    {
      probe: {
        read: async (specs, now) =>
          specs.map(({ signal }) => ({ signal, readAt: now - ageMs, kind: 'state', state: 'ok', because: 'all well' })),
      },
      steerings: new Map(),
      now: () => MONDAY_MORNING,
    },
    new AbortController().signal,
  );
  return facts.sets[SET]?.checks[CHECK];
};

describe('the health check on a record', () => {
  it('is as healthy as it was read within the age that the config allows', async () => {
    expect(await healthAfter(MAXIMUM_AGE_MS)).toBe('healthy');
  });

  it('rule 6: is unknown once that reading is older', async () => {
    expect(await healthAfter(MAXIMUM_AGE_MS + 1)).toBe('unknown');
  });
});
