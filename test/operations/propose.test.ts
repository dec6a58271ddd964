import { describe, expect, it } from 'vitest';
import { canonicalText } from '../../src/domain/canonical.ts';
import { serviceId } from '../../src/domain/ids.ts';
import { freeze } from '../../src/operations/freeze.ts';
import { planMove, proposeMove } from '../../src/operations/propose-move.ts';
import { FLEET_STREAM } from '../../src/run/events.ts';
import { emptyFleet } from '../../src/run/fleet.ts';
import { sha256 } from '../../src/system/hash.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, desk, granted, move, problemsOf } from './arrange.ts';

describe('planning', () => {
  it('shows a plan to anybody who can reach the store, and writes nothing', async () => {
    const { deps, model } = await desk();

    const plan = granted(await planMove(deps, as('stranger'), move()));

    const events = await model.store.journal.readAll(0, 100);
    expect(plan.forecast?.steps.length).toBeGreaterThan(1);
    expect(plan.envelope?.source).toBe('us-east-1');
    expect(events).toHaveLength(1);
  });
});

describe('proposing', () => {
  it('appends the plan as a new run whose digest covers exactly the envelope', async () => {
    const { deps } = await desk();

    const proposed = granted(await proposeMove(deps, as('operator-1'), move()));

    const fleet = await loadFleet(deps.journal);
    const run = fleet.runs.get(proposed.run);
    expect(run?.stage).toBe('waiting');
    expect(run?.digest).toBe(sha256.of(canonicalText(proposed.envelope)));
    expect(run?.proposed).toMatchObject({ by: 'operator-1', door: 'cli' });
  });

  it.each(['responder-1', 'stranger'])('is refused to %s', async (user) => {
    const { deps, model } = await desk();

    const answer = await proposeMove(deps, as(user), move());

    expect(problemsOf(answer)).toContain('takes the role operator');
    expect(await model.store.journal.readAll(0, 100)).toHaveLength(1);
  });

  it('returns every objection and the forecast when a guard refuses', async () => {
    const { deps, model } = await desk();
    model.world.demand = 2600;

    const answer = await proposeMove(deps, as('operator-1'), move());

    expect(answer.ok).toBe(false);
    expect(answer.ok ? [] : answer.refusal.objections.map(({ code }) => code)).toContain('headroom');
  });

  it('rule 5: a freeze that comes in while planning is seen before anything is appended', async () => {
    const { deps } = await desk();
    const racing = {
      ...deps,
      gather: async (question: Parameters<typeof deps.gather>[0]) => {
        const facts = await deps.gather(question);
        if (question.fleet.freezes.length === 0) await freeze(deps, as('admin-1'), { because: 'release', forMs: null });
        return facts;
      },
    };

    const answer = await proposeMove(racing, as('operator-1'), move());

    const fleet = await loadFleet(deps.journal);
    expect(answer.ok ? [] : answer.refusal.objections.map(({ code }) => code)).toContain('freeze');
    expect(fleet.runs.size).toBe(0);
  });

  it('rule 12: overrides take an admin, and only what the closed list names', async () => {
    const { deps } = await desk();
    const because = 'the other regions have room enough';
    const headroom = [{ code: 'headroom', because, names: [] }] as const;
    const floor = [{ code: 'floor', because, names: [] }] as const;

    const byOperator = await proposeMove(deps, as('operator-1'), move({ overrides: headroom }));
    const ofTheFloor = await proposeMove(deps, as('admin-1'), move({ overrides: floor }));

    expect(problemsOf(byOperator)).toContain('to break glass takes the role admin');
    expect(problemsOf(ofTheFloor)).toContain('Nobody can override floor');
  });

  it('rule 12: an override needs an approval even where the mode needs none', async () => {
    const { deps } = await desk({ limits: { planned: { approvals: 'none' } } });
    const overrides = [{ code: 'headroom', because: 'the other regions have room', names: [] }] as const;

    const plain = granted(await planMove(deps, as('admin-1'), move()));
    const overriding = granted(await planMove(deps, as('admin-1'), move({ overrides })));

    expect([plain.approvalNeeded, overriding.approvalNeeded]).toEqual([false, true]);
  });

  it('rule 8: says what the file says that is not in force, and does not follow it', async () => {
    const made = await desk();
    const { planned } = made.model.config.safety;
    made.file = {
      ...made.model.config,
      safety: { ...made.model.config.safety, planned: { ...planned, largestStep: 10_000 } },
    };

    const plan = granted(await planMove(made.deps, as('operator-1'), move()));

    expect(plan.notInForce.join()).toContain('safety.planned.largestStep: 20% → 100%');
    expect(plan.envelope?.limits.largestStep).toBe(2000);
  });

  it.each([['nonsense'], [null]])('rule 8: goes on under the config in force when the file is %s', async (file) => {
    const made = await desk();
    made.file = file;

    const plan = granted(await planMove(made.deps, as('operator-1'), move()));

    expect(plan.notInForce.join()).toMatch(/is not valid, so nothing in it counts/);
  });

  it('rule 8: a service that is not in the config in force never becomes "all services"', async () => {
    const { deps } = await desk();

    const answer = await proposeMove(deps, as('operator-1'), move({ services: [serviceId('gone')] }));

    expect(problemsOf(answer)).toContain('The service gone is not in the config in force');
  });

  it('tells an admin from when he may go on alone', async () => {
    const { deps, clock } = await desk();

    const byAdmin = granted(await proposeMove(deps, as('admin-1'), move()));

    expect(byAdmin.soloFrom).toBe(clock.now() + 600_000);
  });

  it('is refused where no config is in force', async () => {
    const { deps } = await desk();
    const empty = { ...deps, fleet: async () => emptyFleet() };

    const answer = await proposeMove(empty, as('operator-1'), move());

    expect(problemsOf(answer)).toContain('steer store init');
  });

  it('is refused where the fleet keeps moving', async () => {
    const { deps } = await desk();
    let version = 1;
    const busy = {
      ...deps,
      propose: (input: Parameters<typeof deps.propose>[0]) => {
        const data = { holder: 'x', epoch: 1 };
        void deps.journal.append({
          stream: FLEET_STREAM,
          expectedVersion: version,
          events: [{ type: 'executor.took-over', data }],
        });
        version += 1;
        return deps.propose(input);
      },
    };

    const answer = await proposeMove(busy, as('operator-1'), move());

    expect(problemsOf(answer)).toContain('Try again');
  });
});
