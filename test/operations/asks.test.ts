import { describe, expect, it } from 'vitest';
import { freeze, unfreeze } from '../../src/operations/freeze.ts';
import { hold } from '../../src/operations/hold.ts';
import { resume } from '../../src/operations/resume.ts';
import { rollback } from '../../src/operations/rollback.ts';
import { stop } from '../../src/operations/stop.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, desk, granted, problemsOf, proposed } from './arrange.ts';

const signal = new AbortController().signal;

describe('resume, stop and roll back', () => {
  it('take the only run that qualifies', async () => {
    const made = await desk();
    const run = await proposed(made);
    await hold(made.deps, as('responder-1'), { run: null, because: null }, signal);

    const resumed = granted(await resume(made.deps, as('operator-1'), { run: null }));

    expect(resumed).toMatchObject({ run, personHold: null });
  });

  it('list what there is when several qualify, with lines to copy', async () => {
    const made = await desk();
    const runs = [await proposed(made), await proposed(made)];

    const answer = await stop(made.deps, as('operator-1'), { run: null, because: null });

    for (const run of runs) expect(problemsOf(answer)).toContain(`stop ${run} `);
  });

  it('refuse who may only hold', async () => {
    const made = await desk();
    const run = await proposed(made);

    const answers = await Promise.all([
      resume(made.deps, as('responder-1'), { run }),
      stop(made.deps, as('responder-1'), { run, because: null }),
      rollback(made.deps, as('responder-1'), { run, because: null }),
    ]);

    for (const answer of answers) expect(problemsOf(answer)).toContain('takes the role operator');
  });

  it('say what the run is when they make no sense', async () => {
    const made = await desk();
    const run = await proposed(made);
    const resumed = await resume(made.deps, as('operator-1'), { run });
    await stop(made.deps, as('operator-1'), { run, because: 'over' });

    const stopped = await stop(made.deps, as('operator-1'), { run, because: null });
    const back = await rollback(made.deps, as('operator-1'), { run, because: null });

    expect(problemsOf(resumed)).toContain('is not held: it is WAITING FOR APPROVAL');
    expect(problemsOf(stopped)).toContain('has ended already');
    expect(problemsOf(back)).toContain('restore us-east-1');
  });

  it('name what is open when nothing qualifies', async () => {
    const made = await desk();
    const run = await proposed(made);

    const answer = await resume(made.deps, as('operator-1'), { run: null });

    expect(problemsOf(answer)).toContain(`Not ended: ${run} (WAITING FOR APPROVAL: evacuate us-east-1)`);
  });

  it('rule 11: a rollback that was asked stands in the journal before anything moves', async () => {
    const made = await desk();
    const run = await proposed(made);

    const back = granted(await rollback(made.deps, as('operator-1'), { run, because: 'wrong region' }));

    expect(back.ended?.because).toEqual(['rolled back before it moved anything']);
  });
});

describe('freeze', () => {
  it('is for admins, has an end where one is given, and is lifted by name', async () => {
    const made = await desk();

    const byApprover = await freeze(made.deps, as('approver-1'), { because: 'release', forMs: null });
    const set = granted(await freeze(made.deps, as('admin-1'), { because: 'release', forMs: 3_600_000 }));
    const lifted = granted(await unfreeze(made.deps, as('admin-1'), { because: 'over' }));
    const again = await unfreeze(made.deps, as('admin-1'), { because: 'over' });

    const fleet = await loadFleet(made.deps.journal);
    expect(problemsOf(byApprover)).toContain('takes the role admin');
    expect(set.until).toBe(made.clock.now() + 3_600_000);
    expect(lifted).toMatchObject([{ because: 'release', by: 'admin-1' }]);
    expect(problemsOf(again)).toBe('Nothing is frozen.');
    expect(fleet.freezes).toEqual([]);
  });
});
