import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { VENDORS } from '../../providers/registry.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { locate } from '../../src/compose/config-file.ts';
import { type Desk, deskOver, openDesk } from '../../src/compose/desk.ts';
import { capabilitiesOf, openToLook } from '../../src/compose/looking.ts';
import { type MountedSandbox, mountVirtual } from '../../src/compose/sandbox-mount.ts';
import { dnsVendors } from '../../src/operations/dns/vendors.ts';
import { storeInit } from '../../src/operations/store-init.ts';
import { scenarioOf } from '../../src/sandbox/scenarios.ts';
import { initStore } from '../../src/store/sqlite/init-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { VirtualClock } from '../../src/system/virtual-clock.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';

const START = Date.UTC(2026, 0, 5, 18);
const DAY_MS = 24 * 60 * 60 * 1000;

export const ADMIN = { presented: { door: 'sandbox', user: 'admin-1' }, door: 'cli', proof: null } as const;

/** A directory with a config file, and the local world that it names, under virtual time. No store yet. */
export interface Place {
  readonly sandbox: MountedSandbox;
  readonly clock: VirtualClock;
  readonly options: { readonly configFile: string };
  readonly write: (text: string) => void;
  /** Time stands still while files are read. */
  readonly within: <T>(work: () => Promise<T>) => Promise<T>;
  readonly atDesk: <T>(use: (desk: Desk) => Promise<T>) => Promise<T>;
  readonly say: (
    words: readonly string[],
  ) => Promise<{ readonly exit: number; readonly out: string; readonly err: string }>;
}

/** Whoever runs the tests is the operator. */
const mapped = (config: string): string =>
  config.replace(
    'identities: [{ door: sandbox, user: operator-1 }]',
    `identities: [{ door: sandbox, user: operator-1 }, { door: os, user: ${userInfo().username} }]`,
  );

export const place = (): Place => {
  const clock = new VirtualClock(START);
  const scenario = scenarioOf('calm', { source: 'us-east-1', destinations: ['us-west-2', 'eu-west-1'], seed: 7 });
  const sandbox = mountVirtual(scenario, clock);
  const configFile = join(scratchDirectory(), 'steer.yaml');
  const options = { configFile };
  const write = (text: string): void => writeFileSync(configFile, text);
  write(mapped(sandbox.config));
  const within = <T>(work: () => Promise<T>): Promise<T> =>
    clock.run(clock.busy('a command', work), clock.now() + DAY_MS);
  const unexpected = async (): Promise<never> => {
    throw new Error('not part of this test');
  };
  return {
    sandbox,
    clock,
    options,
    write,
    within,
    atDesk: (use) =>
      within(async () => {
        const desk = await openDesk(options, sandbox.mount);
        try {
          return await use(desk);
        } finally {
          await desk.close();
        }
      }),
    say: async (words) => {
      const said = { out: '', err: '' };
      const write_ = (to: 'out' | 'err') => ({
        isTerminal: false,
        write: (text: string) => {
          said[to] += text;
        },
      });
      const context: CliContext = {
        version: '0.0.0',
        stdout: write_('out'),
        stderr: write_('err'),
        ask: async () => null,
        env: {},
        signal: new AbortController().signal,
        actions: {
          open: (at) => openDesk(at, sandbox.mount),
          openToLook: (at) => openToLook(at, sandbox.mount),
          capabilities: capabilitiesOf,
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
      const exit = await within(() => runCli(words, context));
      return { exit, ...said };
    },
  };
};

/** The world lives until monitoring has something to say. */
export const warmedUp = async (made: Place): Promise<Place> => {
  const { local, mount, pace } = made.sandbox;
  await made.clock.run(
    (async () => {
      for (let n = 0; n < (pace.metricPeriodMs * 4 + pace.metricLagMs) / pace.tickMs; n += 1) {
        await mount.inFlight('tick', () => local.tick());
        await mount.clock.sleep(pace.tickMs, new AbortController().signal);
      }
    })(),
    made.clock.now() + DAY_MS,
  );
  return made;
};

/** With a store in which the config is in force. */
export const initialised = async (made: Place): Promise<Place> => {
  const answer = await made.within(async () => {
    const located = await locate(made.options);
    const identity = { storeId: 'store_test', region: located.storeRegion };
    const store = initStore(located.storePath, identity, { clock: made.clock, hash: sha256 });
    const desk = await deskOver(store, located, made.sandbox.mount);
    try {
      return await storeInit(desk.deps, ADMIN);
    } finally {
      await desk.close();
    }
  });
  if (!answer.ok) throw new Error(answer.refusal.problems.join(' '));
  return made;
};
