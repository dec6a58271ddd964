import type { DrillResult } from '../../src/compose/drill.ts';
import { REAL_PACE } from '../../src/sandbox/pace.ts';
import { scenarioOf } from '../../src/sandbox/scenarios.ts';
import { atLeast, atMost, type Benchmark, count, printed } from './benchmark.ts';
import { CAST, firstAt, sandboxRun } from './sandbox-run.ts';

const MOST = 1.05;

interface Waits {
  readonly steps: number;
  readonly bakeMs: number;
  readonly heldMs: number;
}

/** Time between a hold and what ended it, over the whole run. */
const heldMs = ({ events }: DrillResult): number => {
  let since: number | null = null;
  let held = 0;
  for (const { type, at } of events) {
    if (type === 'run.held') since ??= at;
    if (since === null || !['run.released', 'resume.asked', 'run.finished', 'run.stopped'].includes(type)) continue;
    held += at - since;
    since = null;
  }
  return held;
};

const waitsOf = (result: DrillResult): Waits => {
  const { run, events } = result;
  if (run === null) throw new Error(`the plan was refused: ${result.refused.join('; ')}`);
  const steps = events.filter(({ type }) => type === 'step.intended').length;
  return { steps, bakeMs: run.envelope.bakeMs, heldMs: heldMs(result) };
};

const minutes = (ms: number): number => ms / 60_000;

export const calmDrill: Benchmark = {
  name: 'calm-drill',
  goal:
    `A calm drill takes at most ${MOST} times the waits that physics asks for: for every step the vendor's propagation and ` +
    'the bake (one TTL and the metric lag at least, as the plan says), and the stay. The sandbox in virtual time: real ' +
    'planner, executor, Route 53 and CloudWatch providers over the wire fakes, resolvers that cache; its regions have the ' +
    'capacity to take the traffic, so no wait for scaling is part of it.',
  run: async () => {
    const pace = REAL_PACE;
    const result = await sandboxRun(scenarioOf('calm', { ...CAST, seed: 1 }), pace);
    const { steps, bakeMs, heldMs: held } = waitsOf(result);
    const propagationMs = steps * pace.propagationMs;
    const physicsMs = propagationMs + steps * bakeMs + pace.stayMs;
    const tookMs = firstAt(result, 'run.finished') - firstAt(result, 'run.started');
    const onlyTtlMs = propagationMs + steps * (pace.ttlSeconds * 1000 + pace.metricLagMs) + pace.stayMs;
    return [
      count('from run.started to run.finished, over what physics asks for', tookMs / physicsMs, '', atMost(MOST)),
      count('steps out and back', steps, 'steps', atLeast(6)),
      count('runs that did not end done', result.run?.stage === 'done' ? 0 : 1, 'runs', atMost(0)),
      printed('from run.started to run.finished', minutes(tookMs), 'min'),
      printed('propagation', minutes(propagationMs), 'min'),
      printed('bakes', minutes(steps * bakeMs), 'min'),
      printed('stay', minutes(pace.stayMs), 'min'),
      printed('held, by guardrails and gates', minutes(held), 'min'),
      printed('the same with bakes of one TTL and the metric lag only', tookMs / onlyTtlMs, ''),
    ];
  },
};
