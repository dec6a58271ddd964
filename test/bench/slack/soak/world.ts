import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { App, Receiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { closedRuns } from '../../../../src/run/closed-runs.ts';
import { createInProcessFetch } from '../../../../src/sandbox/slack/in-process-fetch.ts';
import { InProcessReceiver } from '../../../../src/sandbox/slack/in-process-receiver.ts';
import { createWorkspace, type SlackWorkspace } from '../../../../src/sandbox/slack/workspace.ts';
import { type Bot, startBot } from '../../../../src/slack/bot.ts';
import { createFollower } from '../../../../src/slack/live/follower.ts';
import type { SlackPort } from '../../../../src/slack/live/port.ts';
import type { LogFields } from '../../../../src/slack/log.ts';
import { initStore } from '../../../../src/store/sqlite/init-store.ts';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import type { Store } from '../../../../src/store/store.ts';
import { sha256 } from '../../../../src/system/hash.ts';
import { VirtualClock } from '../../../../src/system/virtual-clock.ts';
import { dice } from '../../../sandbox/slack/workspace-options.ts';
import { loadFleet } from '../../../support/load-fleet.ts';
import { MONDAY_MORNING } from '../../../support/manual-clock.ts';
import { buildModel, type Model } from '../../../support/model.ts';
import { configWith, crowd, type Member, workspaceOf } from '../crowd.ts';
import { force, officeOver } from '../office.ts';
import { CountingClock } from './waits.ts';

const ENDPOINT = 'http://127.0.0.1:9/api/';
const PEOPLE = 12;
const SAMPLE_MS = 30_000;
const LEASE_MS = 120_000;
/** The store is written by this process alone, whose appends ring a bell. */
const POLL_MS = 15 * 60_000;
const STUCK_MS = 60_000;
const RECONNECT_MS = 5000;
/** Turns of the loop in which the framework has done whatever needs no time. */
const TURNS = 30;
const MOST_TURNS = 5000;

/** Two connections in this process behind one receiver, as the bot has them over the network. */
class TwoConnections implements Receiver {
  readonly #ends: readonly InProcessReceiver[];

  constructor(make: () => InProcessReceiver) {
    this.#ends = [make(), make()];
  }

  init(app: App): void {
    for (const end of this.#ends) end.init(app);
  }

  async start(): Promise<void> {
    for (const end of this.#ends) await end.start();
  }

  async stop(): Promise<void> {
    for (const end of this.#ends) await end.stop();
  }
}

export interface World {
  readonly virtual: VirtualClock;
  readonly clock: CountingClock;
  readonly workspace: SlackWorkspace;
  readonly members: readonly Member[];
  readonly model: Model;
  readonly store: Store;
  readonly bot: Bot;
  readonly troubles: Map<string, number>;
  /** Does something with time standing still until everything that it set off has been done. */
  readonly act: <T>(what: string, doing: () => Promise<T>) => Promise<T>;
  readonly sleep: (ms: number) => Promise<void>;
  /** Drops what retention would: runs that are over and that nothing refers to. How many. */
  readonly retain: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** The whole bot, follower and engine in one process under virtual time, with the journal in a file. */
export const openWorld = async (): Promise<World> => {
  const virtual = new VirtualClock(MONDAY_MORNING, { stuckAfterMs: STUCK_MS });
  const clock = new CountingClock(virtual);
  const never = new AbortController().signal;
  const members = crowd(PEOPLE);
  const workspace = createWorkspace({
    now: () => clock.now(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    random: dice(7),
    seed: workspaceOf(members),
  });
  workspace.reachableAt(new URL(ENDPOINT).origin);
  const directory = await mkdtemp(join(tmpdir(), 'steer-soak-'));
  const path = join(directory, 'steer.db');
  const deps = { clock, hash: sha256 };
  initStore(path, { storeId: 'store_model', region: 'us-west-2' }, deps).close();
  const store = openStore(path, { ...deps, pollMs: POLL_MS });
  const model = await buildModel(clock, { services: ['shop', 'cart'], sampleEveryMs: SAMPLE_MS });
  const config = configWith(model.config, members, ENDPOINT);
  await force(store, config);
  const random = dice(11);
  const office = officeOver({ model, store, clock, config, random });
  const { journal, lease } = store;

  const troubles = new Map<string, number>();
  const trouble = ({ event }: LogFields): void => {
    troubles.set(String(event), (troubles.get(String(event)) ?? 0) + 1);
  };
  const log = { info: () => {}, warn: trouble, error: trouble };
  const inProcess = createInProcessFetch(workspace.handle);
  const busyPort = (client: WebClient): SlackPort => ({
    chat: {
      postMessage: (message) => virtual.busy('post', () => client.chat.postMessage(message)),
      update: (message) => virtual.busy('edit', () => client.chat.update(message)),
    },
    files: {
      getUploadURLExternal: (file) => virtual.busy('upload', () => client.files.getUploadURLExternal(file)),
      completeUploadExternal: (upload) => virtual.busy('upload', () => client.files.completeUploadExternal(upload)),
    },
  });
  const bot = await startBot({
    deps: office,
    config: async () => config,
    log,
    receiver: new TwoConnections(
      () =>
        new InProcessReceiver(workspace, {
          customProperties: (envelope) => ({ deliveryKey: envelope['envelope_id'] ?? null }),
          onError: () => trouble({ event: 'receiver' }),
          pause: () => clock.sleep(RECONNECT_MS, never),
        }),
    ),
    fetch: (input, init) => virtual.busy('call', () => inProcess(input, init)),
    follower: (client, read) =>
      createFollower({
        journal,
        clock,
        random: { next: random },
        ids: office.ids,
        port: busyPort(client),
        config: read,
        log,
        easel: null,
      }),
  });
  const ended = new AbortController();
  const executing = model
    .executor({ untilIdle: false, leaseMs: LEASE_MS }, { journal, lease })
    .run(ended.signal)
    .catch(() => trouble({ event: 'executor' }));

  const quiet = async (): Promise<void> => {
    for (let turns = 0, idle = 0; idle < TURNS && turns < MOST_TURNS; turns += 1) {
      await nextTurn();
      idle = bot.busy() > 0 ? 0 : idle + 1;
    }
  };
  return {
    virtual,
    clock,
    workspace,
    members,
    model,
    store,
    bot,
    troubles,
    act: (what, doing) =>
      virtual.busy(what, async () => {
        const done = await doing();
        await quiet();
        return done;
      }),
    sleep: (ms) => clock.sleep(ms, never),
    retain: async () => {
      const { closed, referredTo } = closedRuns(await loadFleet(journal), clock.now(), 0);
      const gone = new Set(closed.filter((stream) => !referredTo.has(stream)));
      const { position, heads } = await store.archive.ends();
      const streams = heads.filter(({ stream }) => gone.has(stream));
      if (streams.length === 0) return 0;
      await store.archive.drop({ streams, decidedAt: position, file: 'soak.jsonl' });
      return streams.length;
    },
    close: async () => {
      await bot.stop();
      ended.abort(new Error('the soak is over'));
      await executing;
      workspace.shutDown();
      store.close();
      await virtual.busy('rm', () => rm(directory, { recursive: true }));
    },
  };
};
