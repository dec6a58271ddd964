import { describe, expect, it } from 'vitest';
import type { WorldFault } from '../../src/sandbox/world/world-faults.ts';
import { atDesk, init, type } from './desk.ts';

/** The plan of an emergency that a person sees three minutes after these things broke, for leaving us-east-1. */
const planAfter = (...faults: readonly WorldFault[]) =>
  atDesk(async (desk) => {
    await init(desk);
    for (const fault of faults) desk.sandbox.local.world.break(fault);
    await desk.live(3 * 60_000);
    return type(desk, 'operator-1', ['plan', 'evacuate', 'us-east-1', '--emergency', '--reason', 'it burns']);
  });

describe('a region that is called dead', () => {
  it('fails from outside and from steer', async () => {
    const { said } = await planAfter({ kind: 'region-dead', region: 'us-east-1', answer: 'hang' });

    expect(said).toContain('us-east-1 is judged dead');
  });

  it('is not one that fails by its own metrics and by the probe of steer, while it answers the outside', async () => {
    const { said, exit } = await planAfter({
      kind: 'region-degraded',
      region: 'us-east-1',
      errorRate: 0.6,
      latencyFactor: 4,
    });

    expect(exit).toBe(0);
    expect(said).toContain('us-east-1');
    expect(said).not.toContain('judged dead');
  });

  it.each(['steer', 'outside'] as const)('is none of them when all checks from %s are red', async (side) => {
    const { said } = await planAfter({ kind: 'all-checks-red', side });

    expect(said).toContain('us-east-1');
    expect(said).not.toContain('dead');
  });

  it('is none of them when the checks of both sides condemn every region at once', async () => {
    const { said, exit } = await planAfter(
      { kind: 'all-checks-red', side: 'steer' },
      { kind: 'all-checks-red', side: 'outside' },
    );

    expect(exit).toBe(3);
    expect(said).toContain('are called dead at once');
    expect(said).not.toContain('judged dead');
  });
});
