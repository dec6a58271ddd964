import type { Steering } from '../../providers/steering.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Config } from '../../src/domain/config.ts';
import type { Facts } from '../../src/domain/facts.ts';
import { type ProviderId, type RunId, runId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import type { MoveRequest } from '../../src/domain/plan.ts';
import { DEFAULT_OPTIONS, type ExecutorDeps, type ExecutorOptions, type Watcher } from '../../src/executor/deps.ts';
import { Executor } from '../../src/executor/executor.ts';
import { FleetTail } from '../../src/executor/fleet-tail.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import { type Proposal, propose } from '../../src/planner/propose.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Probe } from '../../src/ports/probe.ts';
import { FLEET_STREAM, type RunEvent, runStream } from '../../src/run/events.ts';
import type { Run } from '../../src/run/state.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { APPROVER, OPERATOR } from '../support/fleet-config.ts';

export interface EngineParts {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly probe: Probe;
  /** As snapshots read the vendors. */
  readonly reading: ReadonlyMap<ProviderId, Steering>;
  /** As the effects of a run write, ask and list; the same objects unless somebody counts them apart. */
  readonly acting: ReadonlyMap<ProviderId, Steering>;
}

/** The product's own planner, run and executor over whatever mount a benchmark brings. */
export interface Engine {
  readonly gather: () => Promise<Facts>;
  readonly plan: (request: Partial<MoveRequest>) => Promise<Proposal>;
  /** Appends the proposal and a second person's approval. Throws when the plan is refused. */
  readonly approve: (proposal: Proposal) => Promise<RunId>;
  readonly execute: (watcher: Watcher, options?: Partial<ExecutorOptions>) => Promise<void>;
  readonly run: (id: RunId) => Promise<Run>;
}

const never = (): AbortSignal => new AbortController().signal;

export const requestOf = (partial: Partial<MoveRequest>): MoveRequest => ({
  verb: 'evacuate',
  mode: 'drill',
  region: null,
  services: [],
  to: [],
  share: null,
  because: 'a benchmark',
  stayMs: null,
  overrides: [],
  ...partial,
});

/** The first config of a store is accepted as it is (design rule 8). */
export const acceptConfig = async (store: Store, config: Config): Promise<void> => {
  const digest = sha256.of(canonicalText(config));
  const data = { config: JSON.parse(JSON.stringify(config)), digest, by: null, second: null, changes: [] };
  await store.journal.append({ stream: FLEET_STREAM, expectedVersion: 0, events: [{ type: 'config.accepted', data }] });
};

export const buildEngine = ({ config, store, clock, probe, reading, acting }: EngineParts): Engine => {
  const configDigest = sha256.of(canonicalText(config));
  const gatherDeps = { probe, steerings: reading, now: () => clock.now() };
  const tail = new FleetTail(store.journal);
  const fleet = async (): Promise<FleetTail> => {
    await tail.catchUp();
    return tail;
  };
  const gatherFor = async (mode: MoveRequest['mode']): Promise<Facts> =>
    gatherFacts(
      {
        config,
        inForce: config,
        configDigest,
        fleet: (await fleet()).view,
        services: config.services.map(({ service }) => service),
        known: null,
        run: null,
        mode,
        declared: null,
        maximumAgeMs: config.safety[mode].factsMaximumAgeMs,
      },
      gatherDeps,
      never(),
    );
  const append = async (id: RunId, expectedVersion: number, event: RunEvent): Promise<void> => {
    const events = [{ type: event.type, data: event.data }];
    const done = await store.journal.append({ stream: runStream(id), expectedVersion, events });
    if (!done.ok) throw new Error(`could not append ${event.type}: ${done.because}`);
  };
  const deps = (watcher: Watcher): ExecutorDeps => ({
    journal: store.journal,
    lease: store.lease,
    clock,
    hash: sha256,
    gather: (question, signal) => gatherFacts(question, gatherDeps, signal),
    steering: (provider) => acting.get(provider),
    readConfig: () => config,
    answers: { ask: async () => null },
    watcher,
    holder: 'bench-1',
    storeRegion: null,
  });
  return {
    gather: () => gatherFor('drill'),
    plan: async (partial) => {
      const request = requestOf(partial);
      const asker = config.people.find(({ person }) => person === OPERATOR);
      if (asker === undefined) throw new Error('no operator');
      const facts = await gatherFor(request.mode);
      const now = clock.now();
      return propose({ request, config, configDigest, facts, asker, store: store.identity.storeId, now });
    },
    approve: async ({ envelope, forecast, objections }) => {
      const against = refusals(objections);
      if (envelope === null || forecast === null || against.length > 0)
        throw new Error(`refused: ${against.map(({ because }) => because).join('; ')}`);
      const id = runId('run_1');
      const digest = sha256.of(canonicalText(envelope));
      const asked = { by: OPERATOR, door: 'bench' };
      const proposed = { ...asked, run: id, envelope, digest, forecast, warnings: [], notInForce: [] };
      await append(id, 0, { type: 'run.proposed', data: { ...proposed, approvalNeeded: true } });
      await append(id, 1, { type: 'approval.given', data: { by: APPROVER, door: 'bench', digest, solo: false } });
      return id;
    },
    execute: (watcher, options = {}) =>
      new Executor(deps(watcher), { ...DEFAULT_OPTIONS, untilIdle: true, ...options }).run(never()),
    run: async (id) => (await fleet()).run(id),
  };
};
