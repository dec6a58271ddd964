import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addValues,
  applyTtl,
  deleteSet,
  removeValues,
  replaceValues,
  type ValuesWish,
} from '../../src/dns/change-values.ts';
import type { Planned } from '../../src/dns/planned.ts';
import type { RecordChange, RecordSet } from '../../src/domain/record-sets.ts';
import { ALIAS, set, WWW, weighted } from './arrange.ts';

const wish = (values: readonly string[], over: Partial<ValuesWish> = {}): ValuesWish => ({
  values,
  alias: null,
  ttlSeconds: null,
  ...over,
});

const changesOf = (planned: Planned): readonly RecordChange[] => {
  if (!planned.ok) throw new Error(planned.problems.join(' '));
  return planned.changes;
};

const problemsOf = (planned: Planned): string => (planned.ok ? '' : planned.problems.join(' '));

const OTHER = set({ profile: { kind: 'other', what: 'latency' }, qualifier: 'east' });

describe('adding values', () => {
  it('makes the set where there is none, with a TTL that it tells', () => {
    const planned = addValues(WWW, wish(['192.0.2.1']), []);

    expect(planned).toEqual({
      ok: true,
      changes: [{ expects: null, leaves: set({ ttlSeconds: 300 }) }],
      remarks: ['No TTL was said: 300 s.'],
    });
  });

  it('leaves what is there, in the order in which sets stand', () => {
    const [change] = changesOf(addValues(WWW, wish(['192.0.2.9', '192.0.2.0']), [set()]));

    expect(change?.leaves?.values).toEqual(['192.0.2.0', '192.0.2.1', '192.0.2.9']);
    expect(change?.leaves?.ttlSeconds).toBe(60);
  });

  it('with a TTL gives the set that TTL, though its values are there already', () => {
    const planned = addValues(WWW, wish(['192.0.2.1'], { ttlSeconds: 30 }), [set()]);

    expect(changesOf(planned)).toEqual([{ expects: set(), leaves: set({ ttlSeconds: 30 }) }]);
  });

  it('that are there already changes nothing, and says so', () => {
    const planned = addValues(WWW, wish(['192.0.2.1']), [set()]);

    expect(planned).toEqual({ ok: true, changes: [], remarks: ['192.0.2.1 is there already.'] });
  });

  it('gives the vendor its own fields back', () => {
    const held = set({ kept: { HealthCheckId: 'h-1' } });

    const [change] = changesOf(addValues(WWW, wish(['192.0.2.2']), [held]));

    expect(change).toEqual({ expects: held, leaves: { ...held, values: ['192.0.2.1', '192.0.2.2'] } });
  });

  it('never gives a name two CNAMEs', () => {
    const key = { ...WWW, type: 'CNAME' };
    const held = set({ ...key, values: ['a.example.'] });

    expect(problemsOf(addValues(key, wish(['b.example.']), [held]))).toContain('can have one value');
    expect(changesOf(replaceValues(key, wish(['b.example.']), [held]))).toHaveLength(1);
  });

  it.each([
    ['an alias', set({ alias: ALIAS, values: [], ttlSeconds: null }), 'stands for lb.example.net.'],
    ['a set routed in a way that is not modelled', { ...OTHER, qualifier: null }, 'routed by latency'],
    ['a name that has only qualified sets', weighted('east', 1), 'only qualified sets: east'],
  ])('to %s is refused', (_, held, says) => {
    expect(problemsOf(addValues(WWW, wish(['192.0.2.2']), [held]))).toContain(says);
  });

  it('to a qualified set that is not there names what makes one', () => {
    const planned = addValues({ ...WWW, qualifier: 'east' }, wish(['192.0.2.2']), []);

    expect(problemsOf(planned)).toContain('steer dns weighted set');
  });
});

describe('replacing values', () => {
  it('keeps weight and TTL of a weighted set', () => {
    const held = [weighted('east', 10), weighted('west', 20)];

    const changes = changesOf(replaceValues({ ...WWW, qualifier: 'east' }, wish(['192.0.2.7']), held));

    expect(changes).toEqual([{ expects: held[0], leaves: weighted('east', 10, { values: ['192.0.2.7'] }) }]);
  });

  it('turns values into an alias, which has no TTL, and back', () => {
    const held = set();
    const asAlias = set({ values: [], alias: ALIAS, ttlSeconds: null });

    const there = changesOf(replaceValues(WWW, wish([], { alias: ALIAS }), [held]));
    const back = changesOf(replaceValues(WWW, wish(['192.0.2.1']), [asAlias]));

    expect(there).toEqual([{ expects: held, leaves: asAlias }]);
    expect(back).toEqual([{ expects: asAlias, leaves: set({ ttlSeconds: 300 }) }]);
  });
});

describe('removing', () => {
  it('the last value takes the set away, and says so', () => {
    const planned = removeValues(WWW, ['192.0.2.1', '192.0.2.8'], [set()]);

    expect(planned).toEqual({
      ok: true,
      changes: [{ expects: set(), leaves: null }],
      remarks: ['192.0.2.8 is not there.', 'No value is left, so the set www.example.com. A goes.'],
    });
  });

  it('what is not there is nothing to do, not a failure', () => {
    expect(changesOf(removeValues(WWW, ['192.0.2.8'], [set()]))).toEqual([]);
    expect(changesOf(removeValues(WWW, ['192.0.2.8'], []))).toEqual([]);
    expect(changesOf(deleteSet(WWW, []))).toEqual([]);
  });

  it('a set that steer does not model is refused', () => {
    expect(problemsOf(deleteSet({ ...WWW, qualifier: 'east' }, [OTHER]))).toContain('routed by latency');
  });

  it('undoes adding, whatever was there', () => {
    const address = fc.integer({ min: 1, max: 250 }).map((n) => `192.0.2.${n}`);
    const some = fc.uniqueArray(address, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, some, (before, more) => {
        const held = set({ values: before.toSorted() });
        const fresh = more.filter((value) => !before.includes(value));
        const added: RecordSet = changesOf(addValues(WWW, wish(more), [held]))[0]?.leaves ?? held;

        const after = changesOf(removeValues(WWW, fresh, [added]))[0]?.leaves ?? added;

        expect(after).toEqual(held);
      }),
    );
  });
});

describe('another TTL', () => {
  it('is one change of the set that is there', () => {
    expect(changesOf(applyTtl(WWW, 30, [set()]))).toEqual([{ expects: set(), leaves: set({ ttlSeconds: 30 }) }]);
    expect(changesOf(applyTtl(WWW, 30, [set({ ttlSeconds: null })]))).toHaveLength(1);
  });

  it('of nothing, or of an alias, is refused and not passed over', () => {
    expect(problemsOf(applyTtl(WWW, 30, []))).toContain('There is no www.example.com. A');
    expect(problemsOf(applyTtl(WWW, 30, [set({ alias: ALIAS, values: [] })]))).toContain('no TTL of its own');
  });
});
