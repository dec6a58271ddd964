import type { ServiceId, SetId } from '../domain/ids.ts';
import { recordOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, type Instant, WHOLE } from '../domain/units.ts';
import type { Direction } from '../run/events.ts';
import { serviceShares } from '../run/observe.ts';
import type { Frame, Story } from './frames.ts';

export interface BatchStory {
  readonly batch: number;
  readonly zone: string;
  readonly sets: number;
  /** The first time it was about to leave. */
  readonly intendedAt: Instant | null;
  readonly landedAt: Instant | null;
  readonly change: string | null;
  /** A later read found it there, because the answer had been lost. */
  readonly found: boolean;
  readonly sent: number;
  readonly refusals: number;
  readonly unknowns: number;
}

export interface StepStory {
  readonly step: number;
  readonly direction: Direction;
  readonly wave: number;
  /** Part of the way of its wave, once landed. */
  readonly progress: BasisPoints;
  readonly intendedAt: Instant;
  readonly batches: readonly BatchStory[];
  /** When the last batch that landed landed; null while none has. */
  readonly landedAt: Instant | null;
  readonly propagatedAt: Instant | null;
  readonly verifiedAt: Instant | null;
  readonly bakedAt: Instant | null;
  /** From the last landing to the vendor's word that every server answers the new way. */
  readonly propagationMs: number | null;
  /** Shares of every service as the records said after the last landing. */
  readonly sharesAfter: Readonly<Record<ServiceId, Shares>> | null;
  /** What authoritative servers answered, in total over the sets; null where nobody looked. */
  readonly answers: { readonly asked: number; readonly fromSource: number; readonly silent: readonly SetId[] } | null;
  /** What it took out of service by its charge, as a part of K, by service; negative where it gave back. */
  readonly removed: Readonly<Record<ServiceId, BasisPoints>>;
}

type Change = (step: StepStory) => StepStory;

const intended = (event: Extract<Frame['event'], { type: 'step.intended' }>): StepStory => ({
  step: event.data.step,
  direction: event.data.direction,
  wave: event.data.wave,
  progress: event.data.progress,
  intendedAt: event.at,
  batches: event.data.batches.map(({ batch, zone, sets }) => ({
    batch,
    zone,
    sets: sets.length,
    intendedAt: null,
    landedAt: null,
    change: null,
    found: false,
    sent: 0,
    refusals: 0,
    unknowns: 0,
  })),
  landedAt: null,
  propagatedAt: null,
  verifiedAt: null,
  bakedAt: null,
  propagationMs: null,
  sharesAfter: null,
  answers: null,
  removed: recordOf(
    event.data.charges.map(
      ({ service, servedBefore, servedAfter }) => [service, Math.round((servedBefore - servedAfter) * WHOLE)] as const,
    ),
  ),
});

const onBatch =
  (batch: number, change: (batch: BatchStory) => BatchStory): Change =>
  (step) => ({ ...step, batches: step.batches.map((one) => (one.batch === batch ? change(one) : one)) });

const landed = ({ event, after }: Frame & { event: Extract<Frame['event'], { type: 'batch.landed' }> }): Change => {
  const { batch, change, found } = event.data;
  const marked = onBatch(batch, (one) => ({ ...one, landedAt: event.at, change, found }));
  const services = after.envelope.services.map(({ service }) => [service, serviceShares(after, service)] as const);
  return (step) => ({ ...marked(step), landedAt: event.at, sharesAfter: recordOf(services) });
};

const verified = (event: Extract<Frame['event'], { type: 'step.verified' }>): Change => {
  const { answers } = event.data;
  return (step) => ({
    ...step,
    verifiedAt: event.at,
    answers: {
      asked: answers.reduce((all, { asked }) => all + asked, 0),
      fromSource: answers.reduce((all, { fromSource }) => all + fromSource, 0),
      silent: answers.filter(({ because }) => because !== null).map(({ set }) => set),
    },
  });
};

/** What one event changes about the newest step; null when it says nothing about it. */
const changeBy = (frame: Frame): Change | null => {
  const { event } = frame;
  switch (event.type) {
    case 'batch.intended':
      return onBatch(event.data.batch, (one) => ({
        ...one,
        intendedAt: one.intendedAt ?? event.at,
        sent: one.sent + 1,
      }));
    case 'batch.landed':
      return landed({ ...frame, event });
    case 'batch.refused':
      return onBatch(event.data.batch, (one) => ({ ...one, landedAt: null, refusals: one.refusals + 1 }));
    case 'batch.unknown':
      return onBatch(event.data.batch, (one) => ({ ...one, unknowns: one.unknowns + 1 }));
    case 'step.propagated':
      return (step) => ({
        ...step,
        propagatedAt: event.at,
        propagationMs: step.landedAt === null ? null : event.at - step.landedAt,
      });
    case 'step.verified':
      return verified(event);
    case 'step.baked':
      return (step) => ({ ...step, bakedAt: event.at });
    default:
      return null;
  }
};

/**
 * Every step that was intended, in order, also one that a turn of the direction left behind: its number may be given again,
 * so events belong to the newest step, as they do in the run itself.
 */
export const stepsOf = ({ frames }: Story): readonly StepStory[] => {
  const steps: StepStory[] = [];
  for (const frame of frames) {
    if (frame.event.type === 'step.intended') {
      steps.push(intended(frame.event));
      continue;
    }
    const newest = steps.at(-1);
    const change = changeBy(frame);
    if (newest !== undefined && change !== null) steps[steps.length - 1] = change(newest);
  }
  return steps;
};
