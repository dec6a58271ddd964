import type { Role } from '../../../../src/domain/config.ts';
import type { Acted, WorkspaceMessage } from '../../../../src/sandbox/slack/types.ts';
import { DESK, OPS, someone } from '../crowd.ts';
import type { World } from './world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What people did, and how much of it the bot took. */
export interface Done {
  runs: number;
  commands: number;
  clicks: number;
  homes: number;
  refreshes: number;
  outages: number;
  /** Acts that Slack would show as failed, or whose effect nobody saw. */
  readonly failed: string[];
}

const LOOKS = ['status', 'whoami', 'help', 'history', 'evacuate us-esat-1', 'plan evacuate us-west-2', 'drill list'];

const has = (action: string) => (message: WorkspaceMessage) =>
  !message.isDeleted && JSON.stringify(message.blocks).includes(`"${action}"`);

/** People at work: one run an hour from the plan to its end, and everything that is asked beside it. */
export class Day {
  readonly done: Done = { runs: 0, commands: 0, clicks: 0, homes: 0, refreshes: 0, outages: 0, failed: [] };
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** One hour, which ends with nothing under way and nothing left in the channels. */
  async hour(number: number): Promise<void> {
    const { clock, sleep } = this.#world;
    const until = clock.now() + HOUR;
    await Promise.all([this.#drill(number), this.#chatter(until - 5 * MINUTE), this.#weather(until - 5 * MINUTE)]);
    await this.#outage(90 * SECOND);
    await sleep(until - MINUTE - clock.now());
    this.#tidy();
    await this.#world.retain();
    await sleep(until - clock.now());
  }

  /** A drill from its plan to its end, held and resumed on the way, all through Slack. */
  async #drill(number: number): Promise<void> {
    const { sleep } = this.#world;
    const service = number % 2 === 0 ? 'shop' : 'cart';
    await this.#type(
      'operator',
      OPS,
      `evacuate us-east-1 --drill --return --stay 5m --service ${service} --reason "drill ${number}"`,
    );
    await this.#press('operator', 'steer.start');
    await this.#confirm('operator', { word: 'us-east-1', reason: `the drill of hour ${number}, as planned` });
    await sleep(20 * SECOND);
    await this.#press('approver', 'steer.approve');
    await sleep(3 * MINUTE);
    await this.#press('responder', 'steer.hold');
    await sleep(2 * MINUTE);
    await this.#press('operator', 'steer.resume');
    await sleep(45 * MINUTE);
    const { user } = someone(this.#world.members, 'operator');
    const isOver = this.#world.workspace
      .messages(user, OPS)
      .some(({ text, threadTs }) => threadTs === null && /DONE: us-east-1 evacuated/.test(text));
    if (isOver) this.done.runs += 1;
    else this.done.failed.push(`hour ${number}: the run did not end well`);
  }

  /** Somebody asks something every fifteen seconds, and every five minutes somebody opens the home. */
  async #chatter(until: number): Promise<void> {
    const { clock, sleep, members, workspace, act } = this.#world;
    for (let asked = 0; clock.now() < until; asked += 1) {
      await sleep(15 * SECOND);
      const member = members[asked % members.length];
      if (member === undefined) continue;
      await this.#say(member.user, DESK, LOOKS[asked % LOOKS.length] ?? '');
      if (asked % 20 !== 0) continue;
      this.done.homes += 1;
      this.#note('home', await act('home', () => workspace.openHome(member.user)));
    }
  }

  /** Slack refreshes a connection every twenty minutes, delivers some things twice, and limits an edit now and then. */
  async #weather(until: number): Promise<void> {
    const { clock, sleep, workspace } = this.#world;
    while (clock.now() < until - 20 * MINUTE) {
      await sleep(20 * MINUTE - 30 * SECOND);
      workspace.faults.refresh();
      workspace.faults.duplicate(2);
      workspace.faults.rateLimit('chat.update', 1, 10);
      this.done.refreshes += 1;
      await sleep(30 * SECOND);
    }
  }

  /** While nobody does anything: what people do then is lost, as in life. */
  async #outage(ms: number): Promise<void> {
    const { workspace, sleep } = this.#world;
    workspace.faults.outage(true);
    await sleep(ms);
    workspace.faults.outage(false);
    this.done.outages += 1;
  }

  #type(role: Role, channel: string, text: string): Promise<void> {
    return this.#say(someone(this.#world.members, role).user, channel, text);
  }

  async #say(user: string, channel: string, text: string): Promise<void> {
    this.done.commands += 1;
    this.#note(text, await this.#world.act('command', () => this.#world.workspace.command(user, channel, text)));
  }

  async #press(role: Role, action: string): Promise<void> {
    const { workspace, act, members } = this.#world;
    const { user } = someone(members, role);
    const message = workspace.messages(user, OPS).findLast(has(action));
    if (message === undefined) {
      this.done.failed.push(`${role} sees no ${action}`);
      return;
    }
    this.done.clicks += 1;
    const place = { channel: OPS, ts: message.ts };
    this.#note(action, await act('click', () => workspace.click(user, place, action)));
  }

  async #confirm(role: Role, values: Readonly<Record<string, string>>): Promise<void> {
    const { workspace, act, members } = this.#world;
    const { user } = someone(members, role);
    const view = workspace.modals(user).at(-1);
    if (view === undefined) {
      this.done.failed.push(`${role} sees no form`);
      return;
    }
    this.done.clicks += 1;
    this.#note('form', await act('submit', () => workspace.submit(user, view.id, values)));
    const left = workspace.modals(user).at(-1);
    if (left !== undefined) await act('close', () => workspace.close(user, left.id));
  }

  #note(what: string, { problem }: Acted): void {
    if (problem !== null) this.done.failed.push(`${what}: ${problem}`);
  }

  /** The workspace keeps messages for an hour: what people have read is not the bot's memory. */
  #tidy(): void {
    const { workspace, members } = this.#world;
    for (const { user } of members) {
      for (const channel of [OPS, DESK, workspace.direct(user)]) {
        for (const { ts } of workspace.messages(user, channel)) {
          for (const reply of workspace.thread(user, channel, ts)) {
            if (reply.ts !== ts) workspace.deleteMessage(channel, reply.ts);
          }
          workspace.deleteMessage(channel, ts);
        }
      }
    }
  }
}
