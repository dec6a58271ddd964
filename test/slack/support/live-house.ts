import { setTimeout as delay } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Config } from '../../../src/domain/config.ts';
import { botAt } from '../../../src/sandbox/slack/http-bot.ts';
import { SANDBOX_WORKSPACE } from '../../../src/sandbox/slack/seed.ts';
import { serveWorkspace } from '../../../src/sandbox/slack/serve.ts';
import type { InputValues, Json, WorkspaceMessage, WorkspaceView } from '../../../src/sandbox/slack/types.ts';
import type { SlackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { type Bot, type BotParts, startBot } from '../../../src/slack/bot.ts';
import type { LogFields } from '../../../src/slack/log.ts';
import { EVENTS_PATH } from '../../../src/slack/receivers/http.ts';
import { type Desk, desk } from '../../operations/arrange.ts';
import { real } from '../../sandbox/slack/workspace-options.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { type LogLine, peopleOf, slackConfig } from './house.ts';

const { app, team } = SANDBOX_WORKSPACE;
const OPS = 'C0OPS';

const SECRETS: Readonly<Record<string, string>> = {
  BOT_TOKEN: app.botToken,
  APP_TOKEN: app.appToken,
  SIGNING_SECRET: app.signingSecret,
};

const TRANSPORTS = {
  socket: { kind: 'socket', appTokenFrom: { env: 'APP_TOKEN' } },
  http: { kind: 'http', signingSecretFrom: { env: 'SIGNING_SECRET' }, port: 0 },
} as const;

const TICK_MS = 20;

/** Lets the clock of the fleet go with the real one, which Slack's signatures and sockets are checked against. */
const running = (clock: ManualClock): (() => Promise<void>) => {
  const stopped = new AbortController();
  const ticking = (async () => {
    while (!stopped.signal.aborted) {
      await delay(TICK_MS);
      await clock.advance(Math.max(0, Date.now() - clock.now()));
    }
  })();
  return async () => {
    stopped.abort();
    await ticking;
  };
};

/** The bot as it is, connected to a workspace over loopback, with a fleet in memory behind it. */
export interface LiveHouse {
  readonly workspace: SlackWorkspace;
  readonly desk: Desk;
  readonly bot: Bot;
  readonly log: readonly LogLine[];
  /** The newest message that a person sees with this text in it. */
  readonly sees: (user: string, text: string) => Promise<WorkspaceMessage>;
  readonly modal: (user: string, text: string) => Promise<WorkspaceView>;
  readonly press: (user: string, message: WorkspaceMessage, action: string) => Promise<void>;
  readonly send: (user: string, view: WorkspaceView, values: InputValues) => Promise<void>;
  readonly close: () => Promise<void>;
}

const textOf = (text: string, blocks: readonly Json[]): string => `${text} ${JSON.stringify(blocks)}`;

const until = <T>(look: () => T | undefined, what: () => string): Promise<T> =>
  vi.waitFor(
    () => {
      const value = look();
      if (value === undefined) throw new Error(what());
      return value;
    },
    { timeout: 8000, interval: 20 },
  );

export const openLiveHouse = async (
  transport: keyof typeof TRANSPORTS,
  parts?: (desk: Desk) => Partial<BotParts>,
): Promise<LiveHouse> => {
  const made = await desk({ start: Date.now() });
  const stopClock = running(made.clock);
  const served = await serveWorkspace(real());
  const { workspace } = served;
  const slack = slackConfig({ team: team.id, endpoint: served.apiUrl, transport: TRANSPORTS[transport] });
  const config: Config = { ...made.model.config, people: peopleOf(team.id), slack };
  await made.force(config);
  made.file = config;
  const log: LogLine[] = [];
  const line = (level: string) => (fields: LogFields, text: string) => void log.push({ level, fields, text });
  const bot = await startBot({
    deps: { ...made.deps, readSecret: async (source) => ('env' in source ? (SECRETS[source.env] ?? null) : null) },
    config: async () => config,
    log: { info: line('info'), warn: line('warn'), error: line('error') },
    ...parts?.(made),
  });
  if (transport === 'http') await workspace.useHttp(botAt(`http://127.0.0.1:${bot.port}`), EVENTS_PATH);
  else
    await until(
      () => (workspace.sockets() === 2 ? true : undefined),
      () => `${workspace.sockets()} sockets`,
    );
  const seen = (user: string): string => JSON.stringify([workspace.messages(user, OPS).map(({ text }) => text), log]);
  return {
    workspace,
    desk: made,
    bot,
    log,
    sees: (user, text) =>
      until(
        () => workspace.messages(user, OPS).findLast((message) => textOf(message.text, message.blocks).includes(text)),
        () => `${user} does not see "${text}" but ${seen(user)}`,
      ),
    modal: (user, text) =>
      until(
        () => workspace.modals(user).findLast((view) => textOf(view.title, view.blocks).includes(text)),
        () => `${user} has no modal "${text}" but ${JSON.stringify(workspace.modals(user))} ${seen(user)}`,
      ),
    press: async (user, { channel, ts }, action) => {
      const { problem } = await workspace.click(user, { channel, ts }, action);
      if (problem !== null) throw new Error(problem);
    },
    send: async (user, view, values) => {
      const { problem } = await workspace.submit(user, view.id, values);
      if (problem !== null) throw new Error(problem);
    },
    close: async () => {
      await bot.stop();
      await served.close();
      await stopClock();
    },
  };
};
