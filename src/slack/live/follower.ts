import type { Config } from '../../domain/config.ts';
import type { Instant } from '../../domain/units.ts';
import type { IdSource, Random } from '../../ports/chance.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../log.ts';
import { hasSlack, type SlackSettings } from '../settings.ts';
import { type AgendaParts, type Deed, type Item, nextItem } from './agenda.ts';
import { Deeds } from './deeds.ts';
import { farewell } from './farewell.ts';
import { Following } from './following.ts';
import { Health, type LiveHealth } from './health.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import { Backoff } from './pace.ts';
import { type Easel, Pictures } from './pictures.ts';
import type { SlackPort } from './port.ts';
import { Speaker } from './speaker.ts';

export interface FollowerParts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: IdSource;
  /** A client of its own: what it waits for must delay nobody's answer. */
  readonly port: SlackPort;
  /** The config in force; null while none is, throws while it cannot be read. */
  readonly config: () => Promise<Config | null>;
  readonly log: Log;
  /** Null draws nothing. */
  readonly easel: Easel | null;
}

export interface LiveFollower {
  /**
   * Follows the journal until the signal, and then says in its messages that it is leaving; rejects never for Slack's or the
   * store's sake.
   */
  run(signal: AbortSignal): Promise<void>;
  health(): LiveHealth;
}

/** With nothing to do it still looks this often: the store may have been written without a bell. */
const IDLE_MS = 15 * 60_000;
const CONFIG_AGAIN_MS = 10_000;
/** After a failure that nobody foresaw, for the run that it happened to. */
const STUMBLED_MS = 30_000;

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/**
 * Keeps one message per run in Slack, whatever door the run came from. It only reads the runs' streams and writes only to its
 * own, one call at a time; nothing waits for it, and it may be away for any time. Several processes may run it: one of them
 * posts, the others stand by.
 */
class JournalFollower implements LiveFollower {
  readonly #parts: FollowerParts;
  readonly #ledger: Ledger;
  readonly #following: Following;
  readonly #health: Health;
  readonly #lanes: Lanes;
  readonly #deeds: Deeds;
  readonly #pictures: Pictures | null;
  readonly #trouble: Backoff;
  #settings: SlackSettings | null = null;
  #configAt: Instant = Number.NEGATIVE_INFINITY;

  constructor(parts: FollowerParts) {
    const { journal, clock, log, port, easel, ids, random } = parts;
    this.#parts = parts;
    this.#ledger = new Ledger({ journal, clock, by: ids.next('bot') });
    this.#following = new Following({ ledger: this.#ledger, journal, clock, log });
    this.#health = new Health(log);
    this.#lanes = new Lanes(this.#health, () => random.next());
    this.#trouble = new Backoff(1000, 30_000, () => random.next());
    const speaker = new Speaker({ port, clock, lanes: this.#lanes, log });
    this.#deeds = new Deeds({ clock, ledger: this.#ledger, speaker, log, draws: easel !== null });
    this.#pictures =
      easel === null ? null : new Pictures({ easel, port, journal, clock, ledger: this.#ledger, speaker, log });
  }

  health(): LiveHealth {
    return this.#health.now(this.#following.runs.size);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#turn(signal);
        this.#trouble.worked();
      } catch (error) {
        if (signal.aborted) break;
        await this.#stumble(error, signal);
      }
    }
    await this.#sayFarewell();
    await this.#ledger.leave();
  }

  /** Before another process may keep the messages: it would be overwritten otherwise. */
  async #sayFarewell(): Promise<void> {
    if (this.#settings === null || !this.#ledger.isKeeper) return;
    const { clock } = this.#parts;
    const { memory } = this.#ledger;
    const runs = this.#following.runs.values();
    await farewell({ runs, memory, lanes: this.#lanes, clock, deeds: this.#deeds }, this.#settings);
  }

  /** Reads what is new, does the one thing that is most urgent, or waits until there is something to do. */
  async #turn(signal: AbortSignal): Promise<void> {
    const isChanged = await this.#following.catchUp();
    if (isChanged) this.#configAt = Number.NEGATIVE_INFINITY;
    if (this.#ledger.owes) await this.#ledger.settle();
    const now = this.#parts.clock.now();
    const waitMs = this.#following.isIdle ? IDLE_MS : await this.#act(now);
    if (waitMs > 0) await this.#parts.journal.wait(this.#following.position, waitMs, signal);
  }

  /** How long to wait afterwards, milliseconds; 0 when something was done. */
  async #act(now: Instant): Promise<number> {
    const others = this.#ledger.othersUntil(now);
    if (others !== null) return others - now;
    const settings = await this.#config(now);
    if (settings === null) return CONFIG_AGAIN_MS;
    const item = this.#next(now, settings);
    if (item === null) return IDLE_MS;
    if (item.dueAt > now) return item.dueAt - now;
    await this.#do(item.deed, settings);
    return 0;
  }

  #next(now: Instant, settings: SlackSettings): Item | null {
    const parts: AgendaParts = {
      now,
      memory: this.#ledger.memory,
      lanes: this.#lanes,
      channel: settings.slack.channel,
      draws: this.#pictures !== null,
    };
    return nextItem(this.#following.runs.values(), parts);
  }

  async #do(deed: Deed, settings: SlackSettings): Promise<void> {
    try {
      await this.#perform(deed, settings);
    } catch (error) {
      if ('of' in deed) deed.of.notBefore = this.#parts.clock.now() + STUMBLED_MS;
      throw error;
    }
  }

  async #perform(deed: Deed, settings: SlackSettings): Promise<void> {
    switch (deed.do) {
      case 'post-live':
        return this.#deeds.postLive(deed, settings);
      case 'ask-approval':
        return this.#deeds.askApproval(deed, settings);
      case 'tell':
        return this.#deeds.tell(deed, settings);
      case 'tell-broken':
        return this.#deeds.tellBroken(deed, settings);
      case 'remind':
        return this.#deeds.remind(deed, settings);
      case 'edit-live':
        return this.#deeds.editLive(deed, settings);
      case 'show-decision':
        return this.#deeds.showDecision(deed, settings);
      case 'draw':
        return this.#pictures?.draw(deed);
      case 'draw-asked':
        return this.#pictures?.drawAsked(deed);
      case 'forget-ask':
        return this.#deeds.forgetAsk(deed);
      case 'close':
        return this.#deeds.close(deed);
    }
  }

  /** The config in force, read again when one was accepted; the last that could be read counts while none can be. */
  async #config(now: Instant): Promise<SlackSettings | null> {
    if (now < this.#configAt) return this.#settings;
    try {
      const config = await this.#parts.config();
      if (hasSlack(config)) this.#settings = config;
      this.#configAt = Number.POSITIVE_INFINITY;
    } catch {
      this.#configAt = now + CONFIG_AGAIN_MS;
    }
    return this.#settings;
  }

  async #stumble(error: unknown, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#parts;
    const now = clock.now();
    this.#trouble.failed(now);
    log.error({ event: 'slack.follower-stumbled', kind: kindOf(error) }, 'live messages wait for a moment');
    await clock.sleep(this.#trouble.until - now, signal).catch(() => {});
  }
}

export const createFollower = (parts: FollowerParts): LiveFollower => new JournalFollower(parts);
