import { ProviderError } from '../../../providers/errors.ts';
import type { Propagation } from '../../../providers/steering.ts';
import type { SetId } from '../../domain/ids.ts';
import { differences } from '../../domain/set-state.ts';
import type { ForeignSet, RunEvent } from '../../run/events.ts';
import type { BatchRun, Run } from '../../run/state.ts';
import { attributed } from './attributed.ts';
import { type EffectContext, inTime, plannedSet, stepOf, whyOf } from './context.ts';
import { foreignHold } from './foreign.ts';
import { lookAt } from './world.ts';

const BUSY: ReadonlySet<string> = new Set(['throttled', 'busy']);

const askVendors = async (
  landed: readonly BatchRun[],
  context: EffectContext,
): Promise<ReadonlyMap<string, Propagation>> => {
  const answers = new Map<string, Propagation>();
  for (const [provider, batches] of Map.groupBy(landed, ({ planned }) => planned.provider)) {
    const changes = batches.flatMap(({ change }) => (change === null ? [] : [change]));
    const steering = context.deps.steering(provider);
    if (steering === undefined || changes.length === 0) continue;
    try {
      const told = await inTime(context, (signal) => steering.propagation(changes, signal), changes.length);
      for (const [change, how] of told) answers.set(change, how);
    } catch (error) {
      // One that asks for patience will answer; one that does not answer at all is for people to know about.
      if (!(error instanceof ProviderError) || !BUSY.has(error.kind)) throw error;
      for (const change of changes) answers.set(change, 'pending');
    }
  }
  return answers;
};

/** A change the vendor no longer knows was stranded: what it wrote is looked at, and sent again only if it is not there. */
const strandedEvents = async (run: Run, batches: readonly BatchRun[], context: EffectContext): Promise<RunEvent[]> => {
  const step = stepOf(run);
  const world = await lookAt(
    run,
    batches.flatMap(({ planned }) => planned.sets),
    context,
  );
  return batches.flatMap((batch): RunEvent[] => {
    const lost = batch.planned.sets.filter((set) => {
      const live = world.sets[set] ?? { set, members: [] };
      const own = run.sets[set]?.live;
      return own === undefined || differences(own, live).length > 0;
    });
    if (lost.length === 0) return [];
    const foreign = lost.flatMap((set): ForeignSet[] => {
      const live = world.sets[set] ?? { set, members: [] };
      const before = batch.before[set];
      const diff = before === undefined ? ['unknown before'] : differences(before, live);
      return diff.length === 0 ? [] : [{ set, live, diff }];
    });
    const because = `the vendor no longer knows change ${batch.change}: it was stranded`;
    const again: RunEvent = {
      type: 'batch.refused',
      data: { step: step.step, batch: batch.planned.batch, kind: 'stranded', because, again: true },
    };
    return foreign.length === 0 ? [again] : [again, { type: 'sets.foreign', data: { step: step.step, sets: foreign } }];
  });
};

/** Asks the vendors how far the step's changes have got: as few questions as possible, none of them a proof of answers. */
export const askPropagation = async (run: Run, context: EffectContext): Promise<void> => {
  const step = stepOf(run);
  const landed = step.batches.filter(({ state }) => state === 'landed');
  const answers = await askVendors(landed, context);
  const of = (batch: BatchRun): Propagation =>
    batch.change === null ? 'done' : (answers.get(batch.change) ?? 'pending');
  const unknown = landed.filter((batch) => of(batch) === 'unknown-change');
  const stranded = unknown.length === 0 ? [] : await strandedEvents(run, unknown, context);
  const pending = landed.filter((batch) => of(batch) === 'pending').length;
  const done = pending === 0 && stranded.length === 0;
  const holds = stranded.some(({ type }) => type === 'sets.foreign') && !run.envelope.goesOnWithoutForeignSets;
  await context.tail.appendOutcome(
    run.run,
    [
      { type: 'propagation.asked', data: { step: step.step, pending } },
      ...stranded,
      ...(holds ? [foreignHold(stranded)] : []),
      ...(done ? [{ type: 'step.propagated', data: { step: step.step } } as const] : []),
    ],
    context.epoch,
  );
};

const foreignAmong = async (run: Run, sets: readonly SetId[], context: EffectContext): Promise<ForeignSet[]> => {
  const world = await lookAt(run, sets, context);
  return sets.flatMap((set): ForeignSet[] => {
    const live = world.sets[set] ?? { set, members: [] };
    const own = run.sets[set]?.live;
    const diff = own === undefined ? ['not part of this run'] : differences(own, live);
    return diff.length === 0 ? [] : [{ set, live, diff }];
  });
};

type SeenAnswers = Extract<RunEvent, { type: 'step.verified' }>['data']['answers'];

/** At most this many names are asked about: they share servers and zones, and the listing covers them all. */
const NAMES_TO_ASK = 20;

const askServers = async (run: Run, sets: readonly SetId[], context: EffectContext): Promise<SeenAnswers> =>
  Promise.all(
    sets.slice(0, NAMES_TO_ASK).map(async (set) => {
      const planned = plannedSet(run, set);
      try {
        const seen = await inTime(context, (signal) => context.deps.answers.ask(planned.ref, signal));
        if (seen === null) return { set, asked: 0, fromSource: 0, because: 'nobody knows which servers answer for it' };
        const source = run.envelope.source;
        const member = source === null ? undefined : planned.members[source];
        const { known, fromMember, strange } = attributed(seen.byValue, run.sets[set]?.live.members ?? [], member);
        const because =
          strange > 0 && known === 0
            ? 'the answers name no member of this set: an alias or a proxy hides whose they are'
            : null;
        return {
          set,
          asked: known,
          fromSource: fromMember,
          because: seen.asked === 0 ? 'no server answered' : because,
        };
      } catch (error) {
        return { set, asked: 0, fromSource: 0, because: whyOf(error) };
      }
    }),
  );

/** Lists what the step wrote and asks the servers that answer for it: an unknown member or weight is a foreign edit. */
export const verify = async (run: Run, context: EffectContext): Promise<void> => {
  const step = stepOf(run);
  const written = step.batches.filter(({ state }) => state === 'landed').flatMap(({ planned }) => planned.sets);
  const [foreign, answers] = await Promise.all([
    foreignAmong(run, written, context),
    askServers(run, written, context),
  ]);
  const edits: RunEvent[] =
    foreign.length === 0 ? [] : [{ type: 'sets.foreign', data: { step: step.step, sets: foreign } }];
  const held = foreign.length > 0 && !run.envelope.goesOnWithoutForeignSets ? [foreignHold(edits)] : [];
  await context.tail.appendOutcome(
    run.run,
    [{ type: 'step.verified', data: { step: step.step, listed: written.length, answers } }, ...edits, ...held],
    context.epoch,
  );
};

/** After a person's resume: sets that are again as this run left them may move on; the others hold again, with the diff. */
export const reread = async (run: Run, sets: readonly SetId[], context: EffectContext): Promise<void> => {
  const foreign = await foreignAmong(run, sets, context);
  const still = new Set(foreign.map(({ set }) => set));
  const good = sets.filter((set) => !still.has(set));
  const events: RunEvent[] = good.length === 0 ? [] : [{ type: 'sets.as-expected', data: { sets: good } }];
  if (foreign.length > 0) {
    const edits: RunEvent = { type: 'sets.foreign', data: { step: run.step?.step ?? run.steps.length, sets: foreign } };
    events.push(edits, foreignHold([edits]));
  }
  await context.tail.appendOutcome(run.run, events, context.epoch);
};
