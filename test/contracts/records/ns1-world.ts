import { NS1_RECORDS } from '../../../providers/ns1/capabilities.ts';
import type { Ns1FakeOptions } from '../../../providers/ns1/fake.ts';
import type { RecordKey } from '../../../src/domain/record-sets.ts';
import { answer, arrangeNs1, ns1Fault, ns1Traits, record } from '../steering/ns1-world.ts';
import type { RecordsTraits, RecordsWorld } from './world.ts';

export const ns1RecordsTraits: RecordsTraits = {
  vendor: 'ns1',
  ground: 'fake',
  capabilities: NS1_RECORDS,
  // One text for each answer: NS1 cuts it itself.
  samples: { TXT: ['"made by steer; \\"quoted\\" \\\\ back"', '"caf\\195\\169"'] },
  geo: null,
  unmodelled: true,
  others: true,
  pages: { zones: null, sets: null },
  propagation: 'none',
  faults: ns1Traits.faults,
  rotates: ['credentials'],
};

const bare = (name: string): string => name.replace(/\.$/, '');

/** The real provider over the strict fake, with two zones that hold nothing but what they are born with. */
export const arrangeNs1Records = async (options: Partial<Ns1FakeOptions> = {}) => {
  const ns1 = await arrangeNs1(options);
  const { fake, clock, secrets, records, hung } = ns1;
  if (records === null) throw new Error('NS1 has records');
  for (const zone of ['example.com', 'example.net']) fake.emptyZone(zone);
  const held = (zone: string, { name, type }: RecordKey) => fake.record(zone, bare(name), type);

  const world: RecordsWorld = {
    records,
    zones: { home: 'example.com', other: 'example.net', absent: 'example.org' },
    propagationMs: 0,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      async mark(zone, { name, type }) {
        const answers = held(zone, { name, type, qualifier: null })?.answers ?? [];
        const [first, ...rest] = answers;
        if (first === undefined) throw new Error(`there is no ${name}`);
        fake.put(zone, bare(name), type, {
          meta: { note: 'asked for' },
          answers: [{ ...first, meta: { note: 'first' } }, ...rest],
        });
      },
      async other(zone) {
        const name = `near.${zone}`;
        const east = answer('east', { up: true, country: ['DE'] });
        const filters = [
          { filter: 'geotarget_country' as const, config: {} },
          { filter: 'select_first_n' as const, config: { N: 1 } },
        ];
        fake.put(zone, name, 'A', { ...record([east]), filters });
        return { name: `${name}.`, type: 'A', qualifier: 'ns1' };
      },
      zones: () => Promise.reject(new Error('NS1 lists all zones at once')),
    },
    beside(zone, key) {
      const { meta, filters, regions, use_client_subnet, answers } = held(zone, key) ?? {};
      const metas = answers?.map((one) => one.meta ?? null);
      return JSON.parse(JSON.stringify({ meta, filters, regions, use_client_subnet, metas }));
    },
    aliases: () => Promise.reject(new Error('NS1 has no aliases here')),
    fail: (on, fault) => fake.faults.add(ns1Fault(on, fault)),
    hung,
    landedWrites: () => fake.counts().landed,
    async rotate() {
      fake.changeKey('key-2');
      secrets.current = 'key-2';
    },
  };
  return { ...ns1, world };
};
