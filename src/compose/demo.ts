import { storeInit } from '../operations/store-init.ts';
import { LIVE_PACE } from '../sandbox/pace.ts';
import { type ServedPage, servePage } from '../sandbox/page/serve-page.ts';
import type { ServedWorkspace } from '../sandbox/slack/serve.ts';
import { createSwitches } from '../sandbox/switches.ts';
import type { Log } from '../slack/log.ts';
import { MemoryDisk } from '../store/memory/memory-disk.ts';
import { openMemoryStore } from '../store/memory/memory-store.ts';
import { systemClock } from '../system/clock.ts';
import { sha256 } from '../system/hash.ts';
import { systemRandom } from '../system/random.ts';
import { assetPath } from './assets.ts';
import { HINTS, openWorkspace, PEOPLE, slackBeside } from './demo-workspace.ts';
import { livingWorld } from './demo-world.ts';
import { composer, orThrow } from './drill.ts';
import { checkProvider } from './drill-check.ts';
import { castScenario } from './drill-command.ts';
import { asker } from './drill-options.ts';
import type { Product } from './product.ts';
import { type MountedSandbox, mountLive } from './sandbox-mount.ts';
import { talkToSlack } from './slack.ts';

export interface DemoOptions {
  /** Of the page; 0 for a free one. */
  readonly port: number;
  readonly seed: number;
  readonly write: (text: string) => void;
  readonly log: Log;
  /** Ends the demonstration; nothing is left behind. */
  readonly signal: AbortSignal;
  /** Called once with everything that is up, before the demonstration goes on until its signal. */
  readonly ready?: (demo: Demo) => void;
}

/** A demonstration that is up. */
export interface Demo {
  readonly page: ServedPage;
  readonly workspace: ServedWorkspace['workspace'];
  readonly sandbox: MountedSandbox;
  readonly product: Product;
}

const STORE = { storeId: 'store_demo', region: 'outside' } as const;

/** Short, so that nobody waits for a lease in a demonstration. */
const LEASE_MS = 6000;

/** As the sandbox's config says for drills and planned moves. */
const UTILISATION_LIMIT = 0.88;

const WARM_UP_PERIODS = 4;

const invitation = (url: string): string => `
The sandbox is up: a world of three regions, and a small Slack workspace in which steer listens.

  Open        ${url}
  Type        /steer evacuate us-east-1        then Start…, the region's name and a reason
  Approve     choose "approver" under "Act as" and press Approve
  Break       press "Degraded" of us-west-2 and watch it hold; then Resume or Roll back

Ctrl-C ends it. Nothing is kept.
`;

/** Ends what was opened, the latest first, whatever goes wrong on the way. */
const endAll = async (ends: readonly (() => Promise<void> | void)[]): Promise<void> => {
  for (const end of ends.toReversed()) await end();
};

/** The sandbox with its workspace, the bot, an executor and the page, until the signal fires. */
export const demo = async (options: DemoOptions): Promise<void> => {
  const { signal, log, seed } = options;
  const ends: (() => Promise<void> | void)[] = [];
  const ended = new AbortController();
  const isOver = AbortSignal.any([signal, ended.signal]);
  try {
    const served = await openWorkspace(systemClock, systemRandom);
    ends.push(() => served.close());
    const sandbox = await mountLive(castScenario('calm', seed), LIVE_PACE, slackBeside(served));
    ends.push(() => sandbox.close());
    const { local, mount, pace } = sandbox;
    const disk = new MemoryDisk({ ...STORE, madeAt: mount.clock.now() });
    const store = openMemoryStore(disk, { clock: mount.clock, hash: sha256 });
    ends.push(() => store.close());
    const product = composer(sandbox)(store, 'sandbox-demo');
    orThrow(await storeInit(product.deps, asker('admin-1')));

    const switches = createSwitches(local, served.workspace);
    const world = livingWorld({
      local,
      clock: mount.clock,
      tickMs: pace.tickMs,
      utilisationLimit: UTILISATION_LIMIT,
      switches: switches.list,
    });
    const work: Promise<void>[] = [world.live(isOver)];
    // Before everything is closed under it, the work must have ended.
    ends.push(async () => {
      ended.abort(new Error('the demonstration is over'));
      await Promise.all(work);
    });
    await mount.clock.sleep(pace.metricPeriodMs * WARM_UP_PERIODS + pace.metricLagMs, isOver).catch(() => {});
    if (signal.aborted) return;
    await checkProvider(product, sandbox);
    const executor = await product.executor({ leaseMs: LEASE_MS }, { tell: () => {} });
    work.push(executor.run(isOver), talkToSlack({ product, deps: product.deps, mount }, log, isOver));
    const directory = assetPath('src/sandbox/page');
    const { workspace } = served;
    const page = await servePage({
      workspace,
      world,
      switches,
      people: PEOPLE,
      hints: HINTS,
      directory,
      port: options.port,
    });
    ends.push(() => page.close());
    options.write(invitation(page.url));
    options.ready?.({ page, workspace, sandbox, product });
    const interrupted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    // An executor that ends by itself is a defect, which no demonstration may hide.
    await Promise.race([interrupted, ...work]);
  } finally {
    await endAll(ends);
  }
};
