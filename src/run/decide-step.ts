import { type Objection, refusals } from '../domain/objections.ts';
import { recordOf } from '../domain/records.ts';
import { type Instant, WHOLE } from '../domain/units.ts';
import { prepare } from '../guardrails/judge.ts';
import { cutBatches } from '../planner/batches.ts';
import { nextStep } from '../planner/next-step.ts';
import { wavesInOrder } from '../planner/path.ts';
import { decideBake, decidePropagation } from './decide-bake.ts';
import { decideFinish } from './decide-finish.ts';
import type { RunEvent } from './events.ts';
import { gatesHold, heldFor, isSameHold, waitsForPerson } from './holds.ts';
import type { DecideContext, Next, Snapshot } from './next.ts';
import { positionOf } from './position.ts';
import type { BatchRun, Run, StepRun } from './state.ts';

const capabilitiesOf = ({ facts }: Snapshot) =>
  recordOf(Object.entries(facts.vendors).map(([provider, vendor]) => [provider, vendor.capabilities] as const));

const fresh = (run: Run, { snapshot, now, checksAtCommit }: DecideContext): Snapshot | null => {
  if (snapshot === null) return null;
  if (!checksAtCommit) return snapshot;
  return now - snapshot.facts.at <= run.envelope.limits.commitWindowMs ? snapshot : null;
};

const held = (run: Run, event: Extract<RunEvent, { type: 'run.held' }>, nextSampleAt: Instant): Next =>
  isSameHold(event, run.engineHold)
    ? { do: 'sleep', until: nextSampleAt, waitsFor: event.data.because.join('; ') }
    : { do: 'append', events: [event] };

const released = (run: Run): RunEvent[] =>
  run.engineHold === null ? [] : [{ type: 'run.released', data: { because: 'nothing stands in its way any more' } }];

const overdue = (run: Run, { now }: DecideContext): boolean =>
  run.direction === 'out' && now > run.envelope.finishBy && run.envelope.request.mode !== 'emergency';

/** A guardrail's hold must not take turns with the gates': while these hold, nothing else is asked. */
const forGates = (run: Run, nextSampleAt: Instant): Next => ({
  do: 'sleep',
  until: nextSampleAt,
  waitsFor: run.engineHold?.because.join('; ') ?? 'the gates',
});

/** No step under way: the next one, the next wave, or the end. */
const between = (run: Run, context: DecideContext, nextSampleAt: Instant): Next => {
  const waves = wavesInOrder(run.envelope, run.direction).length;
  if (run.wave >= waves) return decideFinish(run, context, nextSampleAt);
  if (run.progress >= WHOLE) return { do: 'append', events: [{ type: 'wave.completed', data: { wave: run.wave } }] };
  if (gatesHold(run)) return forGates(run, nextSampleAt);
  const snapshot = fresh(run, context);
  if (snapshot === null) return { do: 'gather', listed: false, purpose: 'the next step' };
  const { facts } = snapshot;
  const { envelope } = run;
  const judge = prepare({ envelope, facts, now: context.now, storeRegion: context.storeRegion, started: true });
  const decision = nextStep(envelope, facts, positionOf(run), judge);
  if (decision.kind === 'wave-done')
    return { do: 'append', events: [{ type: 'wave.completed', data: { wave: run.wave } }] };
  if (decision.kind === 'blocked') return held(run, heldFor(decision.objections), nextSampleAt);
  if (run.lastObservation?.data.verdict.go !== true) {
    return { do: 'sleep', until: nextSampleAt, waitsFor: 'more passes of the gates in a row' };
  }
  const step = run.steps.length + 1;
  return {
    do: 'append',
    events: [
      ...released(run),
      {
        type: 'step.intended',
        data: {
          step,
          direction: run.direction,
          wave: decision.wave,
          progress: decision.progress,
          weights: decision.candidate.sets,
          batches: cutBatches(decision.sets, capabilitiesOf(snapshot)),
          charges: decision.numbers.charges,
          factsDigest: snapshot.digest,
          factsAt: facts.at,
          epoch: context.epoch,
        },
      },
    ],
  };
};

/** Refusals by the vendor after which steer stops asking and tells people. About half a minute with the waits below. */
const MOST_REFUSALS = 5;

/** The vendor is there and asks for patience, e.g. because a script of another team uses up the account's rate: five minutes. */
const PATIENT: ReadonlySet<string> = new Set(['throttled', 'busy']);
const MOST_PATIENCE = 20;

const isTired = ({ refusals: n, refusedAs }: BatchRun): boolean =>
  n >= (refusedAs !== null && PATIENT.has(refusedAs) ? MOST_PATIENCE : MOST_REFUSALS);

const retryAt = (batch: BatchRun): Instant =>
  batch.refusedAt === null
    ? Number.NEGATIVE_INFINITY
    : batch.refusedAt + Math.min(16_000, 1000 * 2 ** (batch.refusals - 1));

const controlPlaneHold = (step: StepRun, batches: readonly BatchRun[]): Extract<RunEvent, { type: 'run.held' }> => {
  const zones = batches.map(({ planned }) => planned.zone).join(', ');
  const because = batches.map(({ planned, because: why }) => `${planned.zone}: ${why ?? 'no answer'}`);
  return {
    type: 'run.held',
    data: {
      cause: 'control-plane',
      endsByItself: false,
      objections: [],
      because,
      byHand: [
        `step ${step.step} did not land in ${zones}; when the vendor answers again type: steer resume`,
        'while it does not, traffic can only be moved by what needs no control plane: mark the region unhealthy (health checks on the records), or block it at its own edge',
      ],
    },
  };
};

/** Whether the budget of this snapshot still knows of the step: what was held for longer than its window must be charged anew. */
const isCharged = (run: Run, step: StepRun, { facts }: Snapshot): boolean =>
  facts.charges.some((charge) => charge.run === run.run && charge.at >= step.intendedAt);

/** What stands against the batches that still have to leave. */
const judgeRest = (
  run: Run,
  step: StepRun,
  todo: readonly BatchRun[],
  snapshot: Snapshot,
  { now, storeRegion }: DecideContext,
): readonly Objection[] => {
  const { facts } = snapshot;
  const judge = prepare({ envelope: run.envelope, facts, now, storeRegion, started: true });
  const sets = recordOf(
    todo.flatMap(({ planned }) =>
      planned.sets.flatMap((set) => {
        const weights = step.weights[set];
        return weights === undefined ? [] : [[set, weights] as const];
      }),
    ),
  );
  const rollingBack = run.turned === 'rollback';
  return judge.judge({ direction: step.direction, rollingBack, charged: isCharged(run, step, snapshot), sets });
};

/** Batches of the step that still have to leave: judged again on a fresh snapshot, then a few at a time. */
const sending = (
  run: Run,
  step: StepRun,
  todo: readonly BatchRun[],
  context: DecideContext,
  nextSampleAt: Instant,
): Next => {
  const tired = todo.filter(isTired);
  if (tired.length > 0) return held(run, controlPlaneHold(step, tired), nextSampleAt);
  const ready = todo.filter((batch) => retryAt(batch) <= context.now);
  if (ready.length === 0) {
    const until = Math.min(nextSampleAt, ...todo.map(retryAt));
    return { do: 'sleep', until, waitsFor: `the vendor: ${todo[0]?.because ?? 'it refused'}` };
  }
  const snapshot = fresh(run, context);
  if (snapshot === null) return { do: 'gather', listed: false, purpose: 'the write' };
  const mustJudge = context.checksAtCommit && snapshot.judgedStep !== step.step;
  const against = mustJudge ? judgeRest(run, step, todo, snapshot, context) : [];
  if (refusals(against).length > 0) return held(run, heldFor(against), nextSampleAt);
  if (run.engineHold !== null) return { do: 'append', events: released(run) };
  const batches = ready.slice(0, context.parallel).map(({ planned }) => planned.batch);
  return { do: 'send', batches, notAfter: snapshot.facts.at + run.envelope.limits.commitWindowMs };
};

/** What a running, unheld or self-ending run does next. */
export const decideStep = (run: Run, context: DecideContext, nextSampleAt: Instant): Next => {
  const { step } = run;
  const waits = waitsForPerson(run);
  const forPerson: Next = { do: 'sleep', until: nextSampleAt, waitsFor: 'a person to resume' };
  if (step === null) {
    if (waits) return forPerson;
    if (overdue(run, context)) return held(run, overdueHold(run), nextSampleAt);
    return between(run, context, nextSampleAt);
  }
  const todo = step.batches.filter(({ state }) => state === 'todo');
  if (todo.length > 0 && !waits && gatesHold(run)) return forGates(run, nextSampleAt);
  if (todo.length > 0) return waits ? forPerson : sending(run, step, todo, context, nextSampleAt);
  const stuck = step.batches.filter(({ state, planned }) => state === 'given-up' && planned.sets.length > 0);
  if (stuck.length > 0 && run.engineHold === null && run.personHold === null) {
    return { do: 'append', events: [controlPlaneHold(step, stuck)] };
  }
  if (step.propagatedAt === null) return decidePropagation(step, context, nextSampleAt);
  if (step.verifiedAt === null) return { do: 'verify', step: step.step };
  return waits ? forPerson : decideBake(run, step, context, nextSampleAt);
};

const overdueHold = (run: Run): Extract<RunEvent, { type: 'run.held' }> => ({
  type: 'run.held',
  data: {
    cause: 'guardrail',
    endsByItself: false,
    objections: [
      {
        code: 'plan-overdue',
        severity: 'refuse',
        value: null,
        limit: new Date(run.envelope.finishBy).toISOString(),
        override: 'nobody',
        because: `the plan was to finish before ${new Date(run.envelope.finishBy).toISOString()}; it moves no further`,
        mayPass: false,
      },
    ],
    because: [`the plan was to finish before ${new Date(run.envelope.finishBy).toISOString()}; it moves no further`],
    byHand: ['roll back, or stop this run and plan the rest anew'],
  },
});
