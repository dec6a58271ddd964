import { VENDORS } from '../../providers/registry.ts';
import { CannotOpen, type CliContext, type OpenDesk } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { answersFrom } from '../../src/compose/answers.ts';
import { checkProvider } from '../../src/compose/drill-check.ts';
import { castScenario, virtualStart } from '../../src/compose/drill-command.ts';
import { asker } from '../../src/compose/drill-options.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import { type MountedSandbox, mountVirtual } from '../../src/compose/sandbox-mount.ts';
import { dnsVendors } from '../../src/operations/dns/vendors.ts';
import { storeInit } from '../../src/operations/store-init.ts';
import { MemoryDisk } from '../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { TEST_PACE } from './perform.ts';

/** The sandbox's world with nobody's script: a test is the people. */
export interface Desk {
  readonly clock: VirtualClock;
  readonly sandbox: MountedSandbox;
  readonly store: Store;
  readonly product: Product;
  /** What the config file says from now on. */
  write(text: string): void;
  /** Lets the world live on, and an executor with it. */
  live(ms: number): Promise<void>;
  /** Executes until the desk is closed. */
  execute(): Promise<void>;
  /** Calls `look` at every tick from now on. */
  atEveryTick(look: () => void): void;
}

/** Opens a sandbox without a store's first config; `init` in the story accepts it. */
export const atDesk = async <T>(story: (desk: Desk) => Promise<T>): Promise<T> => {
  const scenario = castScenario('calm', 7);
  const start = virtualStart(scenario);
  const clock = new VirtualClock(start);
  const sandbox = mountVirtual(scenario, clock, { ...TEST_PACE, resolvers: 60 });
  const store = openMemoryStore(new MemoryDisk({ storeId: 'store_sandbox', region: 'outside', madeAt: start }), {
    clock,
    hash: sha256,
  });
  let file = sandbox.config;
  const compose = (holder: string): Product => {
    const product: Product = composeProduct({
      store,
      mount: sandbox.mount,
      readConfigFile: async () => ({ name: 'steer.yaml', text: file }),
      answers: answersFrom(async () => (await product.world())?.config ?? null, sandbox.mount),
      holder,
    });
    return product;
  };
  const stop = new AbortController();
  const executing: Promise<void>[] = [];
  const looks: (() => void)[] = [];
  const desk: Desk = {
    clock,
    sandbox,
    store,
    product: compose('desk'),
    write: (text) => {
      file = text;
    },
    live: async (ms) => {
      const until = clock.now() + ms;
      while (clock.now() < until) {
        await sandbox.local.tick();
        for (const look of looks) look();
        await clock.sleep(TEST_PACE.tickMs, stop.signal);
      }
    },
    execute: async () => {
      const executor = await compose('executor').executor({ leaseMs: 6000 }, { tell: () => {} });
      executing.push(executor.run(stop.signal));
    },
    atEveryTick: (look) => {
      looks.push(look);
    },
  };
  const told = async (): Promise<T> => {
    try {
      return await story(desk);
    } finally {
      stop.abort();
      await Promise.all(executing);
    }
  };
  return clock.run(told(), start + 48 * 3_600_000);
};

/** The first config in force, some minutes of history, and the account proven. */
export const init = async ({ product, sandbox, live }: Desk): Promise<void> => {
  const accepted = await storeInit(product.deps, asker('admin-1'));
  if (!accepted.ok) throw new Error(accepted.refusal.problems.join('\n'));
  await live(5 * 60_000);
  await checkProvider(product, sandbox);
};

/** What a person at a terminal types, and what came of it. */
export const type = async (
  desk: Desk,
  user: string,
  words: readonly string[],
): Promise<{ exit: number; said: string }> => {
  let said = '';
  const output = {
    isTerminal: false,
    write: (text: string) => {
      said += text;
    },
  };
  const unexpected = async (): Promise<never> => {
    throw new CannotOpen(['not part of this test']);
  };
  const opened: OpenDesk = {
    deps: desk.product.deps,
    presented: { door: 'sandbox', user },
    door: 'cli',
    execute: async () => {},
    close: async () => {},
  };
  const context: CliContext = {
    version: 'test',
    stdout: output,
    stderr: output,
    ask: async () => null,
    env: {},
    signal: new AbortController().signal,
    actions: {
      open: async () => opened,
      openToLook: async () => opened,
      capabilities: unexpected,
      createStore: unexpected,
      adoptStore: unexpected,
      serve: unexpected,
      checkProvider: unexpected,
      vendors: (only) => dnsVendors(VENDORS, only),
      doctor: unexpected,
      slackManifest: unexpected,
      slackCheck: unexpected,
      sandbox: unexpected,
    },
  };
  return { exit: await runCli(words, context), said };
};
