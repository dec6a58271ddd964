import { describe, expect, it } from 'vitest';
import { checkProvider } from '../../src/compose/drill-check.ts';
import { asker } from '../../src/compose/drill-options.ts';
import { storeInit } from '../../src/operations/store-init.ts';
import { FLEET_STREAM } from '../../src/run/events.ts';
import { atDesk, type Desk, type } from './desk.ts';

const MINUTE = 60_000;
const NAME = 'search.shop.example.';
const SOURCE = 'us-east-1';

const zoneOf = ({ sandbox }: Desk): string => sandbox.local.zoneIds['shop.example.'] ?? expect.fail('no such zone');

/** Every member of search becomes what a load balancer's record is: an alias, here to a record of the same zone. */
const makeAliases = (desk: Desk): void => {
  const zone = zoneOf(desk);
  desk.sandbox.local.route53.foreignEdit(zone, (records) => {
    for (const [key, { ttlSeconds = 60, values = [], ...record }] of records) {
      if (record.name !== NAME || record.setIdentifier === undefined) continue;
      const target = `${record.setIdentifier}.lb.shop.example.`;
      const aliasTarget = { hostedZoneId: zone, dnsName: target, evaluateTargetHealth: false };
      records.set(key, { ...record, aliasTarget });
      records.set(`${target}|A|`, { name: target, type: 'A', ttlSeconds, values });
    }
  });
};

const steered = (desk: Desk) =>
  desk.sandbox.local.route53
    .zone(zoneOf(desk))
    .control.filter(({ name }) => name === NAME)
    .toSorted((a, b) => ((a.setIdentifier ?? '') < (b.setIdentifier ?? '') ? -1 : 1));

/** What the name server answers now, of 300 asked. */
const sourceAnswers = (desk: Desk): number => {
  const { route53 } = desk.sandbox.local;
  const own = route53.answer({ name: `${SOURCE}.lb.shop.example.`, type: 'A' }).answers[0]?.data;
  const all = Array.from({ length: 300 }, () => route53.answer({ name: NAME, type: 'A' }).answers[0]?.data);
  return all.filter((data) => data === own).length;
};

const evacuate = (desk: Desk) => {
  const words = `evacuate ${SOURCE} --service search --emergency --yes`.split(' ');
  return type(desk, 'operator-1', [...words, '--reason', 'the load balancer there is replaced']);
};

describe('a set of aliases with drain: zero', () => {
  it('is refused until provider check has seen it work, and is then drained to 0 with all else verbatim', async () => {
    const { refused, event, allowed, approved, before, after, answers } = await atDesk(async (desk) => {
      const accepted = await storeInit(desk.product.deps, asker('admin-1'));
      if (!accepted.ok) throw new Error(accepted.refusal.problems.join('\n'));
      makeAliases(desk);
      await desk.live(5 * MINUTE);
      await desk.execute();
      const first = await evacuate(desk);
      await checkProvider(desk.product, desk.sandbox);
      const stored = await desk.store.journal.read(FLEET_STREAM, 0);
      const records = steered(desk);
      const second = await evacuate(desk);
      const run = /run_\w+/.exec(second.said)?.[0] ?? '';
      const digest = /Plan (\w+)/.exec(second.said)?.[1] ?? '';
      const approve = ['approve', run, '--digest', digest, '--yes', '--reason', 'seen'];
      const third = await type(desk, 'approver-1', approve);
      await desk.live(45 * MINUTE);
      return {
        refused: first,
        event: stored.findLast(({ type: name }) => name === 'provider.checked'),
        allowed: second,
        approved: third.exit,
        before: records,
        after: steered(desk),
        answers: sourceAnswers(desk),
      };
    });

    expect(refused.exit).toBe(3);
    expect(refused.said).toContain('type "steer provider check sandbox", or drain it by remove');
    expect(event?.data).toMatchObject({ provider: 'sandbox', conditionalWrite: 'native', zeroOnAlias: true });
    expect(allowed.said).toContain(`last resort: ${SOURCE} may be served again if what the aliases of all of`);
    expect([allowed.exit, approved]).toEqual([0, 0]);
    expect(after.find(({ setIdentifier }) => setIdentifier === SOURCE)?.weight).toBe(0);
    expect(after.map(({ weight, ...record }) => record)).toEqual(before.map(({ weight, ...record }) => record));
    expect(answers).toBe(0);
  });
});
