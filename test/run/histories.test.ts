import { describe, expect, it } from 'vitest';
import { fold } from '../../src/run/fold.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { asRunEvent, replay } from '../../src/run/replay.ts';
import type { Run } from '../../src/run/state.ts';
import { histories } from '../support/histories.ts';

const endOf = (run: Run | null) =>
  run === null
    ? null
    : {
        words: phaseOf(run).words,
        steps: run.steps.length,
        direction: run.direction,
        version: run.version,
        live: Object.fromEntries(
          Object.entries(run.sets).map(([set, { live }]) => [
            set,
            Object.fromEntries(live.members.map(({ member, weight }) => [member, weight])),
          ]),
        ),
      };

const cases = histories().map((history) => [history.name, history] as const);

describe('journals of released versions', () => {
  it('are there', () => expect(cases.length).toBeGreaterThanOrEqual(2));

  it.each(cases)('rule 13: %s replays to the end it had', (_, { events, ends }) => {
    const run = replay(events);

    expect(endOf(run)).toEqual(ends);
  });

  it.each(cases)(
    'rule 4: %s may be cut anywhere: the state is plain data, and the rest folds onto it',
    (_, history) => {
      const { events } = history;
      const whole = replay(events);

      for (let cut = 1; cut < events.length; cut += 1) {
        const stored: unknown = JSON.parse(JSON.stringify(replay(events.slice(0, cut))));
        const prefix = stored as Run;
        const rest = events.slice(cut).reduce<Run>((run, event) => fold(run, asRunEvent(event)), prefix);

        expect(JSON.parse(JSON.stringify(rest)), `cut at ${cut}`).toEqual(JSON.parse(JSON.stringify(whole)));
      }
    },
  );

  it.each(cases)('rule 13: %s does not replay with an event missing, twice, or out of turn', (_, { events }) => {
    const without = [...events.slice(0, 5), ...events.slice(6)];
    const twice = [...events.slice(0, 6), ...events.slice(5)];
    const swapped = [...events.slice(0, 5), ...events.slice(5, 7).toReversed(), ...events.slice(7)];

    for (const wrong of [without, twice, swapped, events.slice(1)]) expect(() => replay(wrong)).toThrow();
  });
});
