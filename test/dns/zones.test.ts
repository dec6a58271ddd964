import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CopyEnd, CopyTarget } from '../../src/dns/carry.ts';
import { compareZones } from '../../src/dns/compare.ts';
import { planCopy } from '../../src/dns/copy.ts';
import { diffOf } from '../../src/dns/diff.ts';
import { nameInZone } from '../../src/dns/names.ts';
import { diffText } from '../../src/dns/text.ts';
import { recordKeyText } from '../../src/domain/record-order.ts';
import type { RecordSet } from '../../src/domain/record-sets.ts';
import { ALIAS, can, geo, set, weighted, ZONE } from './arrange.ts';

const zone = (id: string) => ({ id, name: ZONE, ttlSeconds: null, email: null });

const from = (sets: readonly RecordSet[], vendor = 'alpha'): CopyEnd => ({
  account: 'a',
  vendor,
  zone: zone('za'),
  sets,
});

const to = (sets: readonly RecordSet[], over: Partial<CopyTarget> = {}): CopyTarget => ({
  account: 'b',
  vendor: 'alpha',
  zone: zone('zb'),
  sets,
  can: can(),
  places: { Europe: ['DE'] },
  ...over,
});

const SOA = set({ name: ZONE, type: 'SOA', values: ['ns.a. admin.a. 1 2 3 4 5'] });
const APEX_NS = set({ name: ZONE, type: 'NS', values: ['ns1.a.'] });
const MARKER = set({ name: `_steer.${ZONE}`, type: 'TXT', values: ['"steer store=s epoch=1"'] });

describe('a diff', () => {
  it('marks what goes and what comes, and says what is kept', () => {
    const before = weighted('east', 10, {
      values: ['192.0.2.1', '192.0.2.2'],
      kept: { HealthCheckId: 'h-1', proxied: false },
    });
    const after = weighted('east', 20, { values: ['192.0.2.2', '192.0.2.3'], kept: before.kept });

    expect(diffText(diffOf([{ expects: before, leaves: after }]))).toEqual([
      'www.example.com. A "east" (changed)',
      '- weight 10',
      '+ weight 20',
      '  ttl 60',
      '- 192.0.2.1',
      '  192.0.2.2',
      '+ 192.0.2.3',
      '  kept unchanged: HealthCheckId "h-1"',
    ]);
  });

  it('of what is made and what is deleted has one side only', () => {
    const lines = diffText(
      diffOf([
        { expects: null, leaves: geo('eu', { Europe: ['DE', 'FR'] }) },
        { expects: set({ alias: ALIAS, values: [], ttlSeconds: null }), leaves: null },
      ]),
    );

    expect(lines).toEqual([
      'www.example.com. A "eu" (new)',
      '+ place Europe: DE FR',
      '+ ttl 60',
      '+ 192.0.2.1',
      'www.example.com. A (deleted)',
      '- alias lb.example.net. in zone Z9',
    ]);
  });
});

describe('a name as it is typed', () => {
  it.each([
    ['www.example.com.', 'www.example.com.'],
    ['WWW.Example.com', 'www.example.com.'],
    ['example.com', 'example.com.'],
    ['@', 'example.com.'],
    ['www', 'www.example.com.'],
    ['*', '*.example.com.'],
  ])('%s is %s', (typed, name) => {
    expect(nameInZone(typed, ZONE)).toEqual({ ok: true, name });
  });

  it.each(['www.example.org.', 'a.b', 'notexample.com.'])('%s is not guessed at', (typed) => {
    expect(nameInZone(typed, ZONE)).toMatchObject({ ok: false, problem: expect.stringContaining('not in zone') });
  });
});

describe('two zones', () => {
  it('are the same but for what each vendor has of its own', () => {
    const compared = compareZones(
      { account: 'a', zone: 'za', sets: [SOA, APEX_NS, MARKER, set({ kept: { HealthCheckId: 'h-1' } })] },
      { account: 'b', zone: 'zb', sets: [set()] },
      ZONE,
    );

    expect(compared).toEqual({
      differing: [],
      same: 1,
      notCompared: ['www.example.com. A at a: HealthCheckId "h-1"'],
    });
  });

  it('are the same where each has an alias within itself', () => {
    const alias = (id: string) => set({ alias: { target: `www.${ZONE}`, zone: id }, values: [], ttlSeconds: null });

    const same = compareZones(
      { account: 'a', zone: 'za', sets: [alias('za')] },
      { account: 'b', zone: 'zb', sets: [alias('zb')] },
      ZONE,
    );

    expect(same).toEqual({ differing: [], same: 1, notCompared: [] });
  });

  it('differ by routing, TTL and values, set by set', () => {
    const { differing } = compareZones(
      { account: 'a', zone: 'za', sets: [weighted('east', 10), set({ name: `only-a.${ZONE}` })] },
      { account: 'b', zone: 'zb', sets: [weighted('east', 20, { ttlSeconds: 30 }), set({ name: `only-b.${ZONE}` })] },
      ZONE,
    );

    expect(differing.map(({ key, what }) => `${key.name} ${what}`)).toEqual([
      'only-a.example.com. gone',
      'only-b.example.com. new',
      'www.example.com. changed',
    ]);
    expect(differing[2]?.lines.filter(({ mark }) => mark !== ' ')).toHaveLength(4);
  });
});

describe('a copy', () => {
  it('carries profiles over, and leaves SOA, NS of the zone and the marker alone', () => {
    const plan = planCopy(from([SOA, APEX_NS, MARKER, weighted('east', 10), weighted('west', null)]), to([SOA]), true);

    expect(plan).toEqual({
      changes: [
        { expects: null, leaves: weighted('east', 10) },
        { expects: null, leaves: weighted('west', null) },
      ],
      same: 0,
      lost: [],
      extra: [],
    });
  });

  it('is nothing to do once it has landed', () => {
    const weights = fc.option(fc.integer({ min: 1, max: 100 }), { nil: null });
    fc.assert(
      fc.property(fc.array(weights, { maxLength: 6 }), (list) => {
        const sets = list.map((weight, index) => weighted(`m${index}`, weight));
        const landed = planCopy(from(sets), to([]), false).changes.flatMap(({ leaves }) => leaves ?? []);

        const again = planCopy(from(sets), to(landed), true);

        expect(again).toEqual({ changes: [], same: sets.length, lost: [], extra: [] });
      }),
    );
  });

  it('deletes nothing unless told to', () => {
    const extra = set({ name: `old.${ZONE}` });

    expect(planCopy(from([]), to([extra]), false)).toMatchObject({ changes: [], extra: [extra] });
    expect(planCopy(from([]), to([extra]), true)).toMatchObject({
      changes: [{ expects: extra, leaves: null }],
      extra: [],
    });
  });

  it.each([
    ['type', set({ type: 'LOC', values: ['x'] }), {}, 'b has no basic sets of type LOC'],
    ['weights', weighted('east', 10), { can: can({ weighted: null }) }, 'b has no weighted sets'],
    ['weight range', weighted('east', 200), {}, 'b has no weight 200; weights there are 1 to 100'],
    ['geo', geo('eu', { Europe: ['DE'] }), { can: can({ geo: null }) }, 'b has no geo sets'],
    ['geo vocabulary', geo('eu', { Europe: ['DE'] }), { vendor: 'beta' }, "its places are alpha's own names"],
    ['place', geo('eu', { Europe: ['FR'] }), {}, 'has no "FR"'],
    [
      'failover',
      set({ qualifier: 'p', profile: { kind: 'failover', role: 'primary' } }),
      { can: can({ failover: null }) },
      'b has no failover sets',
    ],
    [
      'unmodelled routing',
      set({ qualifier: 'l', profile: { kind: 'other', what: 'latency' } }),
      {},
      'routed by latency',
    ],
    ['alias', set({ alias: ALIAS, values: [], ttlSeconds: null }), { vendor: 'beta' }, 'an alias of lb.example.net.'],
    ['alias at all', set({ alias: ALIAS, values: [] }), { can: can({ alias: false }) }, 'b has no aliases'],
  ])('says that a set cannot be carried over for its %s', (_, held, over, says) => {
    const plan = planCopy(from([held]), to([], over), false);

    expect(plan.changes).toEqual([]);
    expect(plan.lost).toEqual([expect.stringContaining(says)]);
  });

  it('carries a set without the fields of its account, and says which', () => {
    const plan = planCopy(from([set({ kept: { HealthCheckId: 'h-1', proxied: false } })]), to([]), false);

    expect(plan.changes).toEqual([{ expects: null, leaves: set() }]);
    expect(plan.lost).toEqual([
      'www.example.com. A: loses HealthCheckId "h-1", which is known at its own account only',
    ]);
  });

  it('never tears the sets of one name and type apart', () => {
    const plan = planCopy(from([weighted('east', 10), weighted('west', 200)]), to([]), false);

    expect(plan.changes).toEqual([]);
    expect(plan.lost).toHaveLength(2);
    expect(plan.lost[0]).toContain('stays behind with the others');
  });

  it('takes an alias within the zone along to the other zone', () => {
    const alias = { target: `www.${ZONE}`, zone: 'za' };
    const plan = planCopy(from([set({ name: ZONE, alias, values: [], ttlSeconds: null }), set()]), to([]), false);

    expect(plan.changes.map(({ leaves }) => [leaves === null ? '' : recordKeyText(leaves), leaves?.alias])).toEqual([
      ['www.example.com. A', null],
      ['example.com. A', { target: `www.${ZONE}`, zone: 'zb' }],
    ]);
  });

  it('names what stands in the way at the second account', () => {
    const plan = planCopy(from([weighted('east', 10)]), to([set()]), false);

    expect(plan.changes).toEqual([]);
    expect(plan.lost).toEqual([expect.stringContaining('b holds www.example.com. A beside it')]);
    expect(planCopy(from([weighted('east', 10)]), to([set()]), true)).toMatchObject({
      changes: [{ expects: set(), leaves: null }, { expects: null }],
      lost: [],
    });
  });
});
