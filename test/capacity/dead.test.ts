import { describe, expect, it } from 'vitest';
import { creditOf, healthOf } from '../../src/capacity/credit.ts';
import { deathsIn } from '../../src/capacity/dead.ts';
import { highestDemand } from '../../src/capacity/demand.ts';
import { utilisation, worstShares } from '../../src/capacity/headroom.ts';
import type { Facts, RegionFacts } from '../../src/domain/facts.ts';
import type { Outcome, RegionHealth } from '../../src/domain/gates.ts';
import { type RegionId, regionId, runId, serviceId } from '../../src/domain/ids.ts';
import { mapValues } from '../../src/domain/records.ts';
import { regionHealth } from '../../src/gates/region-health.ts';
import { gate, probe } from '../guardrails/arrange-gates.ts';

const A = regionId('a');
const B = regionId('b');
const CHECKOUT = serviceId('checkout');
const SEARCH = serviceId('search');

const region = (health: RegionHealth, of: Partial<RegionFacts> = {}): RegionFacts => ({
  capacityNow: null,
  capacityReference: null,
  traffic: null,
  health,
  quietHealth: health,
  gates: [],
  ...of,
});

const facts = (
  health: Readonly<Record<string, Readonly<Record<RegionId, RegionHealth>>>>,
  out: Facts['out'] = [],
): Pick<Facts, 'services' | 'out'> => ({
  services: mapValues(health, (regions) => ({
    demand: { measured: null, beforeTrouble: null, lastWeek: null, forecastPeak: null },
    regions: mapValues<RegionId, RegionHealth, RegionFacts>(regions, (of) => region(of)),
    gates: [],
  })),
  out,
});

describe('who counts as dead', () => {
  it('one region, for every service that is called dead there', () => {
    const deaths = deathsIn(
      facts({ checkout: { [A]: 'dead', [B]: 'healthy' }, search: { [A]: 'dead', [B]: 'healthy' } }),
    );

    expect(deaths.called).toEqual([A]);
    expect(deaths.tooMany).toBe(false);
    expect(deaths.isDead(CHECKOUT, A)).toBe(true);
    expect(deaths.isDead(CHECKOUT, B)).toBe(false);
  });

  it('all checks red at once: nothing is called dead', () => {
    const deaths = deathsIn(facts({ checkout: { [A]: 'dead', [B]: 'dead' } }));

    expect(deaths.tooMany).toBe(true);
    expect(deaths.isDead(CHECKOUT, A)).toBe(false);
    expect(deaths.isDead(CHECKOUT, B)).toBe(false);
  });

  it('two services that call different regions dead contradict each other: none is', () => {
    const deaths = deathsIn(
      facts({ checkout: { [A]: 'dead', [B]: 'healthy' }, search: { [A]: 'healthy', [B]: 'dead' } }),
    );

    expect(deaths.tooMany).toBe(true);
    expect(deaths.isDead(SEARCH, B)).toBe(false);
  });

  it('one that is already out does not count against another, and stays dead', () => {
    const out = [{ region: A, service: CHECKOUT, run: runId('run_1'), since: 0 }];

    const deaths = deathsIn(facts({ checkout: { [A]: 'dead', [B]: 'dead' } }, out));

    expect(deaths.tooMany).toBe(false);
    expect(deaths.isDead(CHECKOUT, A)).toBe(true);
    expect(deaths.isDead(CHECKOUT, B)).toBe(true);
  });

  it('a monitoring outage kills nobody: unknown is not dead', () => {
    const deaths = deathsIn(facts({ checkout: { [A]: 'unknown', [B]: 'unknown' } }));

    expect(deaths.called).toEqual([]);
    expect(deaths.isDead(CHECKOUT, A)).toBe(false);
  });
});

describe('a region that people declare dead', () => {
  /** Its own monitoring is silent, and what is seen from outside is `outside`. */
  const seen = (of: RegionId, outside: Outcome, peopleSay: boolean): RegionHealth =>
    regionHealth(
      [gate(of, 'NO_DATA', { vantage: of }), probe(of, outside, { vantage: 'outside' })],
      of,
      null,
      peopleSay,
    );
  const leaving = (health: RegionHealth): number => {
    const fleet = facts({ checkout: { [A]: health, [B]: 'healthy' } });
    const of = fleet.services[CHECKOUT]?.regions[A];
    const now = healthOf(of, 0.5, deathsIn(fleet).isDead(CHECKOUT, A));
    return creditOf({ health: now, facts: of, region: A, mode: 'emergency', overrides: [], share: 0.5 }).leaving;
  };

  it('rule 9: leaves as healthy capacity until one measured FAIL and their word are two signals', () => {
    expect([seen(A, 'FAIL', false), leaving(seen(A, 'FAIL', false))]).toEqual(['unknown', 1]);
    expect([seen(A, 'NO_DATA', true), leaving(seen(A, 'NO_DATA', true))]).toEqual(['unknown', 1]);
    expect([seen(A, 'PASS', true), leaving(seen(A, 'PASS', true))]).toEqual(['unknown', 1]);
    expect([seen(A, 'FAIL', true), leaving(seen(A, 'FAIL', true))]).toEqual(['dead', 0]);
  });

  it('rule 6: is not dead while another that is not out is called dead, too', () => {
    const deaths = deathsIn(facts({ checkout: { [A]: seen(A, 'FAIL', true), [B]: 'dead' } }));

    expect(deaths.called).toEqual([A, B]);
    expect(deaths.isDead(CHECKOUT, A)).toBe(false);
  });

  it('rule 6: is dead for the services that something measured says so of, and for no other', () => {
    const deaths = deathsIn(
      facts({ checkout: { [A]: seen(A, 'FAIL', true) }, search: { [A]: seen(A, 'PASS', true) } }),
    );

    expect(deaths.isDead(CHECKOUT, A)).toBe(true);
    expect(deaths.isDead(SEARCH, A)).toBe(false);
  });
});

describe('what a region’s capacity counts', () => {
  const credit = (
    health: RegionHealth,
    mode: 'planned' | 'emergency',
    of: RegionFacts,
    names: readonly string[] | null = null,
  ) =>
    creditOf({
      health,
      facts: of,
      region: A,
      mode,
      overrides: names === null ? [] : [{ code: 'gate-unknown', because: 'seen by eye', names }],
      share: 0.5,
    });
  const silent = region('unknown', { gates: [gate(A, 'NO_DATA')] });
  const covered = region('unknown', { gates: [gate(A, 'NO_DATA'), probe(A, 'PASS')] });

  it('healthy counts, dead does not, in either direction', () => {
    expect(credit('healthy', 'planned', silent)).toEqual({ leaving: 1, staying: 1 });
    expect(credit('dead', 'planned', silent)).toEqual({ leaving: 0, staying: 0 });
  });

  it('unknown counts where it leaves and not where it stays', () => {
    expect(credit('unknown', 'planned', covered)).toEqual({ leaving: 1, staying: 0 });
    expect(credit('unknown', 'emergency', silent)).toEqual({ leaving: 1, staying: 0 });
  });

  it('in an emergency a second, independent signal makes it count', () => {
    expect(credit('unknown', 'emergency', covered).staying).toBe(1);
  });

  it('so does an override that names gate and region, and no other', () => {
    expect(credit('unknown', 'emergency', silent, ['errors-a', A]).staying).toBe(1);
    expect(credit('unknown', 'emergency', silent, []).staying).toBe(0);
    expect(credit('unknown', 'planned', silent, ['errors-a', A]).staying).toBe(0);
  });

  it('a region without traffic is judged by the signals that need none', () => {
    const quiet = region('unknown', { quietHealth: 'healthy' });

    expect(healthOf(quiet, 0, false)).toBe('healthy');
    expect(healthOf(quiet, 0.1, false)).toBe('unknown');
    expect(healthOf(region('dead'), 0.5, false)).toBe('unknown');
    expect(healthOf(region('dead'), 0.5, true)).toBe('dead');
    expect(healthOf(undefined, 0.5, false)).toBe('unknown');
  });
});

describe('demand and headroom', () => {
  it('the highest of all candidates counts, also the one the plan was approved with', () => {
    const at = 0;
    const of = {
      measured: { value: 10, at },
      beforeTrouble: { value: 90, at },
      lastWeek: null,
      forecastPeak: { value: 50, at },
    };

    expect(highestDemand(of, 20)).toBe(90);
    expect(highestDemand(of, 100)).toBe(100);
    expect(highestDemand(undefined, 30)).toBe(30);
  });

  it('utilisation is rounded up, unknown stays unknown, and nothing that runs is endless', () => {
    expect(utilisation(1000, 0.8, 1000)).toBe(8000);
    expect(utilisation(1000, 0.80001, 1000)).toBe(8001);
    expect(utilisation(1000, 0.5, null)).toBeNull();
    expect(utilisation(1000, 0.5, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(utilisation(1000, 0, 0)).toBe(0);
  });

  it('while batches land in any order a region may hold the higher share of every set at once', () => {
    expect(worstShares([0.2, 0.7, 0.1], [0.6, 0.1, 0.3])).toEqual([0.6, 0.7, 0.3]);
  });
});
