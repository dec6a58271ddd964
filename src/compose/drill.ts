import { type PersonId, personId, regionId, type RunId } from '../domain/ids.ts';
import type { MoveRequest } from '../domain/plan.ts';
import type { Instant } from '../domain/units.ts';
import type { Executor } from '../executor/executor.ts';
import { approve } from '../operations/approve.ts';
import type { Asker, Deps } from '../operations/deps.ts';
import { proposeMove, type Proposed } from '../operations/propose-move.ts';
import { resume } from '../operations/resume.ts';
import { rollback } from '../operations/rollback.ts';
import { storeInit } from '../operations/store-init.ts';
import { FLEET_STREAM, runStream } from '../run/events.ts';
import { replay } from '../run/replay.ts';
import { isEnded, type Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import type { Scenario } from '../sandbox/scenarios.ts';
import type { Store } from '../store/store.ts';
import { answersFrom } from './answers.ts';
import { reactionTo } from './drill-script.ts';
import type { MountedSandbox } from './sandbox-mount.ts';
import { composeProduct, type Product } from './product.ts';

/** What happened, for whoever shows or checks it. */
export interface DrillResult {
  readonly scenario: Scenario;
  readonly run: Run | null;
  /** Refusals of the plan, when it was never proposed. */
  readonly refused: readonly string[];
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** Answers of the name server by region, of several hundred asked: before, at the emptiest, and at the end. */
  readonly answers: { readonly before: Count; readonly emptied: Count | null; readonly after: Count };
  readonly pictures: readonly Picture[];
  /** Requests that the control plane saw, by operation. */
  readonly calls: Readonly<Record<string, number>>;
  readonly highestUtilisation: Readonly<Record<string, number>>;
}

export type Count = Readonly<Record<string, number>>;

/** Told while it runs; must not throw. */
export interface DrillWatcher {
  planned(plan: Proposed): void;
  /** After every tick in which something changed. */
  moved(run: Run, picture: Picture): void;
  broke(what: string): void;
  acted(who: PersonId, what: string): void;
}

const ANSWERS_ASKED = 600;

const asker = (user: string): Asker => ({ presented: { door: 'sandbox', user }, door: 'sandbox', proof: null });

const orThrow = <T>(answer: { ok: true; value: T } | { ok: false; refusal: { problems: readonly string[]; objections: readonly { because: string }[] } }): T => {
  if (answer.ok) return answer.value;
  throw new Error([...answer.refusal.problems, ...answer.refusal.objections.map(({ because }) => because)].join('\n'));
};

/** Who gets the next users: several hundred questions to the name server, counted by region. */
const countAnswers = async (sandbox: MountedSandbox): Promise<Count> => {
  const count: Record<string, number> = Object.fromEntries(sandbox.local.spec.regions.map((region) => [region, 0]));
  for (let i = 0; i < ANSWERS_ASKED; i += 1) {
    const { answers } = await sandbox.local.answerer({ name: 'checkout.shop.example', type: 'A' }, 'steer');
    const region = sandbox.local.spec.regions.find((_, index) => answers.some(({ data }) => data === `192.0.2.${10 * (index + 1)}`));
    if (region !== undefined) count[region] = (count[region] ?? 0) + 1;
  }
  return count;
};

/** Proves the conditional write on the sandbox's account, as an operator would before the first run on a real one. */
const checkProvider = async (product: Product, sandbox: MountedSandbox): Promise<void> => {
  const world = await product.world();
  const zone = Object.values(sandbox.local.zoneIds)[0] ?? '';
  for (const [provider, opened] of world?.providers ?? []) {
    const signal = new AbortController().signal;
    const report = await sandbox.mount.inFlight('provider check', () => opened.check({ zone, healthCheck: null }, signal));
    const { fleetVersion } = await product.fleet();
    await product.store.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: fleetVersion,
      events: [
        {
          type: 'provider.checked',
          data: {
            provider,
            conditionalWrite: report.conditionalWrite,
            zeroOnAlias: false,
            findings: report.findings.map((finding) => JSON.stringify(finding)),
          },
        },
      ],
    });
  }
};

const requestOf = (scenario: Scenario, stayMs: number): MoveRequest => ({
  verb: 'evacuate',
  mode: scenario.mode,
  region: regionId(scenario.source),
  services: [],
  to: [],
  share: null,
  because: scenario.mode === 'drill' ? 'Chaos Kong drill in the sandbox' : 'the sandbox says that the region is in trouble',
  stayMs: scenario.mode === 'drill' ? stayMs : null,
  overrides: [],
});

/** Runs executors one after another: a crash drops one without a word, and another takes over when the lease is free. */
class Crew {
  readonly #product: Product;
  readonly #done: Promise<void>[] = [];
  #stop = new AbortController();

  constructor(product: Product) {
    this.#product = product;
  }

  async start(): Promise<void> {
    this.#stop = new AbortController();
    const executor: Executor = await this.#product.executor({ leaseMs: 6000 }, { tell: () => {} });
    this.#done.push(executor.run(this.#stop.signal));
  }

  end(): void {
    this.#stop.abort(new Error('the drill is over'));
  }

  async ended(): Promise<void> {
    this.end();
    await Promise.all(this.#done);
  }
}

const readRun = async (deps: Deps, run: RunId): Promise<Run> => {
  const state = replay(await deps.journal.read(runStream(run), 0));
  if (state === null) throw new Error(`run ${run} is not in the journal`);
  return state;
};

/** Ticks of the world before anything is asked: monitoring needs a history. */
const warmUp = async (sandbox: MountedSandbox, signal: AbortSignal): Promise<void> => {
  const { pace, mount, local } = sandbox;
  const periods = 4;
  const ticks = Math.ceil((pace.metricPeriodMs * periods + pace.metricLagMs) / pace.tickMs);
  for (let i = 0; i < ticks; i += 1) {
    await mount.inFlight('tick', () => local.tick());
    await mount.clock.sleep(pace.tickMs, signal);
  }
};

/** A whole drill: store, config, check, plan, approval by a second person, the run, proof, and what people do when it holds. */
export const runDrill = async (
  sandbox: MountedSandbox,
  store: Store,
  scenario: Scenario,
  watcher: DrillWatcher,
): Promise<DrillResult> => {
  const { mount, local, pace } = sandbox;
  const { clock } = mount;
  const forever = new AbortController();
  const product: Product = composeProduct({
    store,
    mount,
    readConfigFile: async () => ({ name: 'steer.yaml', text: sandbox.config }),
    answers: answersFrom(async () => (await product.world())?.config ?? null, mount),
    holder: `sandbox-${scenario.seed}`,
  });
  const { deps } = product;
  orThrow(await storeInit(deps, asker('admin-1')));
  await warmUp(sandbox, forever.signal);
  await checkProvider(product, sandbox);
  const before = await countAnswers(sandbox);
  const startedAt = clock.now();
  const base = { scenario, startedAt, pictures: [], calls: {}, highestUtilisation: {} } as const;
  const proposed = await proposeMove(deps, asker('operator-1'), requestOf(scenario, pace.stayMs));
  if (!proposed.ok) {
    const { problems, objections } = proposed.refusal;
    const refused = [...problems, ...objections.map(({ because }) => because)];
    return { ...base, run: null, refused, endedAt: clock.now(), answers: { before, emptied: null, after: before } };
  }
  watcher.planned(proposed.value);
  const { run: id } = proposed.value;
  local.beginScenario();
  orThrow(await approve(deps, asker('approver-1'), { run: id, digest: proposed.value.digest, solo: false }));
  watcher.acted(personId('approver-1'), 'approved the plan');
  const crew = new Crew(product);
  await crew.start();
  const story = await follow({ sandbox, product, scenario, watcher, crew, id });
  await crew.ended();
  const run = await readRun(deps, id);
  return {
    ...base,
    ...story,
    run,
    refused: [],
    endedAt: run.endedAt ?? clock.now(),
    answers: { before, emptied: story.emptied, after: await countAnswers(sandbox) },
    calls: local.route53.log.counts(),
  };
};

interface Follow {
  readonly sandbox: MountedSandbox;
  readonly product: Product;
  readonly scenario: Scenario;
  readonly watcher: DrillWatcher;
  readonly crew: Crew;
  readonly id: RunId;
}

interface Story {
  readonly pictures: readonly Picture[];
  readonly emptied: Count | null;
  readonly highestUtilisation: Readonly<Record<string, number>>;
}

/** Lives on, tick by tick, until the run has ended or is left HOLDING. */
const follow = async ({ sandbox, product, scenario, watcher, crew, id }: Follow): Promise<Story> => {
  const { mount, local, pace } = sandbox;
  const { deps } = product;
  const pictures: Picture[] = [];
  const highest: Record<string, number> = {};
  let emptied: Count | null = null;
  let restartAt: Instant | null = null;
  for (;;) {
    const started = await mount.inFlight('tick', () => local.tick());
    for (const event of started) {
      watcher.broke(event.id);
      if (event.breaks.kind === 'process-crash') {
        crew.end();
        restartAt = mount.clock.now() + (event.healsAfterSeconds ?? 0) * (pace.tickMs < 1000 ? 100 : 1000);
      }
    }
    if (restartAt !== null && mount.clock.now() >= restartAt) {
      restartAt = null;
      await crew.start();
      watcher.acted(personId('operator-1'), 'started another executor');
    }
    const run = await readRun(deps, id);
    const picture = local.picture();
    pictures.push(picture);
    for (const [region, value] of Object.entries(picture.utilisation)) highest[region] = Math.max(highest[region] ?? 0, value);
    watcher.moved(run, picture);
    if (run.stage === 'staying' && emptied === null) emptied = await countAnswers(sandbox);
    if (isEnded(run)) return { pictures, emptied: emptied ?? (await countAnswers(sandbox)), highestUtilisation: highest };
    const since = run.engineHold === null ? mount.clock.now() : run.engineHold.since;
    const samplesHeld = (mount.clock.now() - since) / pace.sampleEveryMs;
    const reaction = reactionTo({ scenario: scenario.name, run, samplesHeld, broken: local.broken() });
    if (reaction === 'leave') return { pictures, emptied, highestUtilisation: highest };
    if (reaction === 'resume') {
      await resume(deps, asker('operator-1'), { run: id });
      watcher.acted(personId('operator-1'), 'resumed it');
    }
    if (reaction === 'rollback') {
      await rollback(deps, asker('operator-1'), { run: id, because: 'a destination fails' });
      watcher.acted(personId('operator-1'), 'asked for a roll back');
    }
    await mount.clock.sleep(pace.tickMs, new AbortController().signal);
  }
};
