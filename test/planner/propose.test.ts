import { describe, expect, it } from 'vitest';
import { serviceId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import { recordOf } from '../../src/domain/records.ts';
import { EAST, EUROPE, WEST } from '../support/fleet-config.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { buildModel } from '../support/model.ts';

const codes = (proposal: Awaited<ReturnType<Awaited<ReturnType<typeof buildModel>>['plan']>>): string[] =>
  refusals(proposal.objections).map(({ code }) => code);

const TWO = recordOf([
  [EAST, 5000],
  [WEST, 5000],
]);

describe('a proposal', () => {
  it('ends with nothing in the source, and says so step by step', async () => {
    const model = await buildModel(new ManualClock());

    const proposal = await model.plan({ region: EAST });

    expect(codes(proposal)).toEqual([]);
    expect(proposal.envelope?.sets[0]?.to[EAST]).toBe(0);
    expect(proposal.forecast?.steps.at(-1)?.sourceShare).toBe(0);
    const shares = proposal.forecast?.steps.map(({ sourceShare }) => sourceShare) ?? [];
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });

  it('goes only where it was asked to', async () => {
    const model = await buildModel(new ManualClock(), { capacity: 3000 });

    const proposal = await model.plan({ region: EAST, to: [EUROPE] });

    expect(proposal.envelope?.destinations).toEqual([EUROPE]);
    expect(proposal.envelope?.sets[0]?.to[WEST]).toBe(proposal.envelope?.sets[0]?.from[WEST]);
  });

  it('shifts exactly the share that was asked for', async () => {
    const model = await buildModel(new ManualClock(), { services: ['checkout', 'search'] });

    const proposal = await model.plan({
      verb: 'shift',
      region: EAST,
      share: 1000,
      services: [serviceId('search')],
      to: [WEST],
    });

    expect(proposal.envelope?.services.map(({ service }) => service)).toEqual(['search']);
    const [set] = proposal.envelope?.sets ?? [];
    expect((set?.from[EAST] ?? 0) - (set?.to[EAST] ?? 0)).toBe(1000);
  });

  it('says which limit binds an impossible move, and the largest part of it that is possible', async () => {
    const model = await buildModel(new ManualClock(), { demand: 2900 });

    const proposal = await model.plan({ region: EAST });

    expect(codes(proposal)).toContain('impossible-move');
    expect(codes(proposal)).toContain('headroom');
    const sentence = proposal.objections.find(({ code }) => code === 'impossible-move')?.because ?? '';
    expect(sentence).toMatch(/largest possible part of it is \d+(\.\d+)? % of the way out of us-east-1/);
  });

  it('rule 1: two regions cannot be left with fewer than the minimum that serve', async () => {
    const model = await buildModel(new ManualClock(), { home: TWO, capacity: 5000 });

    const proposal = await model.plan({ region: EAST });

    expect(codes(proposal)).toContain('minimum-serving-regions');
  });

  it('takes one wave and at most three steps in an emergency, when nothing limits them', async () => {
    const model = await buildModel(new ManualClock(), {
      services: ['web', 'cart'],
      dependsOn: { web: ['cart'] },
      capacity: 5000,
    });

    const proposal = await model.plan({ region: EAST, mode: 'emergency' });

    expect(proposal.envelope?.waves).toHaveLength(1);
    expect(proposal.forecast?.steps.length).toBeLessThanOrEqual(3);
    expect(proposal.envelope?.returnsByItself).toBe(false);
  });

  it('rule 11: an emergency never returns by itself, even when a stay was asked for', async () => {
    const model = await buildModel(new ManualClock(), { capacity: 5000 });

    const proposal = await model.plan({ region: EAST, mode: 'emergency', stayMs: 60_000 });

    expect(proposal.envelope?.stayMs).toBeNull();
    expect(proposal.envelope?.returnsByItself).toBe(false);
  });

  it('has nothing to do when everything is at home already', async () => {
    const model = await buildModel(new ManualClock());

    const proposal = await model.plan({ verb: 'restore', region: EAST });

    expect(codes(proposal)).toEqual(['nothing-to-do']);
    expect(proposal.envelope).toBeNull();
  });

  it('rule 5: carries its expiry, its base and the digest of the config it was made under', async () => {
    const clock = new ManualClock();
    const model = await buildModel(clock);

    const { envelope } = await model.plan({ region: EAST });

    expect(envelope?.startBy).toBe(clock.now() + 30 * 60_000);
    expect(envelope?.configDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(envelope?.sets[0]?.base.members.map(({ member }) => member)).toEqual(
      [`m-${EUROPE}`, `m-${EAST}`, `m-${WEST}`].toSorted(),
    );
  });

  it('rule 6: is refused in a drill while nobody can say how the destinations are', async () => {
    const model = await buildModel(new ManualClock());
    model.world.monitoringDown = true;

    const proposal = await model.plan({ region: EAST });

    expect(refusals(proposal.objections).length).toBeGreaterThan(0);
  });

  it('bakes for at least one TTL and the metric lag', async () => {
    const model = await buildModel(new ManualClock(), { ttlSeconds: 120 });

    const { envelope } = await model.plan({ region: EAST });

    expect(envelope?.bakeMs).toBe(135_000);
  });
});
