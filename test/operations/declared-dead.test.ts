import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/domain/canonical.ts';
import { approve } from '../../src/operations/approve.ts';
import { planMove, proposeMove } from '../../src/operations/propose-move.ts';
import { sha256 } from '../../src/system/hash.ts';
import { EAST } from '../support/fleet-config.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, type Desk, desk, granted, move, problemsOf, proposed } from './arrange.ts';

const DECLARED = { mode: 'emergency', declaresDead: true } as const;

/** Its own monitoring is silent, and a probe from outside fails. */
const oneFails = ({ model }: Desk): void => {
  model.world.unheard.add(EAST);
  model.world.failing.add(EAST);
};

describe('a plan that declares its region dead', () => {
  it('rule 12: carries the declaration in what its digest covers', async () => {
    const made = await desk();
    oneFails(made);

    const plain = granted(await planMove(made.deps, as('operator-1'), move({ mode: 'emergency' })));
    const declared = granted(await proposeMove(made.deps, as('operator-1'), move(DECLARED)));

    const { declaresDead, ...request } = declared.envelope.request;
    expect(declaresDead).toBe(true);
    expect([plain.envelope?.dead, declared.envelope.dead]).toEqual([[], [EAST]]);
    expect(declared.digest).not.toBe(sha256.of(canonicalText({ ...declared.envelope, request })));
    expect(declared.forecast.remarks.join()).toContain(
      'operator-1 declares us-east-1 dead, and so does whoever approves',
    );
  });

  it('rule 12: needs a second person also where the mode asks for none', async () => {
    const made = await desk({ limits: { emergency: { approvals: 'none' } } });
    oneFails(made);

    const plain = granted(await planMove(made.deps, as('operator-1'), move({ mode: 'emergency' })));
    const declared = granted(await planMove(made.deps, as('operator-1'), move(DECLARED)));

    expect([plain.approvalNeeded, declared.approvalNeeded]).toEqual([false, true]);
  });

  it('rule 12: is approved by its digest like any other', async () => {
    const made = await desk();
    oneFails(made);
    const run = await proposed(made, DECLARED, 'admin-1');

    const own = await approve(made.deps, as('admin-1'), { run, digest: null, solo: false });
    const second = granted(await approve(made.deps, as('approver-1'), { run, digest: null, solo: false }));

    expect(problemsOf(own)).toContain('another person must approve it');
    expect(second.envelope.request.declaresDead).toBe(true);
  });

  it('says which signal is missing where their word does not suffice', async () => {
    const made = await desk();

    const plan = granted(await planMove(made.deps, as('operator-1'), move(DECLARED)));

    const [objection] = plan.objections.filter(({ code }) => code === 'not-proven-dead');
    expect(plan.envelope?.dead).toEqual([]);
    expect(objection?.severity).toBe('warn');
    expect(objection?.because).toContain('probe:checkout@us-east-1 PASS');
  });

  it.each([
    [{ ...DECLARED, mode: 'drill' } as const, 'A drill leaves a region that lives'],
    [{ ...DECLARED, verb: 'restore' } as const, 'Only the region that an evacuation leaves'],
  ])('rule 6: is refused where no region could be leaving for dead: %o', async (over, because) => {
    const made = await desk();

    const planned = await planMove(made.deps, as('operator-1'), move(over));
    const asked = await proposeMove(made.deps, as('operator-1'), move(over));

    expect(problemsOf(planned)).toContain(because);
    expect(problemsOf(asked)).toContain(because);
    expect((await loadFleet(made.deps.journal)).runs.size).toBe(0);
  });
});
