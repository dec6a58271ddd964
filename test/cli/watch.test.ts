import { describe, expect, it } from 'vitest';
import { desk, proposed } from '../operations/arrange.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { sit } from './terminal.ts';

describe('watching', () => {
  it('ends with the run, by its exit code', async () => {
    const made = await desk();
    const run = await proposed(made);

    const watching = sit(made, 'operator-1', ['show', run, '--watch']);
    await sit(made, 'approver-1', ['deny', run]);

    expect(await watching).toMatchObject({ exit: 3 });
    expect((await watching).out).toContain('STOPPED (denied)');
  });

  it('without a terminal returns 4 once only a person can let the run go on', async () => {
    const made = await desk();
    const run = await proposed(made);

    const watching = sit(made, 'operator-1', ['show', run, '--watch']);
    await sit(made, 'responder-1', ['hold', run]);

    expect((await watching).exit).toBe(4);
  });

  it('at a terminal goes on until Ctrl-C, and leaves the run alone', async () => {
    const made = await desk();
    const run = await proposed(made);
    const control = new AbortController();
    await sit(made, 'responder-1', ['hold', run]);

    const watching = sit(made, 'operator-1', ['show', run, '--watch'], { isTerminal: true, signal: control.signal });
    await made.clock.untilSleeping();
    control.abort();

    const fleet = await loadFleet(made.deps.journal);
    expect((await watching).exit).toBe(4);
    expect(fleet.runs.get(run)?.stage).toBe('waiting');
  });

  it('goes on from the proposal when evacuate is told to watch', async () => {
    const made = await desk();
    const words = ['evacuate', 'us-east-1', '--reason', 'errors', '--yes', '--watch'];

    const watching = sit(made, 'operator-1', words);
    await made.clock.untilSleeping();
    await sit(made, 'operator-1', ['stop', 'run_1', '--yes', '--reason', 'wrong region']);

    expect((await watching).exit).toBe(5);
    expect((await watching).out).toContain('STOPPED (person)');
  });

  it('status repaints until Ctrl-C', async () => {
    const made = await desk();
    const control = new AbortController();

    const watching = sit(made, 'operator-1', ['status', '--watch'], { isTerminal: true, signal: control.signal });
    await made.clock.untilSleeping();
    await made.clock.advance(5000);
    await made.clock.untilSleeping();
    control.abort();

    const said = await watching;
    expect(said.exit).toBe(0);
    expect(said.out.split('No run is under way').length).toBe(3);
  });
});
