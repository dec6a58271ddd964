import { describe, expect, it } from 'vitest';
import {
  BUDGET_WINDOW_MS,
  budgetGrowsAt,
  NOTHING_SPENT,
  peakRemoved,
  spentBy,
  sumRemoved,
} from '../../src/capacity/budget.ts';
import { fleetFigure } from '../../src/capacity/fleet.ts';
import type { Charge } from '../../src/domain/facts.ts';
import { runId, serviceId } from '../../src/domain/ids.ts';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const CHECKOUT = serviceId('checkout');
const SEARCH = serviceId('search');

const charge = (minutesAgo: number, servedBefore: number, servedAfter: number, service = CHECKOUT): Charge => ({
  at: NOW - minutesAgo * MINUTE,
  run: runId('run_1'),
  service,
  servedBefore,
  servedAfter,
});

const spent = (...charges: readonly Charge[]) => spentBy(charges, NOW).get(CHECKOUT) ?? NOTHING_SPENT;

describe('drill and planned: the sum of removals', () => {
  it('adds what goes, each time, and never subtracts what came back', () => {
    const hour = spent(charge(50, 1, 0.6), charge(30, 0.6, 1), charge(10, 1, 0.9));

    expect(hour.removed).toBeCloseTo(0.5);
    expect(sumRemoved(hour, { before: 0.9, after: 0.8, atMost: 1 }, false)).toBeCloseTo(0.6);
  });

  it('counts a step whose charge already stands once, with the higher of both figures', () => {
    const hour = spent(charge(50, 1, 0.9), charge(0, 0.9, 0.7));

    expect(sumRemoved(hour, { before: 0.9, after: 0.7, atMost: 1 }, true)).toBeCloseTo(0.3);
    expect(sumRemoved(hour, { before: 0.8, after: 0.7, atMost: 1 }, true)).toBeCloseTo(0.3);
    expect(sumRemoved(hour, { before: 0.9, after: 0.5, atMost: 1 }, true)).toBeCloseTo(0.5);
  });

  it('a charge leaves after exactly 60 minutes', () => {
    expect(spent(charge(60, 1, 0.5)).removed).toBe(0);
    expect(spent({ ...charge(60, 1, 0.5), at: NOW - BUDGET_WINDOW_MS + 1 }).removed).toBe(0.5);
  });

  it('a charge of a clock that runs ahead still counts', () => {
    expect(spent(charge(-5, 1, 0.5)).removed).toBe(0.5);
  });
});

describe('emergency and roll back: the highest S of the hour less S′', () => {
  it('a drill that came home leaves the whole budget to the incident', () => {
    const hour = spent(charge(50, 1, 0.6), charge(30, 0.6, 1));

    expect(peakRemoved(hour, { before: 1, after: 0.6, atMost: 1 })).toBeCloseTo(0.4);
    expect(sumRemoved(hour, { before: 1, after: 0.6, atMost: 1 }, false)).toBeCloseTo(0.8);
  });

  it('undoing a bad restore takes out again only what the restore brought', () => {
    const hour = spent(charge(20, 0.5, 0.7), charge(10, 0.7, 0.9));

    expect(peakRemoved(hour, { before: 0.9, after: 0.5, atMost: 1 })).toBeCloseTo(0.4);
  });

  it('small steps cannot creep past it', () => {
    const hour = spent(charge(40, 1, 0.9), charge(30, 0.9, 0.8), charge(20, 0.8, 0.7));

    expect(peakRemoved(hour, { before: 0.7, after: 0.6, atMost: 1 })).toBeCloseTo(0.4);
  });

  it('what died since is not counted as removed by whoever leaves it', () => {
    const hour = spent(charge(40, 1, 1));

    expect(peakRemoved(hour, { before: 0.6, after: 0.6, atMost: 0.6 })).toBe(0);
  });
});

describe('when the budget grows', () => {
  it('is when the oldest charge of the window leaves it', () => {
    expect(budgetGrowsAt([charge(10, 1, 0.9), charge(50, 1, 0.9), charge(70, 1, 0.9)], NOW)).toBe(NOW + 10 * MINUTE);
  });

  it('is never while nothing was charged', () => {
    expect(budgetGrowsAt([], NOW)).toBeNull();
    expect(budgetGrowsAt([charge(70, 1, 0.9)], NOW)).toBeNull();
  });
});

describe('the fleet’s figure', () => {
  it('is the mean of percentages by weight, so that units never add', () => {
    expect(fleetFigure(new Map([[CHECKOUT, 0.5]]), { [CHECKOUT]: 3, [SEARCH]: 1 })).toBeCloseTo(0.375);
    expect(
      fleetFigure(
        new Map([
          [CHECKOUT, 0.5],
          [SEARCH, 0.1],
        ]),
        { [CHECKOUT]: 1, [SEARCH]: 1 },
      ),
    ).toBeCloseTo(0.3);
  });

  it('is zero when nothing has a weight', () => {
    expect(fleetFigure(new Map([[CHECKOUT, 0.5]]), {})).toBe(0);
  });
});
