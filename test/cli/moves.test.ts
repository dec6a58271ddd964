import { describe, expect, it } from 'vitest';
import { freeze } from '../../src/operations/freeze.ts';
import { as, type Desk, desk } from '../operations/arrange.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { sit } from './terminal.ts';

const runsOf = async ({ deps }: Desk) => [...(await loadFleet(deps.journal)).runs.values()];

const EVACUATE = ['evacuate', 'us-east-1', '--reason', 'errors 6 %'];

describe('evacuate on the command line', () => {
  it('shows region and resulting percentages, asks for the region by name, and proposes', async () => {
    const made = await desk();

    const said = await sit(made, 'operator-1', EVACUATE, { typed: ['us-east-1'] });

    const [run] = await runsOf(made);
    expect(said.exit).toBe(0);
    expect(said.asked).toEqual(['Type us-east-1 to propose this: ']);
    expect(said.err).toContain('us-east-1 33.3 % -> 0 %');
    expect(said.out).toContain('steer approve run_1 --digest');
    expect(run?.proposed).toMatchObject({ by: 'operator-1', door: 'cli' });
  });

  it('rule 5: proposes exactly the plan that was shown', async () => {
    const made = await desk();
    const shown = /Plan ([0-9a-f]{12})/;

    const said = await sit(made, 'operator-1', EVACUATE, { typed: ['us-east-1'] });

    const [run] = await runsOf(made);
    expect(run?.digest.slice(0, 12)).toBe(shown.exec(said.err)?.[1]);
  });

  it('rule 5: shows and asks again when a freeze came in while somebody was reading', async () => {
    const made = await desk();
    let reads = 0;
    const deps = {
      ...made.deps,
      propose: (input: Parameters<typeof made.deps.propose>[0]) => {
        reads += 1;
        if (reads === 1) void freeze(made.deps, as('admin-1'), { because: 'release', forMs: null });
        return made.deps.propose(input);
      },
    };

    const said = await sit({ ...made, deps }, 'operator-1', EVACUATE, { typed: ['us-east-1', 'us-east-1'] });

    expect(said.exit).toBe(3);
    expect(said.err).toContain('REFUSED freeze');
    expect(await runsOf(made)).toEqual([]);
  });

  it.each([['us-east1'], ['US-EAST-1'], ['yes'], ['y'], ['']])('does nothing when "%s" is typed', async (typed) => {
    const made = await desk();

    const said = await sit(made, 'operator-1', EVACUATE, { typed: [typed] });

    expect(said.exit).toBe(5);
    expect(said.err).toContain('That was not us-east-1. Nothing was done.');
    expect(await runsOf(made)).toEqual([]);
  });

  it('does nothing where nobody can type, unless --yes says so with a reason', async () => {
    const made = await desk();

    const silent = await sit(made, 'operator-1', EVACUATE);
    const before = await runsOf(made);
    const waived = await sit(made, 'operator-1', [...EVACUATE, '--yes']);

    expect(silent.exit).toBe(2);
    expect(silent.err).toContain('Add --yes together with --reason');
    expect(before).toEqual([]);
    expect(waived).toMatchObject({ exit: 0, asked: [] });
    expect(await runsOf(made)).toHaveLength(1);
  });

  it('rule 12: asks nothing of somebody who may not, and takes no name from an argument', async () => {
    const made = await desk();

    const responder = await sit(made, 'responder-1', EVACUATE, { typed: ['us-east-1'] });
    const pretender = await sit(made, 'responder-1', [...EVACUATE, '--as', 'admin-1'], { typed: ['us-east-1'] });

    expect(responder).toMatchObject({ exit: 3, asked: [] });
    expect(responder.err).toContain('takes the role operator');
    expect(pretender.exit).toBe(2);
    expect(pretender.err).toContain('I don\'t know the option "--as"');
  });

  it('refuses a wildcard before anything is gathered', async () => {
    const made = await desk();
    const deps = { ...made.deps, gather: async () => Promise.reject(new Error('gathered')) };

    const said = await sit({ ...made, deps }, 'operator-1', ['evacuate', 'us-*', '--reason', 'x', '--yes']);

    expect(said.exit).toBe(2);
    expect(said.err).toContain('exact names only');
  });

  it('plan shows and writes nothing; a plan that may not run is exit code 3', async () => {
    const made = await desk();

    const possible = await sit(made, 'operator-1', ['plan', 'evacuate', 'us-east-1']);
    made.model.world.demand = 2600;
    const impossible = await sit(made, 'operator-1', ['plan', 'evacuate', 'us-east-1']);

    expect([possible.exit, impossible.exit]).toEqual([0, 3]);
    expect(impossible.out).toContain('REFUSED headroom');
    expect(await runsOf(made)).toEqual([]);
  });

  it('gives one JSON document on standard output, also for refusals and mistakes', async () => {
    const made = await desk();

    const plan = await sit(made, 'operator-1', ['plan', 'evacuate', 'us-east-1', '--json']);
    const refused = await sit(made, 'responder-1', [...EVACUATE, '--yes', '--json']);
    const mistake = await sit(made, 'operator-1', ['evacuate', 'us-east-9', '--json']);

    expect(JSON.parse(plan.out)).toMatchObject({ envelope: { source: 'us-east-1' }, approvalNeeded: true });
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, kind: 'refused' });
    expect(JSON.parse(mistake.out)).toMatchObject({ ok: false, problems: expect.any(Array) });
  });
});
