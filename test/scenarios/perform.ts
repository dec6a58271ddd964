import { type DrillResult, runDrill } from '../../src/compose/drill.ts';
import { castScenario, virtualStart } from '../../src/compose/drill-command.ts';
import type { DrillWatcher } from '../../src/compose/drill-options.ts';
import { type MountedSandbox, mountVirtual } from '../../src/compose/sandbox-mount.ts';
import type { RunEvent } from '../../src/run/events.ts';
import { asRunEvent } from '../../src/run/replay.ts';
import type { Run } from '../../src/run/state.ts';
import { type Pace, REAL_PACE } from '../../src/sandbox/pace.ts';
import type { ScenarioName } from '../../src/sandbox/scenarios.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';

/** As in production, but with fewer users and a shorter stay, so that a scenario takes seconds. */
export const TEST_PACE: Pace = { ...REAL_PACE, resolvers: 250, stayMs: 4 * 60_000 };

export type Event = RunEvent & { readonly at: number; readonly version: number };

/** Weight by `name type region`. */
export type Weights = Readonly<Record<string, number>>;

export interface Drilled {
  readonly result: DrillResult;
  /** The run; fails the test when the plan was refused. */
  readonly run: Run;
  readonly events: readonly Event[];
  /** What was told, broke and healed, in order. */
  readonly story: readonly string[];
  /** What the records say at the vendor, as one who sees every tick: before, and after. */
  readonly before: Weights;
  readonly after: Weights;
  /** Ticks at which a steered set had lost a member or served nobody, in words. */
  readonly outages: readonly string[];
  /** Change batches that the vendor has accepted since the run was proposed. */
  readonly accepted: number;
}

const SILENT: DrillWatcher = { planned: () => {}, moved: () => {}, broke: () => {}, healed: () => {}, told: () => {} };

const weightsOf = ({ local }: MountedSandbox): Weights =>
  Object.fromEntries(
    local.route53
      .zones()
      .flatMap(({ control }) =>
        control.flatMap(({ name, type, setIdentifier, weight }) =>
          setIdentifier === undefined || weight === undefined
            ? []
            : [[`${name} ${type} ${setIdentifier}`, weight] as const],
        ),
      ),
  );

const outagesIn = (weights: Weights, members: number): readonly string[] => {
  const sets = Map.groupBy(Object.entries(weights), ([key]) => key.slice(0, key.lastIndexOf(' ')));
  return [...sets].flatMap(([set, entries]) => [
    ...(entries.length === members ? [] : [`${set} has ${entries.length} members`]),
    ...(entries.some(([, weight]) => weight > 0) ? [] : [`${set} serves nobody`]),
  ]);
};

export interface Wishes {
  readonly seed?: number;
  readonly pace?: Partial<Pace>;
  readonly watcher?: Partial<DrillWatcher>;
  readonly signal?: AbortSignal;
}

/** Plays a scenario from plan to proof in virtual time, and watches the vendor's records all the while. */
export const perform = async (name: ScenarioName, wishes: Wishes = {}): Promise<Drilled> => {
  const scenario = castScenario(name, wishes.seed ?? 7);
  const start = virtualStart(scenario);
  const clock = new VirtualClock(start);
  const sandbox = mountVirtual(scenario, clock, { ...TEST_PACE, ...wishes.pace });
  const disk = new MemoryDisk({ storeId: 'store_sandbox', region: 'outside', madeAt: start });
  const store = openMemoryStore(disk, { clock, hash: sha256 });
  const story: string[] = [];
  const outages = new Set<string>();
  const before = weightsOf(sandbox);
  const members = sandbox.local.spec.regions.length;
  const acceptedNow = (): number =>
    sandbox.local.route53.log
      .entries()
      .filter(({ operation, tookEffect }) => tookEffect && operation === 'ChangeResourceRecordSets').length;
  let acceptedBefore = 0;
  const also: DrillWatcher = { ...SILENT, ...wishes.watcher };
  const watcher: DrillWatcher = {
    planned: (plan) => {
      acceptedBefore = acceptedNow();
      also.planned(plan);
    },
    moved: (run, picture) => {
      for (const outage of outagesIn(weightsOf(sandbox), members)) outages.add(outage);
      also.moved(run, picture);
    },
    broke: (event) => {
      story.push(`broke: ${event.id}`);
      also.broke(event);
    },
    healed: (event) => {
      story.push(`healed: ${event.id}`);
      also.healed(event);
    },
    told: (what) => {
      story.push(what);
      also.told(what);
    },
  };
  const signal = wishes.signal ?? new AbortController().signal;
  const result = await clock.run(runDrill({ sandbox, store, scenario, watcher, signal }), start + 48 * 3_600_000);
  if (result.run === null) throw new Error(`nothing was proposed: ${result.refused.join('; ')}`);
  return {
    result,
    run: result.run,
    events: result.events.map(asRunEvent),
    story,
    before,
    after: weightsOf(sandbox),
    outages: [...outages],
    accepted: acceptedNow() - acceptedBefore,
  };
};

export const ofType = <T extends RunEvent['type']>(
  events: readonly Event[],
  type: T,
): readonly Extract<Event, { readonly type: T }>[] =>
  events.filter((event): event is Extract<Event, { readonly type: T }> => event.type === type);

/** What one set's members shall weigh after a step, by member. */
export const weightsIn = (step: Extract<Event, { readonly type: 'step.intended' }>, set: string): Weights =>
  Object.fromEntries(
    Object.entries(step.data.weights)
      .filter(([id]) => id === set)
      .flatMap(([, weights]) => Object.entries(weights as Weights)),
  );

/** Everything that the gates on one signal said of a region, over the whole run. */
export const outcomesOf = (events: readonly Event[], signal: string, region: string): ReadonlySet<string> =>
  new Set(
    ofType(events, 'observed').flatMap(({ data }) =>
      data.services.flatMap(({ gates }) =>
        gates.filter(({ gate }) => gate === `${signal}@${region}`).map(({ outcome }) => outcome),
      ),
    ),
  );

/** Holds of steer itself, each with its cause. */
export const causes = (events: readonly Event[]): readonly string[] =>
  ofType(events, 'run.held').map(({ data }) => data.cause);
