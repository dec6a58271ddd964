import { describe, expect, it } from 'vitest';
import type { Steering } from '../../providers/steering.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { EAST, EUROPE, MODEL, WEST } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel, type Model } from '../support/model.ts';
import { atDesk, type Desk, init, type } from './desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A writer that becomes unusually slow between its decision and its request, and wakes up ten minutes later. */
const stalling = (inner: Steering, model: Model, stalled: { woke: string }): Steering => {
  let isFirst = true;
  return {
    ...inner,
    read: (refs, signal) => inner.read(refs, signal),
    propagation: (changes, signal) => inner.propagation(changes, signal),
    replace: async (write, signal) => {
      if (!isFirst) return inner.replace(write, signal);
      isFirst = false;
      await model.clock.sleep(10 * MINUTE, new AbortController().signal);
      // It sleeps through its own abort, as a stopped machine does, and sends what it has in its hands.
      return inner.replace(write, new AbortController().signal).then(
        (landed) => {
          stalled.woke = 'wrote';
          return landed;
        },
        (error: unknown) => {
          stalled.woke = 'refused';
          throw error;
        },
      );
    },
  };
};

describe('DynamoDB, 19 October 2025: a stalled writer woke up and wrote an old plan over a new one', () => {
  it('rule 3: what the woken process sends is refused, and the zone is as its successor left it', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const story = async () => {
      const model = await buildModel(clock);
      const id = await model.start({ region: EAST, mode: 'planned' });
      const stalled = { woke: 'not yet' };
      const slow = stalling(model.steering, model, stalled);
      const old = model
        .executor({ untilIdle: true }, { holder: 'slow', steering: (p) => (p === MODEL ? slow : undefined) })
        .run(new AbortController().signal);
      await clock.sleep(2 * MINUTE, new AbortController().signal);
      await model.executor({ untilIdle: true }, { holder: 'next' }).run(new AbortController().signal);
      const answers = model.answers();
      const until = clock.now() + 20 * MINUTE;
      while (clock.now() < until) await clock.sleep(MINUTE, new AbortController().signal);
      await old;
      return { run: await model.run(id), answers, later: model.answers(), stalled };
    };

    const { run, answers, later, stalled } = await clock.run(story(), MONDAY_MORNING + 12 * HOUR);

    expect(stalled.woke).toBe('refused');
    expect(phaseOf(run).phase).toBe('DONE');
    expect(answers[EAST]).toBe(0);
    expect(later).toEqual(answers);
  });

  it('rule 14: a set that somebody emptied is served again by one restore, from what the journal kept', async () => {
    const clock = new VirtualClock(MONDAY_MORNING);
    const story = async () => {
      const model = await buildModel(clock);
      const before = model.answers();
      await model.start({ region: EAST, stayMs: MINUTE });
      await model.executor().run(new AbortController().signal);
      const set = model.config.services[0]?.sets[0];
      for (const region of [EAST, WEST, EUROPE])
        model.vendor.edit(
          set?.ref.zone ?? '',
          { name: set?.ref.name ?? '', type: 'A', member: set?.members[region] ?? '' },
          null,
        );
      await clock.sleep(2 * HOUR, new AbortController().signal);
      const emptied = model.answers();
      const id = await model.start({ verb: 'restore', mode: 'emergency' });
      await model.executor().run(new AbortController().signal);
      return { before, emptied, after: model.answers(), run: await model.run(id) };
    };

    const { before, emptied, after, run } = await clock.run(story(), MONDAY_MORNING + 24 * HOUR);

    expect(Object.values(emptied).every((share) => share === 0)).toBe(true);
    expect(after).toEqual(before);
    expect(run.steps.length).toBe(1);
  });

  it('rule 14: Route 53 gets the deleted records back verbatim, addresses and all', async () => {
    const records = ({ sandbox }: Desk): readonly string[] =>
      sandbox.local.route53
        .zones()
        .flatMap(({ control }) => control)
        .filter(({ name, setIdentifier }) => name === 'search.shop.example.' && setIdentifier !== undefined)
        .map(({ weight, ...record }) => JSON.stringify(record))
        .toSorted();
    const share = ({ sandbox }: Desk): number => {
      const all = sandbox.local.route53
        .zones()
        .flatMap(({ control }) => control)
        .filter(({ name, setIdentifier }) => name === 'search.shop.example.' && setIdentifier !== undefined);
      const own = all.find(({ setIdentifier }) => setIdentifier === 'us-east-1')?.weight ?? 0;
      return own / all.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
    };

    const { before, emptied, after, exits, home } = await atDesk(async (desk) => {
      await init(desk);
      await desk.execute();
      const live = records(desk);
      const agree = async (said: string): Promise<number> => {
        const run = /run_\w+/.exec(said)?.[0] ?? '';
        const digest = /Plan (\w+)/.exec(said)?.[1] ?? '';
        return (await type(desk, 'approver-1', ['approve', run, '--digest', digest, '--yes', '--reason', 'seen'])).exit;
      };
      const shift = 'shift 5% of search from us-east-1 to us-west-2 --yes'.split(' ');
      const moved = await type(desk, 'operator-1', [...shift, '--reason', 'a run that has seen the records']);
      const first = await agree(moved.said);
      await desk.live(10 * MINUTE);
      for (const zone of desk.sandbox.local.route53.zones())
        desk.sandbox.local.route53.foreignEdit(zone.id, (all) => {
          for (const [key, { name, setIdentifier }] of all)
            if (name === 'search.shop.example.' && setIdentifier !== undefined) all.delete(key);
        });
      await desk.live(2 * MINUTE);
      const gone = records(desk);
      const words = ['restore', '--service', 'search', '--emergency', '--reason', 'all records are gone', '--yes'];
      const asked = await type(desk, 'operator-1', words);
      const second = await agree(asked.said);
      await desk.live(15 * MINUTE);
      const codes = [moved.exit, first, asked.exit, second];
      return { before: live, emptied: gone, after: records(desk), exits: codes, home: share(desk) };
    });

    expect(exits).toEqual([0, 0, 0, 0]);
    expect(before.length).toBe(3);
    expect(emptied).toEqual([]);
    expect(after).toEqual(before);
    expect(home).toBeCloseTo(0.4, 2);
  });
});
