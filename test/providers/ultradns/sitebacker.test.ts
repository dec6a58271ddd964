import { boolean, assert as check, integer, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answering, type Runner, switchesFor } from '../../../providers/ultradns/sitebacker.ts';

const runner = (member: string, priority: number, isOn = true): Runner => ({ member, priority, isOn });

const pool = uniqueArray(record({ priority: integer({ min: 1, max: 20 }), isOn: boolean() }), {
  minLength: 2,
  maxLength: 6,
  selector: ({ priority }) => priority,
});

const namesOf = (members: ReadonlySet<string>): readonly string[] => [...members].toSorted();

describe('who answers in a SiteBacker pool', () => {
  it('is the first by priority of those that are on', () => {
    const runners = [runner('c', 3), runner('a', 1, false), runner('b', 2)];

    expect([namesOf(answering(runners, 1)), namesOf(answering(runners, 2))]).toEqual([['b'], ['b', 'c']]);
  });
});

describe('switching a SiteBacker pool', () => {
  it('turns off one that answers, so that its standby does, and leaves the standby alone', () => {
    const runners = [runner('a', 1), runner('b', 2), runner('c', 3)];

    const switched = switchesFor(runners, 1, new Set(['b']));

    expect(switched).toEqual({ ok: true, runners: [runner('a', 1, false), runner('b', 2), runner('c', 3)] });
  });

  it('turns a preferred one back on, and its standby stays on behind it', () => {
    const runners = [runner('a', 1, false), runner('b', 2), runner('c', 3)];

    const switched = switchesFor(runners, 1, new Set(['a']));

    expect(switched).toEqual({ ok: true, runners: [runner('a', 1), runner('b', 2), runner('c', 3)] });
  });

  it('refuses to pass over a standby, which would have to be turned off and would stay so', () => {
    const switched = switchesFor([runner('a', 1), runner('b', 2), runner('c', 3)], 1, new Set(['c']));

    expect(switched).toMatchObject({ ok: false, because: expect.stringContaining('"b" would answer, not "c"') });
  });

  it('refuses to turn one on below those that answer: somebody else turned it off', () => {
    const switched = switchesFor([runner('a', 1), runner('b', 2, false)], 1, new Set(['b']));

    expect(switched).toMatchObject({ ok: false, because: expect.stringContaining('turn it on at the vendor first') });
  });

  it('refuses where two of one priority compete for one place', () => {
    const switched = switchesFor([runner('a', 1), runner('b', 2), runner('c', 2)], 1, new Set(['b']));

    expect(switched).toMatchObject({ ok: false, because: expect.stringContaining('one priority') });
  });

  it('there and back finds the pool as it was, or is refused', () => {
    check(
      property(pool, integer({ min: 1, max: 3 }), integer({ min: 0, max: 5 }), (drawn, maxActive, which) => {
        const runners = drawn.map(({ priority, isOn }) => runner(`p${priority}`, priority, isOn));
        const home = answering(runners, maxActive);
        const source = [...home][which % Math.max(1, home.size)];
        const without = runners.map((one) => (one.member === source ? { ...one, isOn: false } : one));
        const wanted = answering(without, maxActive);
        if (source === undefined || wanted.size === 0) return;

        const out = switchesFor(runners, maxActive, wanted);
        const back = out.ok ? switchesFor(out.runners, maxActive, home) : out;

        expect(out).toEqual({ ok: true, runners: without });
        expect(back).toEqual({ ok: true, runners });
      }),
    );
  });
});
