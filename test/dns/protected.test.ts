import { describe, expect, it } from 'vitest';
import { steeredIn, touched } from '../../src/dns/protected.ts';
import { fleetConfig } from '../support/fleet-config.ts';
import { set, weighted, ZONE } from './arrange.ts';

const config = fleetConfig({ services: ['checkout'], names: 1, zones: 1 });
const NAME = 'n0.checkout.example.com.';
const zone = { id: 'zone-0', name: ZONE, twins: [] };

const zoneOf = (id: string) => ({
  services: config.services.map((service) => ({
    ...service,
    sets: service.sets.map((one) => ({ ...one, ref: { ...one.ref, zone: id, name: one.ref.name.toUpperCase() } })),
  })),
});

const names = (changes: Parameters<typeof touched>[0], at = zone) =>
  touched(changes, config, 'model', at).map(({ key, what }) => `${what} ${key.name}`);

describe('what steer dns leaves alone', () => {
  it.each([
    ['made', { expects: null, leaves: weighted('new', 1, { name: NAME }) }],
    ['changed', { expects: weighted('m', 1, { name: NAME }), leaves: weighted('m', 2, { name: NAME }) }],
    ['deleted', { expects: set({ name: NAME }), leaves: null }],
  ])('is a steered name, when a record there is %s', (_, change) => {
    expect(names([change])).toEqual([`steered ${NAME}`]);
  });

  it('is the marker, whatever its type', () => {
    const marker = set({ name: `_steer.${ZONE}`, type: 'CNAME', values: ['x.example.'] });

    expect(names([{ expects: null, leaves: marker }])).toEqual([`marker _steer.${ZONE}`]);
  });

  it.each([
    ['an AAAA beside a steered A', NAME, 'AAAA'],
    ['a CNAME over it', NAME, 'CNAME'],
    ['a delegation above it', `checkout.${ZONE}`, 'NS'],
    ['a DNAME above it', ZONE, 'DNAME'],
  ])('is a steered name, when its traffic would go another way: %s', (_, name, type) => {
    expect(names([{ expects: null, leaves: set({ name, type, values: ['x.example.'] }) }])).toEqual([
      `steered ${name}`,
    ]);
  });

  it('is not another type of the name, nor another name', () => {
    expect(names([{ expects: null, leaves: set({ name: NAME, type: 'TXT', values: ['"x"'] }) }])).toEqual([]);
    expect(names([{ expects: null, leaves: set() }])).toEqual([]);
    expect(names([{ expects: null, leaves: set({ name: ZONE, type: 'NS', values: ['ns.x.'] }) }])).toEqual([]);
  });

  it.each(['/hostedzone/zone-0', 'zone-0', 'example.com'])('is found where the config calls the zone %s', (id) => {
    expect(steeredIn(zoneOf(id), 'model', zone)).toEqual([{ name: NAME, type: 'A', service: 'checkout' }]);
  });

  it('is not in another zone of the same name, nor at another account', () => {
    expect(steeredIn(config, 'model', { name: ZONE, twins: ['zone-0'] })).toEqual([]);
    expect(steeredIn(config, 'second', zone)).toEqual([]);
  });
});
