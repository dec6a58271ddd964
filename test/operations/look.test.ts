import { describe, expect, it } from 'vitest';
import { runId } from '../../src/domain/ids.ts';
import { approve } from '../../src/operations/approve.ts';
import { audit } from '../../src/operations/audit.ts';
import { evacuability } from '../../src/operations/evacuability.ts';
import { freeze } from '../../src/operations/freeze.ts';
import { history } from '../../src/operations/history.ts';
import { knownNames } from '../../src/operations/known-names.ts';
import { reportRun } from '../../src/operations/report-run.ts';
import { show, watchRun } from '../../src/operations/show.ts';
import { status } from '../../src/operations/status.ts';
import { stop } from '../../src/operations/stop.ts';
import { whoami } from '../../src/operations/whoami.ts';
import { EAST, WEST } from '../support/fleet-config.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, desk, fromAccount, granted, problemsOf, proposed } from './arrange.ts';

describe('status', () => {
  it('shows runs, shares beside home, freezes, and that nobody executes', async () => {
    const made = await desk();
    const run = await proposed(made);
    await freeze(made.deps, as('admin-1'), { because: 'release', forMs: null });

    const seen = granted(await status(made.deps, as('stranger')));

    expect(seen.open.map((open) => open.run)).toEqual([run]);
    expect(seen.services[0]?.now?.[EAST]).toBeGreaterThan(3000);
    expect(seen.freezes).toHaveLength(1);
    expect(seen.executor).toBeNull();
    expect(seen.file.kind).toBe('in-force');
  });

  it('comes also while nothing of the vendors can be read', async () => {
    const made = await desk();
    const deps = { ...made.deps, gather: async () => Promise.reject(new Error('control plane down')) };

    const seen = granted(await status(deps, as('operator-1')));

    expect(seen.services[0]?.now).toBeNull();
    expect(seen.missing.join()).toContain('control plane down');
  });
});

describe('show and watch', () => {
  it('show one run from its own stream alone', async () => {
    const made = await desk();
    const run = await proposed(made);

    const view = granted(await show(made.deps, run));
    const nowhere = await show(made.deps, runId('run_nowhere'));

    expect(view).toMatchObject({ lastEvent: 'run.proposed', run: { run } });
    expect(problemsOf(nowhere)).toContain('There is no run');
  });

  it('watch gives the run again as soon as somebody asks something of it', async () => {
    const made = await desk();
    const run = await proposed(made);
    const control = new AbortController();
    const views = watchRun(made.deps, run, control.signal);

    const first = await views.next();
    const next = views.next();
    await approve(made.deps, as('approver-1'), { run, digest: null, solo: false });
    const second = await next;
    control.abort();
    const third = await views.next();

    const stages = [first, second].map(({ value, done }) => (done === true ? null : granted(value).run.stage));
    expect(stages).toEqual(['waiting', 'approved']);
    expect(third.done).toBe(true);
  });
});

describe('evacuability', () => {
  it('finds on a quiet day the region that no limit lets anybody leave', async () => {
    const made = await desk({ limits: { planned: { maximumDestinationUtilisation: 4500 } } });
    const fleet = await loadFleet(made.deps.journal);

    const { answers } = await evacuability(made.deps, made.model.config, fleet);

    expect(answers).toHaveLength(9);
    expect(answers.filter(({ mode, possible }) => mode === 'planned' && possible)).toEqual([]);
    expect(answers.find(({ mode }) => mode === 'planned')?.because.join()).toContain('45 %');
    expect(answers.find(({ mode }) => mode === 'emergency')).toMatchObject({ possible: true, steps: 2 });
  });
});

describe('history, report, names and whoami', () => {
  it('history tells who did what and why, newest first, of one region', async () => {
    const made = await desk();
    const run = await proposed(made);
    await stop(made.deps, as('operator-1'), { run, because: 'wrong region' });

    const all = granted(await history(made.deps, { region: null, limit: 10 }));
    const elsewhere = granted(await history(made.deps, { region: WEST, limit: 10 }));

    expect(all.map(({ type, by, because }) => ({ type, by, because }))).toEqual([
      { type: 'stop.asked', by: 'operator-1', because: 'wrong region' },
      { type: 'run.proposed', by: 'operator-1', because: 'errors in us-east-1' },
      { type: 'config.accepted', by: null, because: '0 changes' },
    ]);
    expect(elsewhere).toEqual([]);
  });

  it('a report is made of the events of one run', async () => {
    const made = await desk();
    const run = await proposed(made);

    const text = granted(await reportRun(made.deps, { run, format: 'html' }));

    expect(text).toBe('html of 1 events');
  });

  it('names come from the config in force, and fail to nothing', async () => {
    const made = await desk();
    const run = await proposed(made);

    const names = await knownNames(made.deps);
    const none = await knownNames({
      ...made.deps,
      fleet: async () => Promise.reject(new Error('no')),
    });

    expect(names).toMatchObject({ regions: made.model.config.regions, runs: [run] });
    expect(none).toEqual({ regions: [], services: [], runs: null });
  });

  it('whoami says who, with what role, and what for', async () => {
    const made = await desk();

    const known = granted(await whoami(made.deps, as('responder-1')));
    const unknown = granted(await whoami(made.deps, fromAccount('root')));

    expect(known.may).toEqual(['see', 'plan', 'hold']);
    expect(unknown).toMatchObject({ standing: { kind: 'unmapped' }, identity: 'the operating-system account root' });
  });

  it('rule 13: audit verifies every chain of what was asked', async () => {
    const made = await desk();
    await proposed(made);

    const report = await audit(made.deps, []);

    expect(report).toMatchObject({ streams: 2, events: 2, findings: [] });
  });
});
