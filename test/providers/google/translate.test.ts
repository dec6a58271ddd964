import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import type { GoogleRecordSet, Item } from '../../../providers/google/shapes.ts';
import { recordSetOf, setStateOf, WITHOUT_ITEMS } from '../../../providers/google/translate.ts';
import { unitsOf, weightOf } from '../../../providers/google/units.ts';
import { refOf } from '../../contracts/steering/world.ts';

const ref = refOf('www', 'example-com');

const weighted = (items: readonly Item[], extra: Partial<GoogleRecordSet> = {}): GoogleRecordSet => ({
  kind: 'dns#resourceRecordSet',
  name: ref.name,
  type: 'A',
  ttl: 60,
  routingPolicy: { kind: 'dns#rRSetRoutingPolicy', wrr: { items: [...items] } },
  ...extra,
});

const address = fc.ipV4();
const item = fc.record(
  {
    weight: fc.integer({ min: 0, max: 10_000_000 }).map(weightOf),
    rrdatas: fc.uniqueArray(address, { minLength: 1, maxLength: 3 }),
    kind: fc.constant('dns#rRSetRoutingPolicyWrrPolicyWrrPolicyItem'),
    novelty: fc.record({ since: fc.string() }),
  },
  { requiredKeys: ['weight', 'rrdatas'] },
);
const anySet = fc
  .uniqueArray(item, { minLength: 1, maxLength: 6, selector: ({ rrdatas }) => rrdatas.toSorted().join() })
  .map((items) => weighted(items));

const sorted = (set: GoogleRecordSet): unknown => ({
  ...set,
  routingPolicy: {
    ...set.routingPolicy,
    wrr: {
      items: set.routingPolicy?.wrr?.items?.map((one) => JSON.stringify(one, Object.keys(one).sort())).toSorted(),
    },
  },
});

const why = (work: () => unknown): string => {
  try {
    work();
    return 'nothing was refused';
  } catch (failure) {
    return failure instanceof ProviderError ? `${failure.kind}: ${failure.message}` : String(failure);
  }
};

describe('a weighted record set of Cloud DNS', () => {
  it('becomes members and, through the journal, the same record set again', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const state: ReturnType<typeof setStateOf> = JSON.parse(JSON.stringify(setStateOf(ref, set, {})));

        expect(sorted(recordSetOf(ref, state.members) ?? weighted([]))).toEqual(sorted(set));
      }),
    );
  });

  it('costs one addition, however many members it has', () => {
    fc.assert(
      fc.property(anySet, (set) => {
        const { members } = setStateOf(ref, set, {});

        expect(members.reduce((total, { cost }) => total + cost.elements, 0)).toBe(1);
      }),
    );
  });

  it('calls a member by its addresses, or by the name that the settings give them', () => {
    const set = weighted([
      { weight: 1, rrdatas: ['192.0.2.2', '192.0.2.1'] },
      { weight: 1, healthCheckedTargets: { externalEndpoints: ['198.51.100.1'] } },
    ]);

    const plain = setStateOf(ref, set, {}).members.map(({ member }) => member);
    const named = setStateOf(ref, set, { '192.0.2.1,192.0.2.2': 'east' }).members.map(({ member }) => member);

    expect(plain).toEqual(['192.0.2.1,192.0.2.2', '198.51.100.1']);
    expect(named).toEqual(['198.51.100.1', 'east']);
  });

  it.each([
    [0.8, 800],
    [0.05, 50],
    [12.5, 12_500],
    [90, 90_000],
  ])('weight %s is %s units, and back', (weight, units) => {
    expect(unitsOf(weight)).toBe(units);
    expect(weightOf(units)).toBe(weight);
  });

  it('shows a weight between thousandths and refuses to write it', () => {
    const { members } = setStateOf(ref, weighted([{ weight: 1 / 3, rrdatas: ['192.0.2.1'] }]), {});

    expect(members[0]?.weight).toBe(333);
    expect(why(() => recordSetOf(ref, members))).toMatch(/^rejected: .*round it at Google first$/);
  });

  it('shows weight 0 as drained and leaves it as it is', () => {
    const set = weighted([{ weight: 0, rrdatas: ['192.0.2.1'] }, { rrdatas: ['192.0.2.2'] }]);

    const { members } = setStateOf(ref, set, {});

    expect(members.map(({ weight, present }) => [weight, present])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(recordSetOf(ref, members)?.routingPolicy?.wrr?.items?.map(({ weight }) => weight)).toEqual([0, 0]);
  });

  it('keeps signatures out: they change by themselves', () => {
    const signed = weighted([{ weight: 1, rrdatas: ['192.0.2.1'], signatureRrdatas: ['A 8 3 60 …'] }], {
      signatureRrdatas: ['A 8 3 60 …'],
    });

    const { members } = setStateOf(ref, signed, {});

    expect(members).toEqual(setStateOf(ref, weighted([{ weight: 1, rrdatas: ['192.0.2.1'] }]), {}).members);
    expect(JSON.stringify(recordSetOf(ref, members))).not.toContain('signatureRrdatas');
  });

  it('refuses two items of one name, which nobody could tell apart', () => {
    const twin = { weight: 1, rrdatas: ['192.0.2.1'] };

    const { members } = setStateOf(ref, weighted([twin, twin]), {});

    expect(members.map(({ member }) => member)).toEqual(['192.0.2.1', '192.0.2.1 (2)']);
    expect(why(() => recordSetOf(ref, members))).toMatch(/make one item of them first$/);
  });

  it('refuses to put a member back beside others that have another TTL by now', () => {
    const [east] = setStateOf(ref, weighted([{ weight: 1, rrdatas: ['192.0.2.1'] }]), {}).members;
    const [west] = setStateOf(ref, weighted([{ weight: 1, rrdatas: ['192.0.2.2'] }], { ttl: 300 }), {}).members;
    if (east === undefined || west === undefined) throw new Error('there are no members');

    expect(why(() => recordSetOf(ref, [east, west]))).toMatch(/set them back as they were/);
  });
});

describe('a record set that is not weighted', () => {
  const basic: GoogleRecordSet = { name: ref.name, type: 'A', ttl: 60, rrdatas: ['192.0.2.1'] };
  const geo: GoogleRecordSet = {
    name: ref.name,
    type: 'A',
    ttl: 60,
    routingPolicy: { geo: { items: [{ location: 'us-east1', rrdatas: ['192.0.2.1'] }] } },
  };
  const failover: GoogleRecordSet = { name: ref.name, type: 'A', ttl: 60, routingPolicy: { primaryBackup: {} } };

  it.each([
    ['nothing', basic, WITHOUT_ITEMS],
    ['geo', geo, 'us-east1'],
    ['primaryBackup', failover, WITHOUT_ITEMS],
  ])('by %s is shown and never written', (what, set, name) => {
    const { members } = setStateOf(ref, set, {});

    expect(members.map(({ member, weight }) => [member, weight])).toEqual([[name, null]]);
    expect(why(() => recordSetOf(ref, members))).toContain(`routed by ${what} and not by weight`);
  });

  it('and members of another vendor are refused', () => {
    const foreign = { ...setStateOf(ref, basic, {}).members[0], kept: { SetIdentifier: 'east' } };
    const member = { member: 'east', weight: 1, present: true, ttlSeconds: 60, healthCheck: null, kept: foreign.kept };

    expect(why(() => recordSetOf(ref, [{ ...member, cost: { elements: 1, characters: 1 } }]))).toContain(
      'carries no record set of Google Cloud DNS',
    );
  });
});
