import { createHmac } from 'node:crypto';
import { configFromJson } from '../config/config-schema.ts';
import type { Config } from '../domain/config.ts';
import type { Answers, ExecutorDeps, ExecutorOptions, Watcher } from '../executor/deps.ts';
import { DEFAULT_OPTIONS } from '../executor/deps.ts';
import { Executor } from '../executor/executor.ts';
import { gatherFacts, type Question } from '../facts/gather.ts';
import { configRules } from '../operations/config-rules.ts';
import type { ConfigFile, Deps } from '../operations/deps.ts';
import { fleetReader } from '../operations/fleet-reader.ts';
import { propose } from '../planner/propose.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Store } from '../store/store.ts';
import { sha256 } from '../system/hash.ts';
import { timeSortedIds } from '../system/ids.ts';
import { nameServersIn } from './answers.ts';
import type { Mount } from './mount.ts';
import { readSecret } from './secrets.ts';
import { openWorld, recordAccounts, type World } from './world.ts';

/** The product over one store: what operations need, and executors for it. */
export interface Product {
  readonly store: Store;
  readonly deps: Deps;
  readonly executor: (options: Partial<ExecutorOptions>, watcher: Watcher) => Promise<Executor>;
  /** The accounts and probes of the config in force; null while none is accepted. */
  readonly world: () => Promise<World | null>;
  readonly fleet: () => Promise<FleetView>;
}

export interface ProductOptions {
  readonly store: Store;
  readonly mount: Mount;
  readonly readConfigFile: () => Promise<ConfigFile>;
  readonly answers: Answers;
  /** Names this process in the lease. */
  readonly holder: string;
}

/** Puts the product together: the same code for production and for the sandbox, which differ in endpoints and mount. */
export const composeProduct = ({ store, mount, readConfigFile, answers, holder }: ProductOptions): Product => {
  const fleet = fleetReader(store.journal);
  const parsed = new Map<unknown, Config>();
  const readConfig = (stored: unknown): Config => {
    const known = parsed.get(stored) ?? configFromJson(stored);
    parsed.set(stored, known);
    return known;
  };
  const worlds = new Map<string, Promise<World>>();
  const worldOf = (config: Config, view: FleetView): Promise<World> => {
    const proven = [...view.provenProviders, '|', ...view.provenAliasZero].join(' ');
    const key = `${sha256.of(JSON.stringify([config.providers, config.signals, config.services]))} ${proven}`;
    const known = worlds.get(key) ?? openWorld(config, view, mount);
    worlds.set(key, known);
    return known;
  };
  let current: World | null = null;
  const world = async (): Promise<World | null> => {
    const view = await fleet();
    if (view.config === null) return null;
    current = await worldOf(readConfig(view.config.config), view);
    return current;
  };
  const gather = async (question: Question, signal: AbortSignal) => {
    const opened = await worldOf(question.config, question.fleet);
    current = opened;
    const facts = await gatherFacts(
      question,
      { probe: opened.probe, steerings: opened.steerings, now: () => mount.clock.now() },
      signal,
    );
    return opened.problems.length === 0 ? facts : { ...facts, missing: [...facts.missing, ...opened.problems] };
  };
  const deps: Deps = {
    journal: store.journal,
    fleet,
    archive: store.archive,
    lease: store.lease,
    clock: mount.clock,
    ids: timeSortedIds(mount.clock, mount.random),
    hash: sha256,
    hmac: (key, message) => createHmac('sha1', key).update(message).digest(),
    config: configRules(readConfig),
    readConfigFile,
    readSecret: (source) => readSecret(source, mount),
    records: async () => {
      const opened = await world();
      return { accounts: opened === null ? [] : recordAccounts(opened), problems: opened?.problems ?? [] };
    },
    answers: nameServersIn(world, mount),
    gather: (question) => gather(question, new AbortController().signal),
    propose,
    // What draws a report takes as long to load as all the rest, and whoever starts in order to hold or to resume waits for it.
    report: (events, format) =>
      mount.inFlight('load the report', async () => {
        const { reportText } = await import('./report.ts');
        return reportText(events, format, mount.clock.now());
      }),
  };
  const executor = async (options: Partial<ExecutorOptions>, watcher: Watcher): Promise<Executor> => {
    await world();
    const executorDeps: ExecutorDeps = {
      journal: store.journal,
      lease: store.lease,
      clock: mount.clock,
      hash: sha256,
      gather,
      steering: (provider) => current?.steerings.get(provider),
      readConfig,
      answers,
      watcher,
      holder,
      storeRegion: current?.config.store.region ?? null,
    };
    return new Executor(executorDeps, { ...DEFAULT_OPTIONS, ...options });
  };
  return { store, deps, executor, world, fleet };
};
