import { LogLevel } from '@slack/bolt';
import type { Config } from '../../../src/domain/config.ts';
import { type RunId, runId } from '../../../src/domain/ids.ts';
import type { Instant } from '../../../src/domain/units.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Journal, StoredEvent } from '../../../src/ports/journal.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { createInProcessFetch } from '../../../src/sandbox/slack/in-process-fetch.ts';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import type { WorkspaceMessage } from '../../../src/sandbox/slack/types.ts';
import { createWorkspace, type SlackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { progressClient } from '../../../src/slack/clients.ts';
import { createFollower, type LiveFollower } from '../../../src/slack/live/follower.ts';
import type { Easel } from '../../../src/slack/live/pictures.ts';
import type { SlackPort } from '../../../src/slack/live/port.ts';
import type { LogFields } from '../../../src/slack/log.ts';
import { MemoryDisk } from '../../../src/store/memory/memory-disk.ts';
import { openMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { VirtualClock } from '../../../src/system/virtual-clock.ts';
import { dice } from '../../sandbox/slack/workspace-options.ts';
import { fleetConfig } from '../../support/fleet-config.ts';
import { MONDAY_MORNING } from '../../support/manual-clock.ts';
import { peopleOf, slackConfig } from '../support/house.ts';

export const OPS = 'C0OPS';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Somebody of the channel, to look through. */
const EYES = 'U0VIEWER';
const API = 'http://127.0.0.1:9/api/';
/** From the call to Slack, and from there back. */
const WAY_MS = 100;

export interface Call {
  readonly method: 'post' | 'edit' | 'upload';
  /** When it left and when its answer was there. */
  readonly at: Instant;
  readonly until: Instant;
  readonly ts: string;
  readonly text: string;
  readonly isOk: boolean;
}

/** What happens around the calls and appends of one bot; whoever does not resolve has stopped it there. */
export interface BotHooks {
  readonly beforeAppend?: () => Promise<void>;
  readonly afterAppend?: () => Promise<void>;
  readonly beforeCall?: () => Promise<void>;
  readonly afterCall?: () => Promise<void>;
}

export interface StageOptions {
  readonly draws?: boolean;
}

/** A workspace, a journal and bots in virtual time: the real client and the real workspace, with nothing but time replaced. */
export class Stage {
  readonly clock = new VirtualClock(MONDAY_MORNING);
  readonly workspace: SlackWorkspace;
  readonly journal: Journal;
  readonly calls: Call[] = [];
  readonly log: { readonly level: string; readonly fields: LogFields; readonly text: string }[] = [];
  config: Config;
  /** Waits of bots that have not ended: what grows here, leaks. */
  sleepers = 0;
  readonly #fetch: typeof globalThis.fetch;
  readonly #disk: MemoryDisk;
  #bots = 0;

  constructor() {
    const { clock } = this;
    this.workspace = createWorkspace({
      now: () => clock.now(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      random: dice(),
    });
    this.workspace.reachableAt('http://127.0.0.1:9');
    this.#fetch = createInProcessFetch(this.workspace.handle);
    this.#disk = new MemoryDisk({ storeId: 'store_1', region: 'us-west-2', madeAt: clock.now() });
    this.journal = this.#open();
    const { id } = SANDBOX_WORKSPACE.team;
    const slack = slackConfig({ team: id, endpoint: API, approversGroup: 'S0APPROVERS' });
    this.config = { ...fleetConfig({}), people: peopleOf(id), slack };
  }

  /** Runs until `story` has ended, at most so long in virtual time. */
  run(story: () => Promise<void>, mostMs = 48 * HOUR): Promise<void> {
    return this.clock.run(story(), this.clock.now() + mostMs);
  }

  sleep(ms: number): Promise<void> {
    return this.clock.sleep(ms, new AbortController().signal);
  }

  /** Starts a bot; gives back how to stop it. */
  bot(hooks: BotHooks = {}, { draws = false }: StageOptions = {}): LiveFollower & { stop(): Promise<void> } {
    this.#bots += 1;
    const name = `bot_${this.#bots}`;
    const throws = dice(this.#bots);
    const line = (level: string) => (fields: LogFields, text: string) => void this.log.push({ level, fields, text });
    const follower = createFollower({
      journal: this.#hooked(hooks),
      clock: { now: () => this.clock.now(), sleep: (ms, signal) => this.#counted(ms, signal) },
      random: { next: throws },
      ids: { next: () => name },
      port: this.port(hooks),
      config: async () => this.config,
      log: { info: line('info'), warn: line('warn'), error: line('error') },
      easel: draws ? this.easel() : null,
    });
    const ended = new AbortController();
    const running = follower.run(ended.signal);
    return {
      run: follower.run,
      health: () => follower.health(),
      stop: async () => {
        ended.abort(new Error('the bot stops'));
        await running;
      },
    };
  }

  /** The client of the bot, with the way to Slack and back before and behind it. */
  port(hooks: BotHooks = {}): SlackPort {
    const { app } = SANDBOX_WORKSPACE;
    const logger = {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: () => {},
      setLevel: () => {},
      getLevel: () => LogLevel.ERROR,
      setName: () => {},
    };
    const client = progressClient(app.botToken, { endpoint: API, logger, fetch: this.#fetch });
    const call = async <T>(method: Call['method'], text: string, ts: string, send: () => Promise<T>): Promise<T> => {
      await hooks.beforeCall?.();
      const at = this.clock.now();
      await this.sleep(WAY_MS);
      const note = (isOk: boolean, posted = ts) =>
        this.calls.push({ method, at, until: this.clock.now(), ts: posted, text, isOk });
      try {
        const answer = await this.clock.busy(method, send);
        await hooks.afterCall?.();
        await this.sleep(WAY_MS);
        const isPost = typeof answer === 'object' && answer !== null && 'ts' in answer;
        note(true, isPost ? String(answer.ts) : ts);
        return answer;
      } catch (error) {
        note(false);
        throw error;
      }
    };
    return {
      chat: {
        postMessage: (message) => call('post', message.text, '', () => client.chat.postMessage(message)),
        update: (message) => call('edit', message.text, message.ts, () => client.chat.update(message)),
      },
      files: {
        getUploadURLExternal: (file) =>
          call('upload', file.alt_text, '', () => client.files.getUploadURLExternal(file)),
        completeUploadExternal: (upload) => call('upload', '', '', () => client.files.completeUploadExternal(upload)),
      },
    };
  }

  easel(): Easel {
    return {
      paint: async (events) => ({
        png: new Uint8Array([137, 80, 78, 71, events.length % 256]),
        title: 'a picture',
        altText: `${events.length} events`,
      }),
      upload: async (address, bytes) => {
        await this.clock.busy('upload', () =>
          this.#fetch(address, { method: 'POST', body: new Uint8Array(bytes) }).then(() => {}),
        );
      },
    };
  }

  /** Writes events of a run at their instants, counted from now. */
  async play(events: readonly StoredEvent[], id = 'run_1'): Promise<void> {
    const start = this.clock.now() - (events[0]?.at ?? 0);
    for (const event of events) {
      await this.sleep(start + event.at - this.clock.now());
      await this.append(runId(id), event);
    }
  }

  /** Writes one event, whatever the run's version is. */
  async append(run: RunId, { type, data }: { readonly type: string; readonly data: unknown }): Promise<void> {
    const stream = `run/${run}`;
    const version = (await this.journal.read(stream, 0)).length;
    const own = type === 'run.proposed' ? { ...(data as object), run } : data;
    const events = [{ type, data: JSON.parse(JSON.stringify(own)) as unknown }];
    const appended = await this.journal.append({ stream, expectedVersion: version, events });
    if (!appended.ok) throw new Error(`not appended: ${appended.because}`);
  }

  /** Writes that a config was accepted, as the command does. */
  async acceptConfig(): Promise<void> {
    const version = (await this.journal.read('fleet', 0)).length;
    const events = [{ type: 'config.accepted', data: { digest: `sha256:${version}` } }];
    await this.journal.append({ stream: 'fleet', expectedVersion: version, events });
  }

  ask(run: string, event: RunEvent): Promise<void> {
    return this.append(runId(run), event);
  }

  /** What stands in the channel: top-level messages and broadcasts, oldest first. */
  seen(): readonly WorkspaceMessage[] {
    return this.workspace.messages(EYES, OPS).filter(({ isDeleted }) => !isDeleted);
  }

  /** Top-level messages of the bot that name this run. */
  lives(run = 'run_1'): readonly WorkspaceMessage[] {
    return this.seen().filter(({ threadTs, text }) => threadTs === null && new RegExp(`${run}\\b`).test(text));
  }

  /** The most edits within any minute, by when they left. */
  mostEditsAMinute(): number {
    const edits = this.edits();
    return Math.max(0, ...edits.map(({ at }) => edits.filter((one) => one.at >= at && one.at < at + MINUTE).length));
  }

  /** Edits of one message, or of all. */
  edits(ts?: string): readonly Call[] {
    return this.calls.filter((call) => call.method === 'edit' && (ts === undefined || call.ts === ts));
  }

  /** The shortest time from the end of an edit of a message to the next one of the same. */
  closestEdits(): number {
    const messages = new Set(this.edits().map(({ ts }) => ts));
    const gaps = [...messages].flatMap((ts) => {
      const edits = this.edits(ts);
      return edits.slice(1).map(({ at }, index) => at - (edits[index]?.until ?? 0));
    });
    return Math.min(...gaps);
  }

  /** First lines of everything below the live message of a run, oldest first; broadcasts are marked. */
  thread(run = 'run_1'): readonly string[] {
    return this.lives(run)
      .flatMap(({ ts }) => this.workspace.thread(EYES, OPS, ts).filter((message) => message.ts !== ts))
      .map(({ text, isBroadcast }) => `${isBroadcast ? '! ' : ''}${text.split('\n')[0] ?? ''}`);
  }

  /** Events of the bot's own memory, by type. */
  async memory(): Promise<readonly string[]> {
    return (await this.journal.read('slack', 0)).map(({ type }) => type);
  }

  async #counted(ms: number, signal: AbortSignal): Promise<void> {
    this.sleepers += 1;
    try {
      await this.clock.sleep(ms, signal);
    } finally {
      this.sleepers -= 1;
    }
  }

  #open(clock: Clock = this.clock): Journal {
    return openMemoryStore(this.#disk, { clock, hash: sha256 }).journal;
  }

  #hooked({ beforeAppend, afterAppend }: BotHooks): Journal {
    const inner = this.#open({ now: () => this.clock.now(), sleep: (ms, signal) => this.#counted(ms, signal) });
    return {
      store: inner.store,
      read: (stream, after) => inner.read(stream, after),
      readAll: (after, limit) => inner.readAll(after, limit),
      wait: (after, ms, signal) => inner.wait(after, ms, signal),
      append: async (append) => {
        await beforeAppend?.();
        const appended = await inner.append(append);
        await afterAppend?.();
        return appended;
      },
    };
  }
}
