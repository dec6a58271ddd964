import { describe, expect, it } from 'vitest';
import type { Envelope, MoveRequest } from '../../src/domain/plan.ts';
import { essenceOf, isSameEssence } from '../../src/operations/essence.ts';
import { planMove } from '../../src/operations/propose-move.ts';
import { sha256 } from '../../src/system/hash.ts';
import { EUROPE, WEST } from '../support/fleet-config.ts';
import { as, type Desk, desk, granted, move } from './arrange.ts';

const planned = async ({ deps }: Desk, over: Partial<MoveRequest> = {}): Promise<Envelope> => {
  const { envelope } = granted(await planMove(deps, as('operator-1'), move(over)));
  if (envelope === null) throw new Error('no plan');
  return envelope;
};

const same = (a: Envelope, b: Envelope): boolean => isSameEssence(essenceOf(a, sha256), essenceOf(b, sha256));

describe('the essence of a plan', () => {
  it('stays while time passes, demand drifts and the reason is written', async () => {
    const made = await desk();
    const before = await planned(made);
    made.model.world.demand *= 1.03;
    await made.clock.advance(120_000);

    const after = await planned(made, { because: 'another reason' });

    expect(after.madeAt).not.toBe(before.madeAt);
    expect(same(before, after)).toBe(true);
    expect(essenceOf(before, sha256)).toMatch(/^[0-9a-f]{12}~\d+\.\d+$/);
  });

  it.each([
    ['another mode', { mode: 'emergency' }],
    ['another destination', { to: [WEST] }],
    ['another region', { region: EUROPE }],
    ['an override', { overrides: [{ code: 'headroom', because: 'so it is', names: [] }] }],
    ['a return by itself', { mode: 'drill', stayMs: 60_000 }],
  ] as const)('is another one with %s', async (_, over) => {
    const made = await desk();

    const [one, other] = [await planned(made), await planned(made, over)];

    expect(same(one, other)).toBe(false);
  });

  it('rule 5: is another one when the vendor holds something else', async () => {
    const made = await desk();
    const before = await planned(made);
    const [set] = before.sets;
    if (set === undefined) throw new Error('no set');
    const members = set.base.members.map((member) => ({ ...member, weight: (member.weight ?? 0) + 1 }));

    const after = { ...before, sets: [{ ...set, base: { ...set.base, members } }] };

    expect(same(before, after)).toBe(false);
  });

  it('is another one when destinations end more than three points from where they were', async () => {
    const made = await desk();
    const before = await planned(made);
    const divided = (west: number): Envelope => ({
      ...before,
      sets: before.sets.map((set) => ({ ...set, to: { ...set.to, [WEST]: west, [EUROPE]: 10_000 - west } })),
    });

    const near = same(divided(5000), divided(5290));
    const far = same(divided(5000), divided(5310));

    expect([near, far]).toEqual([true, false]);
  });

  it('is nothing that somebody made up', async () => {
    const made = await desk();
    const essence = essenceOf(await planned(made), sha256);

    expect(['', '~', 'abc', `${essence}.1`, essence.slice(1)].map((text) => isSameEssence(text, essence))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
