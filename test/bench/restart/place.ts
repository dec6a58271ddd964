import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { answersFrom } from '../../../src/compose/answers.ts';
import { checkProvider } from '../../../src/compose/drill-check.ts';
import { asker } from '../../../src/compose/drill-options.ts';
import { composeProduct, type Product } from '../../../src/compose/product.ts';
import { type MountedSandbox, mountLive } from '../../../src/compose/sandbox-mount.ts';
import { type RunId, regionId } from '../../../src/domain/ids.ts';
import { approve } from '../../../src/operations/approve.ts';
import { proposeMove } from '../../../src/operations/propose-move.ts';
import { storeInit } from '../../../src/operations/store-init.ts';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import { LIVE_PACE, type Pace } from '../../../src/sandbox/pace.ts';
import { scenarioOf } from '../../../src/sandbox/scenarios.ts';
import { initStore } from '../../../src/store/sqlite/init-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { requestOf } from '../engine.ts';
import { CAST } from '../sandbox-run.ts';

/** Faster than what a person watches: the waits of a drill are not what is measured. */
const PACE: Pace = {
  ...LIVE_PACE,
  ttlSeconds: 1,
  propagationMs: 500,
  shortestBakeMs: 2000,
  stayMs: 2000,
  resolvers: 100,
};

/** The local world over loopback, a store in a directory of its own, and people at a desk in this process. */
export interface Place {
  readonly sandbox: MountedSandbox;
  readonly store: Store;
  readonly configFile: string;
  /** Proposes a drill and has a second person approve it. Throws when it is refused. */
  readonly approvedDrill: () => Promise<RunId>;
  /** The first event from `after` on that is looked for. Throws when the world ended before it came. */
  readonly first: (after: number, isIt: (event: StoredEvent) => boolean) => Promise<StoredEvent>;
  readonly close: () => Promise<void>;
}

/** Longer than anything here may take: whoever waits longer waits for what will not come. */
export const PATIENCE_MS = 120_000;

/** So close together that what is measured is the process and not the looking. */
const LOOK_MS = 5;

/**
 * The sandbox's config without the vendor's health checkers: a process of production reads them at the vendor's pace, every
 * half minute, which is longer than a fact may be old in a world that lives so fast.
 */
const withoutCheckers = (config: string): string => {
  const file = parseDocument(config);
  file.deleteIn(['signals', 'checkers']);
  for (const service of ['checkout', 'search', 'catalogue']) {
    file.deleteIn(['services', service, 'gates', 'checkers']);
    file.deleteIn(['services', service, 'values']);
  }
  return String(file);
};

const orThrow = <T>(answer: { ok: true; value: T } | { ok: false; refusal: unknown }): T => {
  if (answer.ok) return answer.value;
  throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
};

const firstIn = async (
  { journal }: Store,
  after: number,
  isIt: (event: StoredEvent) => boolean,
  signal: AbortSignal,
): Promise<StoredEvent> => {
  let position = after;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  for (;;) {
    const events = await journal.readAll(position, 2000);
    const found = events.find(isIt);
    if (found !== undefined) return found;
    position = events.at(-1)?.position ?? position;
    await journal.wait(position, PATIENCE_MS, patience);
  }
};

const live = async ({ local, pace }: MountedSandbox, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await local.tick();
    await systemClock.sleep(pace.tickMs, signal).catch(() => {});
  }
};

export const openPlace = async (): Promise<Place> => {
  const directory = await mkdtemp(join(tmpdir(), 'steer-bench-'));
  const sandbox = await mountLive(scenarioOf('calm', { ...CAST, seed: 1 }), PACE);
  const configFile = join(directory, 'steer.yaml');
  const config = withoutCheckers(sandbox.config);
  await writeFile(configFile, config);
  const who = { storeId: 'store_bench', region: 'outside' };
  const store = initStore(join(directory, 'steer.db'), who, { clock: systemClock, hash: sha256, pollMs: LOOK_MS });
  const desk: Product = composeProduct({
    store,
    mount: sandbox.mount,
    readConfigFile: async () => ({ name: 'steer.yaml', text: config }),
    answers: answersFrom(async () => (await desk.world())?.config ?? null, sandbox.mount),
    holder: 'desk',
  });
  const over = new AbortController();
  const living = live(sandbox, over.signal);
  return {
    sandbox,
    store,
    configFile,
    approvedDrill: async () => {
      orThrow(await storeInit(desk.deps, asker('admin-1')));
      // Monitoring needs a history before anybody plans on it.
      await systemClock.sleep(PACE.metricPeriodMs * 4 + PACE.metricLagMs, over.signal);
      await checkProvider(desk, sandbox);
      const request = requestOf({ region: regionId(CAST.source), stayMs: PACE.stayMs });
      const { run, digest } = orThrow(await proposeMove(desk.deps, asker('operator-1'), request));
      orThrow(await approve(desk.deps, asker('approver-1'), { run, digest, solo: false }));
      return run;
    },
    first: (after, isIt) => firstIn(store, after, isIt, over.signal),
    close: async () => {
      over.abort(new Error('the place is closed'));
      await living;
      store.close();
      await sandbox.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
