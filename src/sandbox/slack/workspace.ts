import type { WireHandler } from '../wire.ts';
import { createCallFaults } from './call-faults.ts';
import { createCallLog } from './call-log.ts';
import { createDispatch } from './delivery/dispatch.ts';
import type { Transport } from './delivery/envelope.ts';
import { createSignedHttp } from './delivery/signed-http.ts';
import { createSocketHub, type Link, type LinkEnd } from './delivery/socket-hub.ts';
import { createRoutes } from './http-routes.ts';
import { removeMessage } from './messages.ts';
import { clickOn } from './people/click.ts';
import { command } from './people/command.ts';
import { openHome, say, setGroup } from './people/events.ts';
import { close, submit } from './people/submit.ts';
import { createRateLimits } from './rate-limits.ts';
import { createResponseUrls } from './response-urls.ts';
import { SANDBOX_WORKSPACE, type WorkspaceSeed } from './seed.ts';
import { createSight } from './sight.ts';
import { createState, type StoredChannel } from './state.ts';
import { createTickets } from './tickets.ts';
import { createTriggers } from './triggers.ts';
import type { Workspace } from './types.ts';
import { createWebApi } from './web-api.ts';
import { createWorkspaceFaults } from './workspace-faults.ts';

export interface WorkspaceOptions {
  /** Milliseconds since 1970, real or virtual. */
  readonly now: () => number;
  /** Resolves after `ms` of the same clock; rejects as soon as the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to but not including 1. Ids are made of it: two equal sequences in one workspace make equal ids. */
  readonly random: () => number;
  /** Left out: `SANDBOX_WORKSPACE`. */
  readonly seed?: WorkspaceSeed;
  /**
   * How many messages may be posted to one channel at once before the limit of one a second holds. Slack allows "short
   * bursts" without a figure; left out, it is 1, which is the narrowest reading.
   */
  readonly postBurst?: number;
}

/** A workspace without sockets: bytes go in by `handle` and `connect`, and out by what was connected. */
export interface SlackWorkspace extends Workspace {
  /** The Web API below `/api/`, the addresses of answers, and uploads. */
  readonly handle: WireHandler;
  /** Takes a Socket Mode connection. Deliveries go over sockets until `useHttp`. */
  connect(link: Link): LinkEnd;
  /** True once for a ticket of `apps.connections.open`, while it lives. */
  redeem(ticket: string): boolean;
  /** Whether an outage is on: nobody can connect then. */
  isOut(): boolean;
  /** Delivers by signed requests from now on, once the bot has given back the challenge of `url_verification`. */
  useHttp(bot: WireHandler, path?: string): Promise<void>;
  /** Says where the workspace can be reached, `http://127.0.0.1:PORT`; addresses that it gives out begin with it. */
  reachableAt(origin: string): void;
  /** Ends every connection and everything that is still waited for. */
  shutDown(): void;
}

export const createWorkspace = (options: WorkspaceOptions): SlackWorkspace => {
  const { now, random } = options;
  const state = createState(options.seed ?? SANDBOX_WORKSPACE, now, random);
  const ended = new AbortController();
  let isOut = false;

  const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    options.sleep(ms, AbortSignal.any([signal, ended.signal]));
  const wait = (ms: number): Promise<void> => sleep(ms, ended.signal).catch(() => new Promise<void>(() => {}));

  const hub = createSocketHub({ appId: state.app.id, random, wait, changed: state.changed });
  let transport: Transport = hub.carry;
  const dispatch = createDispatch({ now, ids: state.ids, sleep, transport: () => transport, isOut: () => isOut });
  const triggers = createTriggers(now, state.ids.secret);
  const tickets = createTickets(now, state.ids.uuid);
  const responseUrls = createResponseUrls(state);
  const limits = createRateLimits(now, { postBurst: options.postBurst ?? 1 });
  const calls = createCallFaults();
  const log = createCallLog();
  const api = createWebApi({ state, triggers, limits, tickets, faults: calls, log, wait });
  const stage = { state, triggers, responseUrls, dispatch };

  const channelOf = (id: string): StoredChannel => {
    const channel = state.channels.get(id);
    if (channel === undefined) throw new TypeError(`the workspace has no channel ${id}`);
    return channel;
  };
  const change = (id: string, edit: (channel: StoredChannel) => void): void => {
    edit(channelOf(id));
    state.changed();
  };

  return {
    ...createSight(state),
    command: (user, channel, text) => command(stage, user, channel, text),
    click: (user, place, actionId, blockId, details = {}) =>
      clickOn(stage, { user, actionId, blockId, details }, place),
    submit: (user, view, values) => submit(stage, user, view, values),
    close: (user, view) => close(stage, user, view),
    openHome: (user) => openHome(stage, user),
    say: (user, channel, text, threadTs) => say(stage, user, channel, text, threadTs ?? null),
    deleteMessage: (id, ts) => {
      const channel = channelOf(id);
      const message = channel.messages.find((one) => one.ts === ts);
      if (message !== undefined) removeMessage(state, channel, message);
    },
    archiveChannel: (id, isArchived) =>
      change(id, (channel) => {
        channel.isArchived = isArchived;
      }),
    renameChannel: (id, name) =>
      change(id, (channel) => {
        channel.name = name;
      }),
    addToChannel: (id, user) =>
      change(id, (channel) => {
        channel.members = [...new Set([...channel.members, user])];
      }),
    removeFromChannel: (id, user) =>
      change(id, (channel) => {
        channel.members = channel.members.filter((member) => member !== user);
      }),
    setGroup: (group, users) => setGroup(stage, group, users),
    faults: createWorkspaceFaults({
      calls,
      hub,
      dispatch,
      setOut: (out) => {
        isOut = out;
        state.changed();
      },
    }),
    calls: log.all,
    sockets: hub.size,
    subscribe: (listener) => {
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    handle: createRoutes({ state, responseUrls, api, isOut: () => isOut }),
    connect: (link) => {
      if (!isOut) return hub.connect(link);
      link.close();
      return { receive: () => {}, closed: () => {} };
    },
    redeem: tickets.redeem,
    isOut: () => isOut,
    useHttp: async (bot, path = '/slack/events') => {
      const { signingSecret } = state.app;
      transport = await createSignedHttp({ signingSecret, now, bot, path }, state.ids.secret(40));
    },
    reachableAt: (origin) => {
      state.origin = origin;
    },
    shutDown: () => {
      ended.abort();
      hub.drop();
    },
  };
};
