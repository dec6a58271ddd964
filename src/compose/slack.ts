import { configFromJson } from '../config/config-schema.ts';
import type { Config } from '../domain/config.ts';
import { type Bot, type BotParts, startBot } from '../slack/bot.ts';
import { slackEasel } from '../slack/live/easel.ts';
import { createFollower } from '../slack/live/follower.ts';
import type { Log } from '../slack/log.ts';
import { hasSlack, type SlackSettings } from '../slack/settings.ts';
import { packageAssetPath } from './assets.ts';
import type { Mount } from './mount.ts';
import type { Product } from './product.ts';

/** What of a desk the bot works at. */
export interface SlackDesk {
  readonly deps: Product['deps'];
  readonly product: Pick<Product, 'fleet'>;
  readonly mount: Pick<Mount, 'random'>;
}

/** After a token that is missing or a port that is taken: somebody has to put that right, and need not restart for it. */
const RETRY_MS = 60_000;

const inForce = (desk: SlackDesk): (() => Promise<Config | null>) => {
  const parsed = new Map<string, Config>();
  return async () => {
    const { config } = await desk.product.fleet();
    if (config === null) return null;
    const known = parsed.get(config.digest) ?? configFromJson(config.config);
    parsed.clear();
    parsed.set(config.digest, known);
    return known;
  };
};

/** Keeps the live messages over the client that the bot gives it. */
const keepsMessages =
  (desk: SlackDesk, { slack }: SlackSettings, log: Log): NonNullable<BotParts['follower']> =>
  (client, config) => {
    const { journal, clock, ids } = desk.deps;
    const files = {
      wasm: packageAssetPath('@resvg/resvg-wasm/index_bg.wasm'),
      font: packageAssetPath('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    };
    const easel = slackEasel({ files, fetch: globalThis.fetch, endpoint: slack.endpoint });
    return createFollower({ journal, clock, ids, random: desk.mount.random, port: client, config, log, easel });
  };

/** Resolves when the signal fires; never rejects. */
const fired = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const tryToStart = async (desk: SlackDesk, config: () => Promise<Config | null>, log: Log): Promise<Bot | null> => {
  try {
    const first = await config();
    if (!hasSlack(first)) return null;
    return await startBot({ deps: desk.deps, config, log, follower: keepsMessages(desk, first, log) });
  } catch (error) {
    const because = error instanceof Error ? error.message : 'unknown failure';
    log.error({ event: 'slack.not-started' }, `the Slack bot could not start: ${because}`);
    return null;
  }
};

/**
 * Listens to Slack while the config in force names a workspace, until the signal fires. Runs never wait for it: a bot that
 * cannot start is tried again, and said in the log.
 */
export const talkToSlack = async (desk: SlackDesk, log: Log, signal: AbortSignal): Promise<void> => {
  const config = inForce(desk);
  while (!signal.aborted) {
    const bot = await tryToStart(desk, config, log);
    if (bot === null) {
      await desk.deps.clock.sleep(RETRY_MS, signal).catch(() => {});
      continue;
    }
    await fired(signal);
    await bot.stop();
  }
};
