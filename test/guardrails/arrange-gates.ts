import type { GateJudgement, Outcome } from '../../src/domain/gates.ts';
import { gateId, type RegionId, signalId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/units.ts';

export const NOW: Instant = Date.UTC(2026, 10, 18, 12, 0);

export const gate = (region: RegionId | null, outcome: Outcome, of: Partial<GateJudgement> = {}): GateJudgement => ({
  gate: gateId(`errors-${region ?? 'all'}`),
  region,
  outcome,
  value: null,
  limit: null,
  because: `errors (${region ?? 'all regions'}): ${outcome}`,
  observedAt: NOW,
  critical: true,
  needsNoTraffic: false,
  backend: 'metrics',
  vantage: 'outside',
  evidence: signalId(`errors-${region ?? 'all'}`),
  ...of,
});

export const probe = (region: RegionId, outcome: Outcome, of: Partial<GateJudgement> = {}): GateJudgement =>
  gate(region, outcome, {
    gate: gateId(`probe-${region}`),
    because: `probe (${region}): ${outcome}`,
    needsNoTraffic: true,
    backend: 'http',
    vantage: 'steer-host',
    evidence: signalId(`probe-${region}`),
    ...of,
  });
