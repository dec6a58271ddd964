import { describe, expect, it } from 'vitest';
import { emulatedReplace } from '../../providers/emulated.ts';
import { ProviderError } from '../../providers/errors.ts';
import type { SetState } from '../../src/domain/steering.ts';
import { changeOf, intendedState, kindOf, refOf } from '../contracts/steering/world.ts';

const REF = refOf('www', 'home');

const holding = (east: number): SetState => ({
  set: REF.set,
  members: [
    { member: 'east', weight: east },
    { member: 'west', weight: 100 },
  ].map((one) => ({
    ...one,
    present: true,
    ttlSeconds: 60,
    healthCheck: null,
    kept: null,
    cost: { elements: 1, characters: 1 },
  })),
});

const CHANGE = changeOf(REF, holding(100), { east: 30 });

/** A vendor without conditions that answers reads with these states, one after the other, and counts writes. */
const vendor = (...reads: readonly (SetState | Error)[]) => {
  const answers = [...reads];
  const done: string[] = [];
  const run = () =>
    emulatedReplace({
      changes: [CHANGE],
      left: [intendedState(CHANGE)],
      read: async () => {
        done.push('read');
        const next = answers.shift();
        if (next === undefined || next instanceof Error) throw next ?? new Error('asked too often');
        return [next];
      },
      write: async () => void done.push('write'),
    });
  return { run, done };
};

describe('a write at a vendor without conditions', () => {
  it('rule 2: reads, compares, writes and reads back, in this order', async () => {
    const { run, done } = vendor(holding(100), holding(30));

    expect(await kindOf(run())).toBe('ok');
    expect(done).toEqual(['read', 'write', 'read']);
  });

  it('rule 2: writes nothing over what somebody else has made of it', async () => {
    const { run, done } = vendor(holding(99));

    expect(await kindOf(run())).toBe('conflict');
    expect(done).toEqual(['read']);
  });

  it('rule 2: is a conflict when somebody else wrote in the moment between: what is there is not what was meant', async () => {
    const { run } = vendor(holding(100), holding(55));

    expect(await kindOf(run())).toBe('conflict');
  });

  it('rule 4: is unknown once it is out and cannot be read back, whatever kept it from that', async () => {
    const lost = vendor(holding(100), new ProviderError('throttled', 'no token left'));
    const broken = vendor(holding(100), new Error('the line is cut'));

    expect([await kindOf(lost.run()), await kindOf(broken.run())]).toEqual(['unknown-outcome', 'unknown-outcome']);
  });
});
