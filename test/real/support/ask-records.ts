import { expect } from 'vitest';
import type { Records } from '../../../providers/records.ts';
import { canonicalValue, KNOWN_TYPES } from '../../../src/domain/rdata.ts';
import type { RecordSet, RoutingProfile } from '../../../src/domain/record-sets.ts';
import { kindOf, never } from '../../contracts/records/world.ts';

const oneForm = (type: string, text: string): string => {
  const value = canonicalValue(type, text);
  return value.ok ? value.value : expect.fail(value.because);
};

/** Everything that `Records` asks: zones made, changed and taken away, sets of every profile, places. */
export const askRecords = async (records: Records | null, healthCheck: string): Promise<void> => {
  if (records === null) throw new Error('Route 53 has records');
  const zone = await records.putZone(
    { name: 'made.example.org.', ttlSeconds: 600, email: 'dns.team@example.org' },
    never(),
  );
  const basic = (label: string, type: string, values: readonly string[]): RecordSet => ({
    name: `${label}.made.example.org.`,
    type,
    qualifier: null,
    ttlSeconds: 300,
    values,
    alias: null,
    profile: { kind: 'basic' },
    kept: null,
  });
  const routed = (
    label: string,
    qualifier: string,
    profile: RoutingProfile,
    kept: RecordSet['kept'] = null,
  ): RecordSet => ({
    ...basic(label, 'A', ['192.0.2.1']),
    qualifier,
    profile,
    kept,
  });
  const sets: readonly RecordSet[] = [
    ...records.capabilities.types
      .filter((type) => type !== 'SOA')
      .map((type) =>
        basic(
          `t-${type.toLowerCase()}`,
          type,
          [KNOWN_TYPES[type] ?? 'none'].map((text) => oneForm(type, text)),
        ),
      ),
    routed('weighted', 'east', { kind: 'weighted', weight: 10 }),
    routed('weighted', 'west', { kind: 'weighted', weight: null }),
    routed('geo', 'east', { kind: 'geo', regions: { continent: ['EU'] } }),
    routed('geo', 'west', { kind: 'geo', regions: { subdivision: ['US-CA'] } }),
    routed('geo', 'rest', { kind: 'geo', regions: { default: ['*'] } }),
    routed('failover', 'east', { kind: 'failover', role: 'primary' }, { healthCheckId: healthCheck }),
    routed('failover', 'west', { kind: 'failover', role: 'secondary' }),
    { ...basic('alias', 'A', []), ttlSeconds: null, alias: { target: 'lb.elb.example.net.', zone: 'Z00000000LB1' } },
  ];
  const made = await records.change(
    zone.id,
    sets.map((leaves) => ({ expects: null, leaves })),
    'made',
    never(),
  );
  expect(made.filter(({ outcome }) => outcome !== 'landed')).toEqual([]);
  const held = await records.recordSets(zone.id, {}, never());
  const own = held.filter(({ name }) => name !== zone.name);
  await records.recordSets(zone.id, { name: 'weighted.made.example.org.' }, never());
  const gone = await records.change(
    zone.id,
    own.map((expects) => ({ expects, leaves: null })),
    'gone',
    never(),
  );
  expect(gone.filter(({ outcome }) => outcome !== 'landed')).toEqual([]);
  await records.geoRegions(never());
  expect(await kindOf(records.deleteZone(zone.id, never()))).toBe('ok');
  await records.deleteZone(zone.id, never());
  await records.checkConnection(never());
};
