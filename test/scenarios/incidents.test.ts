import { describe, expect, it } from 'vitest';
import { asker } from '../../src/compose/drill-options.ts';
import { configAccept } from '../../src/operations/config-accept.ts';
import { configReload } from '../../src/operations/config-reload.ts';
import { storeInit } from '../../src/operations/store-init.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { atDesk, type Desk, init, type } from './desk.ts';

const MINUTE = 60_000;

const without = (text: string, line: RegExp): string =>
  text
    .split('\n')
    .filter((one) => !line.test(one))
    .join('\n');

const inForce = async ({ product }: Desk): Promise<string> => (await product.fleet()).config?.digest ?? 'none';

/** Proposes as one person and approves as another, by what was printed; the exit codes of both. */
const moveBy = async (
  desk: Desk,
  words: readonly string[],
  who = 'operator-1',
): Promise<{ readonly proposed: number; readonly approved: number | null; readonly said: string }> => {
  const { exit, said } = await type(desk, who, [...words, '--yes']);
  const run = /run_\w+/.exec(said)?.[0];
  const digest = /Plan (\w+)/.exec(said)?.[1];
  if (exit !== 0 || run === undefined || digest === undefined) return { proposed: exit, approved: null, said };
  const approval = await type(desk, 'approver-1', ['approve', run, '--digest', digest, '--yes', '--reason', 'seen']);
  return { proposed: exit, approved: approval.exit, said };
};

/** Weight 0..1 of a member at the vendor, over its set. */
const shareOf = ({ sandbox }: Desk, name: string, type: string, region: string): number => {
  const set = sandbox.local.route53
    .zones()
    .flatMap(({ control }) => control.filter((record) => record.name === name && record.type === type));
  const all = set.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  return (set.find(({ setIdentifier }) => setIdentifier === region)?.weight ?? 0) / (all || 1);
};

/** S of a service with one name, as parts of K: reckoned here from the records alone, by the formula of the design. */
const inService = (desk: Desk, name: string, service: string): number => {
  const spec = desk.sandbox.local.spec.services.find((one) => one.name === service);
  const regions = Object.entries(spec?.capacity ?? {});
  const whole = regions.reduce((sum, [, { maximumRps }]) => sum + maximumRps, 0);
  const left = regions.reduce((sum, [region, { maximumRps }]) => {
    const home = spec?.homeShares[region] ?? 1;
    return sum + maximumRps * Math.min(1, shareOf(desk, name, 'A', region) / home);
  }, 0);
  return left / whole;
};

describe('Seoul, 22 November 2018: the setting that says how much must stay was removed', () => {
  it('rule 8: a first config without a floor is refused, and says which limit is missing', async () => {
    const answer = await atDesk(async (desk) => {
      desk.write(without(desk.sandbox.config, /minimumHealthyCapacity/));
      return storeInit(desk.product.deps, asker('admin-1'));
    });

    expect(answer.ok).toBe(false);
    expect(answer.ok ? '' : answer.refusal.problems.join(' ')).toContain('minimumHealthyCapacity');
  });

  it('rule 8: a file that lost its floor is not accepted, and the config in force stays', async () => {
    const { before, after, state, accepted } = await atDesk(async (desk) => {
      await init(desk);
      const digest = await inForce(desk);
      desk.write(without(desk.sandbox.config, /minimumHealthyCapacity/));
      const refused = await configAccept(desk.product.deps, asker('admin-1'));
      const reloaded = await configReload(desk.product.deps, asker('admin-1'));
      return { before: digest, after: await inForce(desk), state: reloaded, accepted: refused.ok };
    });

    expect(accepted).toBe(false);
    expect(after).toBe(before);
    expect(state.ok && state.value.file.kind).toBe('wrong');
  });

  it('rule 9: while the file is garbage the limiter of the config in force still bounds what leaves in an hour', async () => {
    const { first, second, lowest } = await atDesk(async (desk) => {
      await init(desk);
      desk.write('safety: [}');
      let least = 1;
      desk.atEveryTick(() => {
        least = Math.min(least, inService(desk, 'search.shop.example.', 'search'));
      });
      const one = await moveBy(desk, ['evacuate', 'us-east-1', '--reason', 'the first region']);
      await desk.execute();
      await desk.live(20 * MINUTE);
      const two = await moveBy(desk, ['evacuate', 'us-west-2', '--reason', 'the second region']);
      await desk.live(20 * MINUTE);
      return { first: one, second: two, lowest: least };
    });

    expect(first).toMatchObject({ proposed: 0, approved: 0 });
    expect(second).toMatchObject({ proposed: 3, approved: null });
    expect(second.said).toMatch(/REFUSED (budget|floor|minimum-serving-regions|two-regions-out)/);
    expect(lowest).toBeGreaterThanOrEqual(0.45);
  });
});

describe('S3, 28 February 2017: a command that took out more than was meant', () => {
  it('rule 9: however often and wherever it is repeated, floor and hourly budget hold over the whole sequence', async () => {
    const { lowest, drops, granted } = await atDesk(async (desk) => {
      await init(desk);
      await desk.execute();
      const seen: { readonly at: number; readonly left: number }[] = [];
      desk.atEveryTick(() =>
        seen.push({ at: desk.clock.now(), left: inService(desk, 'search.shop.example.', 'search') }),
      );
      let proposed = 0;
      for (const region of ['us-east-1', 'us-east-1', 'us-west-2', 'us-east-1', 'eu-west-1', 'us-west-2']) {
        const words = ['evacuate', region, '--service', 'search', '--reason', 'the playbook says so'];
        if ((await moveBy(desk, words)).proposed === 0) proposed += 1;
        await desk.live(9 * MINUTE);
        await type(desk, 'operator-1', ['restore', region, '--service', 'search', '--reason', 'back again', '--yes']);
      }
      const hours = seen.map(({ at }) => {
        const hour = seen.filter((one) => one.at > at - 60 * MINUTE && one.at <= at);
        return hour.reduce((sum, { left }, i) => sum + Math.max(0, (hour[i - 1]?.left ?? left) - left), 0);
      });
      return { lowest: Math.min(...seen.map(({ left }) => left)), drops: Math.max(...hours), granted: proposed };
    });

    expect(granted).toBeGreaterThanOrEqual(1);
    expect(lowest).toBeGreaterThanOrEqual(0.45);
    expect(drops).toBeLessThanOrEqual(0.6);
    expect(drops).toBeGreaterThan(0.2);
  });
});

describe('Facebook, 4 October 2021: what should have helped was down with everything else', () => {
  const dark = async (desk: Desk): Promise<void> => {
    await init(desk);
    desk.sandbox.local.world.break({ kind: 'monitoring-down' });
    await desk.live(10 * MINUTE);
  };

  it('rule 6: without monitoring the command line plans nothing on a guess, and names the way out', async () => {
    const { exit, said } = await atDesk(async (desk) => {
      await dark(desk);
      return type(desk, 'operator-1', [
        'evacuate',
        'us-east-1',
        '--emergency',
        '--reason',
        'users see errors',
        '--yes',
      ]);
    });

    expect(exit).toBe(3);
    expect(said).toContain('its demand is not known now');
    expect(said).toContain('--override headroom');
  });

  it('rule 14: two people leave the region from the command line alone, with what was set aside on record', async () => {
    const { told, words, answers } = await atDesk(async (desk) => {
      await dark(desk);
      const because = 'monitoring is down and users in us-east-1 see errors';
      const move = await moveBy(
        desk,
        ['evacuate', 'us-east-1', '--emergency', '--override', 'headroom', '--reason', because],
        'admin-1',
      );
      await desk.execute();
      await desk.live(10 * MINUTE);
      const [run] = [...(await desk.product.fleet()).runs.values()];
      const left = shareOf(desk, 'checkout.shop.example.', 'A', 'us-east-1');
      return { told: move, words: run === undefined ? '' : phaseOf(run).words, answers: left };
    });

    expect(told).toMatchObject({ proposed: 0, approved: 0 });
    expect(told.said).toContain('BREAK-GLASS sets aside headroom');
    expect(words).toBe('DONE, traffic unproven');
    expect(answers).toBe(0);
  });

  it('rule 10: hold works while monitoring and the control plane are both gone', async () => {
    const { held, status, words } = await atDesk(async (desk) => {
      await init(desk);
      await moveBy(desk, ['evacuate', 'us-east-1', '--reason', 'a planned move']);
      await desk.execute();
      await desk.live(2 * MINUTE);
      desk.sandbox.local.world.break({ kind: 'monitoring-down' });
      desk.sandbox.local.route53.setOutage('hang');
      const hold = await type(desk, 'responder-1', ['hold', '--reason', 'something is wrong']);
      const look = await type(desk, 'responder-1', ['status']);
      const [run] = [...(await desk.product.fleet()).runs.values()];
      return { held: hold, status: look, words: run === undefined ? '' : phaseOf(run).words };
    });

    expect(held.exit).toBe(0);
    expect(status.said).toContain('HOLDING');
    expect(words).toBe('HOLDING out (person)');
  });
});

describe('Cloudflare, 18 November 2025: a config that is now good, now bad', () => {
  it('rule 8: whatever the file says from tick to tick, in force is the last that was accepted', async () => {
    const { accepted, forces, evacuates } = await atDesk(async (desk) => {
      await init(desk);
      const good = desk.sandbox.config;
      const strict = good.replaceAll('largestStep: 20%', 'largestStep: 10%');
      const lax = good.replaceAll('largestStep: 20%', 'largestStep: 40%');
      const flapping = [strict, '', `${good}${good}`, lax, good.replaceAll('%', ''), strict, 'version: 2'];
      const digests: string[] = [];
      let changes = 0;
      for (let tick = 0; tick < 4 * flapping.length; tick += 1) {
        desk.write(flapping[tick % flapping.length] ?? good);
        const answer = await configAccept(desk.product.deps, asker('admin-1'));
        if (answer.ok && answer.value.outcome === 'accepted') changes += 1;
        digests.push(await inForce(desk));
        await desk.live(5000);
      }
      desk.write('');
      const move = await type(desk, 'operator-1', ['plan', 'evacuate', 'us-east-1', '--reason', 'can it still']);
      return { accepted: changes, forces: new Set(digests), evacuates: move };
    });

    expect(accepted).toBe(1);
    expect(forces.size).toBe(1);
    expect(evacuates.exit).toBe(0);
    expect(evacuates.said).toContain('step at most 10 %');
  });
});
