import type { Run } from '../run/state.ts';
import { framesOf, type Story } from './frames.ts';
import type { ForeignEdit, Mishap } from './report.ts';

const zoneOf = (run: Run, batch: number): string =>
  run.step?.batches.find(({ planned }) => planned.batch === batch)?.planned.zone ?? 'unknown zone';

/** Every batch that was refused, whose outcome nobody knew, or that a later read found. */
export const mishapsOf = (story: Story): readonly Mishap[] => {
  const refused = framesOf(story, 'batch.refused').map(({ event, after }): Mishap => {
    const { step, batch, kind, because, again } = event.data;
    const zone = zoneOf(after, batch);
    return { at: event.at, step, batch, zone, what: 'refused', because: `${kind}: ${because}`, again };
  });
  const unknown = framesOf(story, 'batch.unknown').map(({ event, after }): Mishap => {
    const { step, batch, because } = event.data;
    return { at: event.at, step, batch, zone: zoneOf(after, batch), what: 'unknown', because, again: null };
  });
  const found = framesOf(story, 'batch.landed')
    .filter(({ event }) => event.data.found)
    .map(({ event, after }): Mishap => {
      const { step, batch } = event.data;
      const because = 'its answer had been lost; a later read found that it had landed';
      return { at: event.at, step, batch, zone: zoneOf(after, batch), what: 'found', because, again: null };
    });
  return [...refused, ...unknown, ...found].sort((a, b) => a.at - b.at);
};

/** Every set that somebody else had changed, with the difference, and when it was found right again. */
export const foreignOf = (story: Story): readonly ForeignEdit[] => {
  const settled = framesOf(story, 'sets.as-expected');
  return framesOf(story, 'sets.foreign').flatMap(({ event }) =>
    event.data.sets.map(({ set, diff }): ForeignEdit => {
      const end = settled.find((later) => later.event.version > event.version && later.event.data.sets.includes(set));
      return { at: event.at, set, diff, settledAt: end?.event.at ?? null };
    }),
  );
};
