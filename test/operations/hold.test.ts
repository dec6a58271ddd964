import { describe, expect, it } from 'vitest';
import { runId } from '../../src/domain/ids.ts';
import { hold } from '../../src/operations/hold.ts';
import type { Append } from '../../src/ports/journal.ts';
import { FLEET_STREAM, runStream } from '../../src/run/events.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, type Desk, desk, fromAccount, granted, problemsOf, proposed } from './arrange.ts';

const signal = new AbortController().signal;
const anyRun = { run: null, because: null };

/** The same store, with something in the way of appends. */
const withAppend = (made: Desk, append: (append: Append, count: number) => Promise<unknown>): Desk['deps'] => {
  const { journal } = made.deps;
  let count = 0;
  return {
    ...made.deps,
    journal: {
      store: journal.store,
      read: journal.read.bind(journal),
      readAll: journal.readAll.bind(journal),
      wait: journal.wait.bind(journal),
      append: async (wanted) => {
        count += 1;
        await append(wanted, count);
        return journal.append(wanted);
      },
    },
  };
};

describe('hold', () => {
  it('rule 10: alone holds every run, without the lease', async () => {
    const made = await desk();
    const runs = [await proposed(made), await proposed(made)];

    const held = granted(await hold(made.deps, as('responder-1'), anyRun, signal));

    const fleet = await loadFleet(made.deps.journal);
    expect(held.map(({ run, outcome }) => ({ run, outcome }))).toEqual(runs.map((run) => ({ run, outcome: 'held' })));
    expect(runs.map((run) => fleet.runs.get(run)?.personHold?.by)).toEqual(['responder-1', 'responder-1']);
  });

  it('rule 10: lands although others append at the same instant, again and again', async () => {
    const made = await desk();
    const run = await proposed(made);
    const racing = withAppend(made, async ({ stream, expectedVersion }, count) => {
      if (count > 25) return;
      const data = { by: 'approver-1', door: 'x', digest: 'other', solo: false };
      await made.deps.journal.append({ stream, expectedVersion, events: [{ type: 'approval.given', data }] });
    });

    const [held] = granted(await hold(racing, as('responder-1'), { run, because: 'look first' }, signal));

    expect(held?.state?.personHold).toMatchObject({ by: 'responder-1', because: 'look first' });
    expect(held?.state?.version).toBe(27);
  });

  it('rule 10: waits out a store that is locked', async () => {
    const made = await desk();
    const run = await proposed(made);
    const busy = withAppend(made, async (_, count) => {
      if (count <= 3) throw new StoreError('busy', 'locked');
    });

    const holding = hold(busy, as('responder-1'), { run, because: null }, signal);
    for (let pause = 0; pause < 3; pause += 1) {
      await made.clock.untilSleeping();
      await made.clock.advance(100);
    }

    expect(granted(await holding)[0]?.outcome).toBe('held');
  });

  it('rule 10: works while the config in force cannot be read, and the record says that nobody could check', async () => {
    const made = await desk();
    const run = await proposed(made);
    const fleet = await loadFleet(made.deps.journal);
    const data = { config: 'unreadable', digest: 'x', by: null, second: null, changes: [] };
    await made.deps.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: fleet.fleetVersion,
      events: [{ type: 'config.accepted', data }],
    });

    const [held] = granted(await hold(made.deps, fromAccount('on call!'), anyRun, signal));

    expect(held).toMatchObject({ run, outcome: 'held' });
    expect(held?.state?.personHold?.by).toBe('unchecked:os:on-call-');
  });

  it('rule 10: works while the stream of the fleet cannot be folded', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.deps.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: 1,
      events: [{ type: 'fleet.of-the-future', data: {} }],
    });

    const [held] = granted(await hold(made.deps, as('responder-1'), anyRun, signal));

    expect(held).toMatchObject({ run, outcome: 'held' });
  });

  it('rule 10: lands in a run whose own journal cannot be replayed', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.deps.journal.append({
      stream: runStream(run),
      expectedVersion: 1,
      events: [{ type: 'run.of-the-future', data: {} }],
    });

    const [held] = granted(await hold(made.deps, as('responder-1'), { run, because: null }, signal));

    const events = await made.deps.journal.read(runStream(run), 0);
    expect(held).toMatchObject({ outcome: 'held', state: null });
    expect(events.at(-1)?.type).toBe('hold.asked');
  });

  it('rule 10: one run that cannot be held does not keep the others from it', async () => {
    const made = await desk();
    const [first, second] = [await proposed(made), await proposed(made)];
    const broken = withAppend(made, async ({ stream }) => {
      if (stream === runStream(first)) throw new StoreError('disk', 'the disk is full');
    });

    const held = granted(await hold(broken, as('responder-1'), anyRun, signal));

    expect(held).toMatchObject([
      { run: first, outcome: 'failed', because: 'the disk is full' },
      { run: second, outcome: 'held' },
    ]);
  });

  it('rule 10: a mistyped one-time code is not in the way of who may hold without one', async () => {
    const made = await desk();
    await proposed(made);

    const answer = await hold(
      made.deps,
      as('responder-1', { proof: { person: 'approver-1', code: '1' } }),
      anyRun,
      signal,
    );

    expect(answer.ok).toBe(true);
  });

  it('is refused to a viewer and to a stranger', async () => {
    const made = await desk();
    await proposed(made);

    const answer = await hold(made.deps, as('stranger'), anyRun, signal);

    expect(problemsOf(answer)).toContain('takes the role responder');
  });

  it('never makes a run of a name that does not exist', async () => {
    const made = await desk();
    const run = runId('run_nowhere');

    const answer = await hold(made.deps, as('responder-1'), { run, because: null }, signal);

    expect(problemsOf(answer)).toContain('There is no run run_nowhere');
    expect(await made.deps.journal.read(runStream(run), 0)).toEqual([]);
  });

  it('says so when nothing is under way, and leaves an ended run alone', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.deps.journal.append({
      stream: runStream(run),
      expectedVersion: 1,
      events: [{ type: 'stop.asked', data: { by: 'operator-1', door: 'cli', because: 'over' } }],
    });

    const all = granted(await hold(made.deps, as('responder-1'), anyRun, signal));
    const [one] = granted(await hold(made.deps, as('responder-1'), { run, because: null }, signal));

    expect(all).toEqual([]);
    expect(one).toMatchObject({ outcome: 'ended', because: 'it is STOPPED (person)' });
  });
});
