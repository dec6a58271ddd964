import type { GateJudgement, GateRule, GateSpec, Outcome } from '../../src/domain/gates.ts';
import { gateId, providerId, type RegionId, regionId, type SignalId, signalId } from '../../src/domain/ids.ts';
import type { SignalReading, SignalSpec } from '../../src/domain/signals.ts';

export const NOW = Date.UTC(2026, 10, 2, 12);
export const MINUTE_MS = 60_000;
export const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
export const EAST = regionId('us-east-1');
export const WEST = regionId('us-west-2');
export const EUROPE = regionId('eu-west-1');
export const SIGNAL = signalId('checkout-errors');
export const CONTEXT = { now: NOW, maximumAgeMs: 5 * MINUTE_MS, expectedShareRatio: 1 };

export const gateSpec = (rule: GateRule, overrides: Partial<GateSpec> = {}): GateSpec => ({
  gate: gateId('errors'),
  region: WEST,
  signal: SIGNAL,
  rule,
  critical: true,
  failuresToHold: 1,
  ...overrides,
});

export const signalSpec = (overrides: Partial<SignalSpec> = {}): SignalSpec => ({
  signal: SIGNAL,
  region: WEST,
  service: null,
  backend: 'cloudwatch:us-west-2',
  vantage: 'us-west-2',
  derivedFrom: null,
  needsNoTraffic: false,
  source: { kind: 'cloudwatch-alarm', awsRegion: 'us-west-2', provider: providerId('aws'), alarm: 'checkout-errors' },
  ...overrides,
});

export const numberReading = (
  value: number,
  overrides: {
    at?: number;
    sampleCount?: number | null;
    lastWeek?: { value: number; at?: number; sampleCount?: number | null } | null;
    signal?: SignalId;
  } = {},
): SignalReading => {
  const at = overrides.at ?? NOW - MINUTE_MS;
  const latest = { at, value, sampleCount: overrides.sampleCount === undefined ? 100 : overrides.sampleCount };
  const then = overrides.lastWeek ?? null;
  return {
    signal: overrides.signal ?? SIGNAL,
    readAt: NOW,
    kind: 'number',
    latest,
    recent: [latest],
    lastWeek:
      then === null ? null : { at: then.at ?? at - WEEK_MS, value: then.value, sampleCount: then.sampleCount ?? null },
  };
};

export const judgement = (
  outcome: Outcome,
  overrides: Partial<Omit<GateJudgement, 'region'>> & { region?: RegionId | null } = {},
): GateJudgement => ({
  gate: gateId('errors'),
  region: WEST,
  outcome,
  value: null,
  limit: null,
  because: `${overrides.gate ?? 'errors'} says ${outcome}`,
  observedAt: NOW,
  critical: true,
  needsNoTraffic: false,
  backend: 'cloudwatch:us-west-2',
  vantage: 'us-west-2',
  evidence: SIGNAL,
  ...overrides,
});

/** A judgement by other means, from elsewhere: independent of what `judgement` makes. */
export const fromOutside = (outcome: Outcome, overrides: Parameters<typeof judgement>[1] = {}): GateJudgement =>
  judgement(outcome, {
    gate: gateId('probe'),
    backend: 'http',
    vantage: 'outside',
    evidence: signalId('checkout-probe'),
    needsNoTraffic: true,
    ...overrides,
  });
