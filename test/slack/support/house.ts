import type { App, Receiver } from '@slack/bolt';
import type { Config, Person, Role, SlackConfig } from '../../../src/domain/config.ts';
import { personId, type RunId } from '../../../src/domain/ids.ts';
import type { Run } from '../../../src/run/state.ts';
import { type Bot, type BotParts, startBot } from '../../../src/slack/bot.ts';
import type { LogFields } from '../../../src/slack/log.ts';
import { type Desk, desk } from '../../operations/arrange.ts';
import type { FleetOptions } from '../../support/fleet-config.ts';
import { settle } from '../../support/manual-clock.ts';
import { ENDPOINT, SlackApi, TEAM } from './slack-api.ts';

export const OPS = 'C0OPS';
export const ELSEWHERE = 'C0ELSEWHERE';
export const DIRECT = 'D0DIRECT';
export const APP = 'A0STEER';
export const GROUP = 'S0GROUP';

/** One person for each role, by Slack id. */
export const USERS = {
  operator: 'U0OPERATOR',
  operator2: 'U0OPERATOR2',
  approver: 'U0APPROVER',
  admin: 'U0ADMIN',
  responder: 'U0RESPONDER',
  viewer: 'U0VIEWER',
  grouped: 'U0GROUPED',
  guest: 'U0GUEST',
  stranger: 'U0STRANGER',
  bot: 'U0BOT',
  gone: 'U0GONE',
} as const;

const person = (team: string, name: string, role: Role, user: string): Person => ({
  person: personId(name),
  role,
  identities: [
    { door: 'sandbox', user: name },
    { door: 'slack', team, user },
  ],
  shared: false,
  totpSecretFrom: { env: 'SECRET' },
});

/** The people of a workspace, each with the Slack account that is called after his role. */
export const peopleOf = (team: string): readonly Person[] => [
  person(team, 'operator-1', 'operator', USERS.operator),
  person(team, 'operator-2', 'operator', USERS.operator2),
  person(team, 'approver-1', 'approver', USERS.approver),
  person(team, 'admin-1', 'admin', USERS.admin),
  person(team, 'responder-1', 'responder', USERS.responder),
];

export const slackConfig = (over: Partial<SlackConfig> = {}): SlackConfig => ({
  team: TEAM,
  enterprise: null,
  botTokenFrom: { env: 'BOT_TOKEN' },
  transport: { kind: 'socket', appTokenFrom: { env: 'APP_TOKEN' } },
  channel: OPS,
  channels: [OPS],
  approversGroup: null,
  groups: [{ group: GROUP, role: 'responder' }],
  membershipMaximumAgeMs: 10 * 60_000,
  secondFactor: [],
  endpoint: ENDPOINT,
  ...over,
});

class InProcess implements Receiver {
  #app: App | undefined;

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  /** What Slack would have seen as the acknowledgement; undefined when none came. */
  async send(body: Record<string, unknown>, customProperties: Record<string, unknown>): Promise<unknown> {
    const seen: { answer: unknown } = { answer: undefined };
    await this.#app?.processEvent({
      body,
      customProperties,
      ack: async (response?: unknown) => {
        seen.answer = response ?? '';
      },
    });
    return seen.answer;
  }
}

export interface LogLine {
  readonly level: string;
  readonly fields: LogFields;
  readonly text: string;
}

/** The bot over a whole fleet in memory, and a hand to type and click with. */
export interface House {
  readonly desk: Desk;
  readonly api: SlackApi;
  readonly bot: Bot;
  readonly log: LogLine[];
  readonly config: Config;
  readonly send: (body: Record<string, unknown>, properties?: Record<string, unknown>) => Promise<unknown>;
  readonly command: (user: string, text: string, channel?: string) => Promise<unknown>;
  readonly click: (user: string, action: string, value: string, over?: Record<string, unknown>) => Promise<unknown>;
  readonly submit: (user: string, values: Record<string, unknown>, over?: Record<string, unknown>) => Promise<unknown>;
  readonly runs: () => Promise<readonly Run[]>;
  /** Events of the fleet and of all runs so far, by type. */
  readonly types: () => Promise<readonly string[]>;
}

export interface HouseOptions {
  readonly fleet?: FleetOptions;
  readonly slack?: Partial<SlackConfig>;
  readonly parts?: Partial<BotParts>;
  /** What the clock says. */
  readonly start?: number;
}

export const openHouse = async ({ fleet, slack, parts, start }: HouseOptions = {}): Promise<House> => {
  const made = await desk({ ...fleet, ...(start === undefined ? {} : { start }) });
  const config: Config = { ...made.model.config, people: peopleOf(TEAM), slack: slackConfig(slack) };
  await made.force(config);
  made.file = config;
  const api = new SlackApi();
  for (const id of Object.values(USERS)) api.users.set(id, { id, team_id: TEAM });
  api.users.set(USERS.guest, { id: USERS.guest, team_id: TEAM, is_restricted: true });
  api.users.set(USERS.stranger, { id: USERS.stranger, team_id: 'T0AWAY', is_stranger: true });
  api.users.set(USERS.bot, { id: USERS.bot, team_id: TEAM, is_bot: true });
  api.users.set(USERS.gone, { id: USERS.gone, team_id: TEAM, deleted: true });
  api.groups.set(GROUP, [USERS.grouped]);
  const log: LogLine[] = [];
  const line = (level: string) => (fields: LogFields, text: string) => void log.push({ level, fields, text });
  const receiver = new InProcess();
  const readSecret: Desk['deps']['readSecret'] = async (source) =>
    'env' in source && source.env === 'BOT_TOKEN' ? 'xoxb-the-secret' : made.deps.readSecret(source);
  const bot = await startBot({
    deps: { ...made.deps, readSecret },
    config: async () => config,
    log: { info: line('info'), warn: line('warn'), error: line('error') },
    receiver,
    fetch: api.fetch,
    ...parts,
  });
  let count = 0;
  const next = (): string => {
    count += 1;
    return `1.${count}`;
  };
  const send: House['send'] = async (body, properties) => {
    const answer = await receiver.send(body, properties ?? { deliveryKey: `envelope-${next()}` });
    await settle();
    return answer;
  };
  const response = (): string => `http://127.0.0.1:9/response/${next()}`;
  const common = () => ({ api_app_id: APP, trigger_id: `trigger-${next()}` });
  return {
    desk: made,
    api,
    bot,
    log,
    config,
    send,
    command: (user, text, channel = OPS) =>
      send({
        ...common(),
        command: '/steer',
        text,
        user_id: user,
        team_id: TEAM,
        channel_id: channel,
        response_url: response(),
      }),
    click: (user, action, value, over = {}) =>
      send({
        ...common(),
        type: 'block_actions',
        user: { id: user, team_id: TEAM },
        team: { id: TEAM },
        channel: { id: OPS },
        container: { message_ts: '1700000000.000100' },
        response_url: response(),
        actions: [{ type: 'button', action_id: action, block_id: 'b', value, action_ts: '1' }],
        ...over,
      }),
    submit: (user, values, over = {}) => {
      const { id, metadata } = api.modal();
      return send({
        ...common(),
        type: 'view_submission',
        user: { id: user, team_id: TEAM },
        team: { id: TEAM },
        view: {
          id,
          hash: `${next()}.a`,
          type: 'modal',
          callback_id: 'steer.confirm',
          private_metadata: metadata,
          state: { values },
          ...over,
        },
      });
    },
    runs: () => made.model.runs(),
    types: async () => {
      const events = await made.deps.journal.readAll(0, 10_000);
      return events.filter(({ stream }) => stream !== 'slack').map(({ type }) => type);
    },
  };
};

/** What a button of a run carries, as it was drawn now. */
export const runButton = async (house: House, run: RunId): Promise<string> => {
  const { version, digest } = await house.desk.model.run(run);
  return JSON.stringify({ run, rev: version, digest });
};

/** The fields of the confirming modal, filled in. */
export const filled = (word: string, reason: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  word: { typed: { type: 'plain_text_input', value: word } },
  reason: { text: { type: 'plain_text_input', value: reason } },
  ...more,
});

/** The value of a button in what was said or shown last with such a button in it. */
export const buttonIn = ({ api }: House, action: string): string => {
  const pattern = new RegExp(`"action_id":"${action.replaceAll('.', '\\.')}"`);
  const found = api.calls.findLast(({ args }) => pattern.test(JSON.stringify(args)));
  const walk = (value: unknown): string | null => {
    if (typeof value !== 'object' || value === null) return null;
    if ('action_id' in value && value.action_id === action && 'value' in value) return String(value.value);
    for (const inner of Object.values(value)) {
      const deeper = walk(inner);
      if (deeper !== null) return deeper;
    }
    return null;
  };
  const value = walk(found?.args);
  if (value === null) throw new Error(`no button ${action} in ${house(api.told())}`);
  return value;
};

const house = (told: readonly string[]): string => told.join('\n').slice(-2000);

/** Proposes an evacuation as an operator would, through the plan and the modal. */
export const propose = async (made: House, reason = 'errors in us-east-1 rise'): Promise<RunId> => {
  const before = new Set((await made.runs()).map(({ run }) => run));
  await made.command(USERS.operator, 'evacuate us-east-1');
  await made.click(USERS.operator, 'steer.start', buttonIn(made, 'steer.start'));
  await made.submit(USERS.operator, filled('us-east-1', reason));
  const run = (await made.runs()).find((one) => !before.has(one.run));
  if (run === undefined) throw new Error(`nothing was proposed: ${made.api.modal().text} ${JSON.stringify(made.log)}`);
  return run.run;
};

/** The newest answer to a person, as one text. */
export const lastTold = ({ api }: House): string => api.told().at(-1) ?? '';
