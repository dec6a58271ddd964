import { describe, expect, it } from 'vitest';
import { runId, serviceId } from '../../src/domain/ids.ts';
import { budgetStatus } from '../../src/operations/budget-status.ts';
import { fleetConfig } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';

const MINUTE = 60_000;
const now = MONDAY_MORNING;
const config = fleetConfig();
const [service] = config.services;
if (service === undefined) throw new Error('the fixture has no service');

const charge = (minutesAgo: number, servedBefore: number, servedAfter: number) => ({
  at: now - minutesAgo * MINUTE,
  run: runId('run_1'),
  service: service.service,
  servedBefore,
  servedAfter,
});
const all = service.fleetWeight + config.services.slice(1).reduce((sum, { fleetWeight }) => sum + fleetWeight, 0);
const weighted = (points: number): number => Math.ceil((points * service.fleetWeight) / all - 1e-6);

const used = (charges: Parameters<typeof budgetStatus>[1]) =>
  Object.fromEntries(budgetStatus(config, charges, now).map((one) => [one.mode, one]));

describe('what is left of the budget', () => {
  it('is all of it where nothing was taken out', () => {
    for (const one of budgetStatus(config, [], now)) {
      expect(one).toMatchObject({ used: 0, tightest: null, growsAt: null });
      expect(one.limit).toBe(config.safety[one.mode].capacityRemovedPerHour);
    }
  });

  it('counts every removal of the hour in a drill and a planned move, and the drop in an emergency', () => {
    const there = used([charge(50, 1, 0.8), charge(40, 0.8, 1), charge(10, 1, 0.9)]);

    expect(there['planned']?.used).toBe(weighted(3000));
    expect(there['drill']?.used).toBe(weighted(3000));
    expect(there['emergency']?.used).toBe(weighted(1000));
    expect(there['planned']?.tightest).toEqual({ service: service.service, used: 3000 });
  });

  it('grows again when the oldest removal is an hour old, and forgets it then', () => {
    const charges = [charge(59, 1, 0.8), charge(10, 0.8, 0.7)];

    expect(used(charges)['planned']?.growsAt).toBe(now + MINUTE);
    expect(used([charge(60, 1, 0.8)])['planned']).toMatchObject({ used: 0, growsAt: null });
  });

  it('does not count a service that the config no longer has', () => {
    const gone = { ...charge(10, 1, 0), service: serviceId('gone') };

    expect(used([gone])['planned']).toMatchObject({ used: 0, tightest: null });
  });
});
