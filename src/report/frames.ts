import type { RegionId } from '../domain/ids.ts';
import type { Envelope } from '../domain/plan.ts';
import type { Instant } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import type { Observation, RunEvent } from '../run/events.ts';
import { fold } from '../run/fold.ts';
import { asRunEvent } from '../run/replay.ts';
import type { Run } from '../run/state.ts';

/** One event between the run before it and the run after it. */
export interface Frame {
  readonly event: RunEvent & { readonly at: Instant; readonly version: number };
  /** Null before the first event. */
  readonly before: Run | null;
  readonly after: Run;
}

/** Everything a part of the report is told from. */
export interface Story {
  readonly frames: readonly Frame[];
  /** The run after its last event. */
  readonly run: Run;
  readonly envelope: Envelope;
  /** The region whose traffic shows how far the move is: the source, or the one that comes home; null when several do. */
  readonly followed: RegionId | null;
  readonly asOf: Instant;
  /** Why the events could not be read to the end; null when they could. */
  readonly broken: string | null;
}

/**
 * Walks through the events of one run. A journal that cannot be replayed is when a report is needed most, so the walk ends
 * there and says so, instead of throwing. Null when nothing was proposed.
 */
export const storyOf = (events: readonly StoredEvent[], asOf: Instant | null): Story | null => {
  const frames: Frame[] = [];
  let run: Run | null = null;
  let broken: string | null = null;
  for (const stored of events) {
    try {
      const event = asRunEvent(stored);
      const after: Run = fold(run, event);
      frames.push({ event, before: run, after });
      run = after;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      broken = `the journal cannot be replayed beyond version ${frames.at(-1)?.event.version ?? 0}: ${error.message}`;
      break;
    }
  }
  const last = frames.at(-1);
  if (run === null || last === undefined) return null;
  const { envelope } = run;
  return {
    frames,
    run,
    envelope,
    followed: envelope.source ?? envelope.request.region,
    asOf: run.endedAt ?? Math.max(asOf ?? last.event.at, last.event.at),
    broken,
  };
};

type OfType<T extends RunEvent['type']> = Extract<Frame['event'], { type: T }>;

/** Events of one type, with the run before and after each. */
export const framesOf = <T extends RunEvent['type']>(
  { frames }: Pick<Story, 'frames'>,
  type: T,
): { readonly event: OfType<T>; readonly before: Run | null; readonly after: Run }[] => {
  const isOf = (event: Frame['event']): event is OfType<T> => event.type === type;
  return frames.flatMap(({ event, before, after }) => (isOf(event) ? [{ event, before, after }] : []));
};

export interface Sample {
  readonly at: Instant;
  readonly data: Observation;
  readonly run: Run;
}

export const samplesOf = (story: Story): readonly Sample[] =>
  framesOf(story, 'observed').map(({ event, after }) => ({ at: event.at, data: event.data, run: after }));

/** When the run turned round; null when it never did. */
export const turnedAt = (story: Story): Instant | null => framesOf(story, 'direction.turned')[0]?.event.at ?? null;

export const firstWriteAt = (story: Story): Instant | null => framesOf(story, 'batch.landed')[0]?.event.at ?? null;
