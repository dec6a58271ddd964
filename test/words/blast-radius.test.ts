import { describe, expect, it } from 'vitest';
import { gateId, serviceId } from '../../src/domain/ids.ts';
import { followText, holdsIfText, movedText, movesText, someOf } from '../../src/words/blast-radius.ts';
import { evacuationEnvelope } from '../support/run-plan.ts';

describe('what a plan would touch', () => {
  it('is told in shares, in the unit of the services, and in names', () => {
    const envelope = evacuationEnvelope();

    expect(movedText(envelope)).toBe('40 % of the traffic');
    expect(movesText(envelope)).toBe(
      '40 % of the traffic, about 400 requests/s: 1 service (checkout), 2 names in 2 zones',
    );
  });

  it('adds no units: each has a figure of its own', () => {
    const { services, sets } = evacuationEnvelope();
    const [service] = services;
    if (service === undefined) throw new Error('the fixture has no service');
    const orders = { ...service, service: serviceId('orders'), unit: 'orders/min', demand: 50 };
    const own = sets.map((set, at) => ({ ...set, service: at === 0 ? service.service : orders.service, part: 10_000 }));

    expect(movesText(evacuationEnvelope({ services: [service, orders], sets: own }))).toContain(
      'about 400 requests/s and 20 orders/min: 2 services (checkout, orders)',
    );
  });

  it('holds by itself for the gates of where traffic goes, its load and the budget', () => {
    expect(holdsIfText(evacuationEnvelope())).toBe(
      'p99@us-west-2 >= 400, or a destination would pass 75 % of its capacity, or the budget is spent',
    );
  });

  it.each(['errors@us-west-2', 'errors:checkout@us-west-2', 'errors@checkout/us-west-2'])(
    'names the region of a gate once: %s',
    (gate) => {
      const { services } = evacuationEnvelope();
      const named = services.map((service) => ({
        ...service,
        gates: service.gates.map((one) => ({ ...one, gate: gateId(gate) })),
      }));

      expect(holdsIfText(evacuationEnvelope({ services: named }))).toMatch(new RegExp(`^${gate} >= 400, or`));
    },
  );

  it('says when clients have followed, by the longest TTL, and whose it is', () => {
    expect(followText(evacuationEnvelope())).toBe(
      'Clients follow a step within 1m, the longest TTL (checkout-www.example.test.). Those that ignore TTLs take longer.',
    );
    expect(followText(evacuationEnvelope({ sets: [] }))).toBeNull();
  });

  it('names the first of many and counts the rest', () => {
    expect(someOf(['a', 'b', 'c'], 3)).toBe('a, b, c');
    expect(someOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });
});
