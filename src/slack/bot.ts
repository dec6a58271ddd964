import type { Receiver } from '@slack/bolt';
import type { FetchFunction, WebClient } from '@slack/web-api';
import type { Config, SecretSource, SlackConfig } from '../domain/config.ts';
import type { Deps } from '../operations/deps.ts';
import { knownNames, NO_NAMES } from '../operations/known-names.ts';
import { Answers } from './answers.ts';
import { buildApp } from './app.ts';
import { appIdOf } from './authorize.ts';
import { Channels } from './channels.ts';
import { answerClient, lookupClient, progressClient, type Reach } from './clients.ts';
import type { Door } from './door.ts';
import { Limiter, RATE_LIMITS, type RateLimits } from './limits.ts';
import type { LiveHealth } from './live/health.ts';
import { boltLogger, type Log } from './log.ts';
import { Members } from './members.ts';
import { SignedHttp } from './receivers/http.ts';
import { RedundantSockets } from './receivers/sockets.ts';
import { Seen } from './seen.ts';
import { hasSlack, Settings } from './settings.ts';
import { Work } from './work.ts';

/** What posts and keeps the live messages; it reads the journal and never ends before its signal. */
export interface Follower {
  run(signal: AbortSignal): Promise<void>;
  health(): LiveHealth;
}

export interface BotParts {
  readonly deps: Deps;
  /** The config in force; null while none is, throws while it cannot be read. */
  readonly config: () => Promise<Config | null>;
  readonly log: Log;
  /** Given a client of its own, so that its limits delay no answer. Left out: nothing is posted. */
  readonly follower?: (client: WebClient, config: () => Promise<Config | null>) => Follower;
  /** In place of the transport of the config, e.g. one in this process. */
  readonly receiver?: Receiver;
  /** In place of the platform's fetch. */
  readonly fetch?: FetchFunction;
  readonly limits?: RateLimits;
}

export interface Bot {
  /** Where it listens for signed HTTP; null over sockets. */
  readonly port: number | null;
  /** What it has begun and not finished. */
  readonly busy: () => number;
  /** How the live messages are; null where nobody keeps them. The log is told of it too. */
  readonly health: () => LiveHealth | null;
  /** Takes nothing new but holds, finishes what was begun, and leaves. */
  stop(): Promise<void>;
}

/** Why the bot cannot start, in a sentence that names what to do. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

const DRAIN_MS = 10_000;
const STOP_MS = 5000;

const sourceText = (source: SecretSource): string =>
  'env' in source ? `the environment variable ${source.env}` : `the file ${source.file}`;

const secret = async (deps: Deps, source: SecretSource, what: string): Promise<string> => {
  const value = (await deps.readSecret(source)) ?? '';
  if (value === '') throw new CannotListen(`${what} is missing: put it into ${sourceText(source)}.`);
  return value;
};

interface Transport {
  readonly receiver: Receiver;
  readonly appId: string | null;
  readonly port: () => number | null;
}

const isLocal = (slack: SlackConfig): boolean => slack.endpoint !== null;

const transportOf = async (parts: BotParts, slack: SlackConfig, reach: Reach, work: Work): Promise<Transport> => {
  if (parts.receiver !== undefined) return { receiver: parts.receiver, appId: null, port: () => null };
  const { transport } = slack;
  if (transport.kind === 'socket') {
    const appToken = await secret(parts.deps, transport.appTokenFrom, "Slack's app-level token (xapp-…)");
    const receiver = new RedundantSockets({ appToken, reach, clock: parts.deps.clock, log: parts.log });
    return { receiver, appId: appIdOf(appToken), port: () => null };
  }
  const signingSecret = await secret(parts.deps, transport.signingSecretFrom, "Slack's signing secret");
  const receiver = new SignedHttp({
    signingSecret,
    port: transport.port,
    host: isLocal(slack) ? '127.0.0.1' : null,
    logger: reach.logger,
    isReady: () => !work.isDraining,
  });
  return { receiver, appId: null, port: () => receiver.port };
};

const doorOf = (parts: BotParts, settings: Settings, reach: Reach, token: string, signal: AbortSignal): Door => {
  const { deps, log } = parts;
  const lookups = lookupClient(token, reach);
  const fetch: FetchFunction = parts.fetch ?? globalThis.fetch;
  return {
    deps,
    settings,
    members: new Members(lookups, deps.clock),
    channels: new Channels(lookups, deps.clock),
    answers: new Answers({ client: answerClient(token, reach), fetch, log, endpoint: reach.endpoint }),
    seen: new Seen(deps),
    limiter: new Limiter(deps.clock, parts.limits ?? RATE_LIMITS),
    work: new Work(),
    log,
    names: NO_NAMES,
    signal,
  };
};

/**
 * Listens to the workspace of the config in force until it is stopped. Over sockets Slack may be away when it starts: it
 * connects once Slack is back. Throws CannotListen when a token is missing.
 */
export const startBot = async (parts: BotParts): Promise<Bot> => {
  const { deps, log } = parts;
  const first = await parts.config();
  if (!hasSlack(first)) throw new CannotListen('The config in force has no section slack.');
  const { slack } = first;
  const token = await secret(deps, slack.botTokenFrom, "Slack's bot token (xoxb-…)");
  const ended = new AbortController();
  const reach: Reach = { endpoint: slack.endpoint, logger: boltLogger(log), fetch: parts.fetch ?? null };
  const door = doorOf(parts, new Settings(first, parts.config), reach, token, ended.signal);
  door.names = await knownNames(deps);
  const { receiver, appId, port } = await transportOf(parts, slack, reach, door.work);
  const app = buildApp({ receiver, installation: { botToken: token, appId }, reach, door });
  // Slack may be away for hours; only a port of our own that cannot be opened is a reason not to start.
  const starting = app.start();
  if (slack.transport.kind === 'http' || parts.receiver !== undefined) await starting;
  else starting.catch(() => log.error({ event: 'slack.not-connected' }, 'Slack could not be reached'));
  const follower = parts.follower?.(progressClient(token, reach), parts.config) ?? null;
  const following = follower?.run(ended.signal) ?? Promise.resolve();
  const followed = following.catch((error: unknown) => {
    const kind = error instanceof Error ? error.name : 'unknown';
    if (!ended.signal.aborted) log.error({ event: 'slack.follower-ended', kind }, 'live messages are no longer kept');
  });
  log.info({ event: 'slack.started', transport: slack.transport.kind }, 'listening to Slack');
  return {
    get port() {
      return port();
    },
    busy: () => door.work.size,
    health: () => follower?.health() ?? null,
    stop: async () => {
      await door.work.drain(deps.clock, DRAIN_MS);
      ended.abort(new Error('the bot stops'));
      const leaving = Promise.all([app.stop(), followed]).catch(() => {});
      // A wait that is left over would keep the process from ending.
      const left = new AbortController();
      await Promise.race([leaving, deps.clock.sleep(STOP_MS, left.signal).catch(() => {})]);
      left.abort();
      log.info({ event: 'slack.stopped' }, 'no longer listening to Slack');
    },
  };
};
