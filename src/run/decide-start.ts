import { type ObjectionCode, refusals } from '../domain/objections.ts';
import { valuesOf } from '../domain/records.ts';
import type { Instant } from '../domain/units.ts';
import { prepare } from '../guardrails/judge.ts';
import type { RunEvent } from './events.ts';
import { heldFor, isSameHold } from './holds.ts';
import type { DecideContext, Next, Snapshot } from './next.ts';
import type { Run } from './state.ts';

/** What makes a plan void before its first write: it was made for another world, and steer never re-plans by itself. */
const VOID: ReadonlySet<ObjectionCode> = new Set<ObjectionCode>([
  'base-moved',
  'config-superseded',
  'foreign-store',
  'unknown-member',
]);

const isListed = ({ facts }: Snapshot, run: Run): boolean =>
  run.envelope.sets.every(({ ref }) => facts.sets[ref.set]?.source === 'listed') || facts.missing.length > 0;

const sets = (run: Run): number => valuesOf(run.sets).length;

/** Approved, not yet moving: the base is read again and everything is judged once more before the run starts. */
export const decideStart = (run: Run, context: DecideContext, nextSampleAt: Instant): Next => {
  const { now, snapshot } = context;
  if (now > run.envelope.startBy) {
    const because = [`it did not start before ${new Date(run.envelope.startBy).toISOString()}`];
    return { do: 'append', events: [{ type: 'run.stopped', data: { reason: 'expired', because } }] };
  }
  if (run.personHold !== null) return { do: 'sleep', until: nextSampleAt, waitsFor: 'a person to resume' };
  const isFresh = snapshot !== null && now - snapshot.facts.at <= run.envelope.limits.commitWindowMs;
  if (!isFresh || !isListed(snapshot, run))
    return { do: 'gather', listed: true, purpose: `the base of ${sets(run)} sets` };
  const { facts, digest } = snapshot;
  const judge = prepare({ envelope: run.envelope, facts, now, storeRegion: context.storeRegion, started: false });
  const against = refusals(judge.standing);
  const expired = against.find(({ code }) => code === 'plan-expired');
  const fatal = against.filter(({ code }) => VOID.has(code));
  if (expired !== undefined || fatal.length > 0) {
    const reason = fatal.length > 0 ? 'void' : 'expired';
    const because = [...fatal, ...(expired === undefined ? [] : [expired])].map((objection) => objection.because);
    return { do: 'append', events: [{ type: 'run.stopped', data: { reason, because } }] };
  }
  if (against.length > 0) {
    const held = heldFor(against);
    if (!isSameHold(held, run.engineHold)) return { do: 'append', events: [held] };
    return {
      do: 'sleep',
      until: Math.min(nextSampleAt, run.envelope.startBy + 1),
      waitsFor: held.data.because.join('; '),
    };
  }
  const released: RunEvent[] =
    run.engineHold === null ? [] : [{ type: 'run.released', data: { because: 'nothing stands in its way any more' } }];
  return {
    do: 'append',
    events: [...released, { type: 'run.started', data: { epoch: context.epoch, factsDigest: digest } }],
  };
};
