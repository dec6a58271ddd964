import { type RunId, regionId } from '../domain/ids.ts';
import type { MoveRequest } from '../domain/plan.ts';
import type { Instant } from '../domain/units.ts';
import { approve } from '../operations/approve.ts';
import { proposeMove } from '../operations/propose-move.ts';
import { storeInit } from '../operations/store-init.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { runStream } from '../run/events.ts';
import type { Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import type { Scenario } from '../sandbox/scenarios.ts';
import type { Store } from '../store/store.ts';
import { answersFrom } from './answers.ts';
import { checkProvider } from './drill-check.ts';
import { Crew } from './drill-crew.ts';
import { follow } from './drill-follow.ts';
import { asker, type DrillOptions } from './drill-options.ts';
import { type Count, countAnswers } from './drill-proof.ts';
import { composeProduct, type Product } from './product.ts';
import type { MountedSandbox } from './sandbox-mount.ts';

/** What happened, for whoever shows or checks it. */
export interface DrillResult {
  readonly scenario: Scenario;
  /** Null when nothing was proposed: the plan was refused, or somebody interrupted before. */
  readonly run: Run | null;
  /** The whole journal of the run. */
  readonly events: readonly StoredEvent[];
  /** Refusals of the plan, when it was never proposed. */
  readonly refused: readonly string[];
  /** Somebody interrupted before it was over. */
  readonly interrupted: boolean;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** Answers of the name server by region, of several hundred asked: before, at the emptiest, and at the end. */
  readonly answers: { readonly before: Count; readonly emptied: Count | null; readonly after: Count };
  readonly pictures: readonly Picture[];
  /** Requests that the control plane saw, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  /** Of the running capacity, over the whole run; parts of 1. */
  readonly highestUtilisation: Readonly<Record<string, number>>;
}

type Answered<T> =
  | { ok: true; value: T }
  | { ok: false; refusal: { problems: readonly string[]; objections: readonly { because: string }[] } };

const refusedWith = ({ refusal }: Extract<Answered<never>, { ok: false }>): readonly string[] => [
  ...refusal.problems,
  ...refusal.objections.map(({ because }) => because),
];

export const orThrow = <T>(answer: Answered<T>): T => {
  if (answer.ok) return answer.value;
  throw new Error(refusedWith(answer).join('\n'));
};

const requestOf = (scenario: Scenario, stayMs: number): MoveRequest => ({
  verb: 'evacuate',
  mode: scenario.mode,
  region: regionId(scenario.source),
  services: [],
  to: [],
  share: null,
  because:
    scenario.mode === 'drill' ? 'Chaos Kong drill in the sandbox' : 'the sandbox says that the region is in trouble',
  stayMs: scenario.mode === 'drill' ? stayMs : null,
  overrides: [],
});

/** What a person takes to read a plan. Meanwhile the vendor lets the next process ask it, too, how health checks stand. */
const READING_SECONDS = 5;

/** Lets the world live on while nobody does anything. */
const liveOn = async ({ pace, mount, local }: MountedSandbox, ms: number, signal: AbortSignal): Promise<void> => {
  for (let i = 0; i < Math.ceil(ms / pace.tickMs) && !signal.aborted; i += 1) {
    await mount.inFlight('tick', () => local.tick());
    await mount.clock.sleep(pace.tickMs, signal).catch(() => {});
  }
};

/** Before anything is asked: monitoring needs a history. */
const warmUp = (sandbox: MountedSandbox, signal: AbortSignal): Promise<void> => {
  const { metricPeriodMs, metricLagMs } = sandbox.pace;
  const periods = 4;
  return liveOn(sandbox, metricPeriodMs * periods + metricLagMs, signal);
};

export const composer =
  ({ mount, config }: MountedSandbox) =>
  (store: Store, holder: string): Product => {
    const product: Product = composeProduct({
      store,
      mount,
      readConfigFile: async () => ({ name: 'steer.yaml', text: config }),
      answers: answersFrom(async () => (await product.world())?.config ?? null, mount),
      holder,
    });
    return product;
  };

const prepared = async (options: DrillOptions, desk: Product): Promise<void> => {
  orThrow(await storeInit(desk.deps, asker('admin-1')));
  // Before the history of monitoring is made: the check waits for name servers, and metrics would grow old meanwhile.
  if (!options.signal.aborted) await checkProvider(desk, options.sandbox);
  await warmUp(options.sandbox, options.signal);
};

const runNow = async (desk: Product, id: RunId): Promise<Run> => {
  const run = (await desk.fleet()).runs.get(id);
  if (run === undefined) throw new Error(`run ${id} is not in the journal`);
  return run;
};

/** A whole drill: store, config, check, plan, approval by a second person, the run, proof, and what people do when it holds. */
export const runDrill = async (options: DrillOptions): Promise<DrillResult> => {
  const { sandbox, store, scenario, watcher, signal } = options;
  const { mount, local, pace } = sandbox;
  const compose = composer(sandbox);
  const desk = compose(store, 'sandbox-desk');
  await prepared(options, desk);
  const before = await countAnswers(sandbox);
  const startedAt = mount.clock.now();
  const nothing = { scenario, startedAt, events: [], pictures: [], calls: {}, highestUtilisation: {}, run: null };
  const unmoved = { before, emptied: null, after: before };
  if (signal.aborted) return { ...nothing, refused: [], interrupted: true, endedAt: startedAt, answers: unmoved };
  const proposed = await proposeMove(desk.deps, asker('operator-1'), requestOf(scenario, pace.stayMs));
  if (!proposed.ok) {
    const refused = refusedWith(proposed);
    return { ...nothing, refused, interrupted: false, endedAt: mount.clock.now(), answers: unmoved };
  }
  watcher.planned(proposed.value);
  await liveOn(sandbox, READING_SECONDS * 1000 * pace.timeScale, signal);
  const { run: id, digest } = proposed.value;
  local.beginScenario();
  orThrow(await approve(desk.deps, asker('approver-1'), { run: id, digest, solo: false }));
  watcher.told('approver-1 approved the plan');
  const crew = new Crew(store, compose);
  await crew.start();
  const story = await follow({ options, desk, crew, read: () => runNow(desk, id) });
  await crew.end();
  const run = await runNow(desk, id);
  return {
    scenario,
    startedAt,
    refused: [],
    run,
    events: await store.journal.read(runStream(id), 0),
    interrupted: story.interrupted,
    endedAt: run.endedAt ?? mount.clock.now(),
    pictures: story.pictures,
    highestUtilisation: story.highestUtilisation,
    answers: { before, emptied: story.emptied, after: await countAnswers(sandbox) },
    calls: local.route53.log.counts(),
  };
};
