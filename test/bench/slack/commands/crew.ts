import type { SlackWorkspace } from '../../../../src/sandbox/slack/workspace.ts';
import { type Member, OPS } from '../crowd.ts';

/** What somebody types, and how many messages answer it: a plan is announced first. */
export interface Typed {
  readonly text: string;
  readonly answers: number;
}

/** What happened to one command. */
export interface Told {
  readonly typed: Typed;
  readonly user: string;
  /** What Slack would show of the acknowledgement: null when it came in time. */
  readonly problem: string | null;
  readonly ackMs: number | null;
  /** When the last of its answers could be seen; null while it could not. */
  readonly answeredMs: number | null;
  /** Messages that only this person saw since he typed. */
  readonly answers: number;
}

interface Open {
  readonly typed: Typed;
  readonly user: string;
  readonly startedAt: number;
  readonly after: string;
  seen: number;
  answeredMs: number | null;
}

const LOOK_MS = 20;

/** Everybody types one command at the same moment, and what he then sees is counted at the workspace. */
export class Crew {
  readonly #workspace: SlackWorkspace;
  readonly #members: readonly Member[];
  readonly #channel: string;

  constructor(workspace: SlackWorkspace, members: readonly Member[], channel = OPS) {
    this.#workspace = workspace;
    this.#members = members;
    this.#channel = channel;
  }

  /** Resolves when everything was answered, or after `patienceMs`; then counts once more after `quietMs`. */
  async typeAtOnce(texts: readonly Typed[], patienceMs: number, quietMs: number): Promise<readonly Told[]> {
    const startedAt = performance.now();
    const open = this.#members.map((member, i): Open => {
      const typed = texts[i % texts.length];
      if (typed === undefined) throw new Error('nothing to type');
      return { typed, user: member.user, startedAt, after: this.#newest(member.user), seen: 0, answeredMs: null };
    });
    const count = (): void => {
      for (const one of open) this.#count(one);
    };
    const stop = this.#workspace.subscribe(count);
    const acks = await Promise.all(
      open.map(({ user, typed }) => this.#workspace.command(user, this.#channel, typed.text)),
    );
    const late = performance.now() + patienceMs;
    while (open.some(({ answeredMs }) => answeredMs === null) && performance.now() < late) await pause(LOOK_MS);
    await pause(quietMs);
    stop();
    count();
    return open.map(({ typed, user, seen, answeredMs }, i) => ({
      typed,
      user,
      problem: acks[i]?.problem ?? null,
      ackMs: acks[i]?.acknowledgedMs ?? null,
      answeredMs,
      answers: seen,
    }));
  }

  #own(user: string): readonly string[] {
    return this.#workspace
      .messages(user, this.#channel)
      .filter(({ ephemeralTo }) => ephemeralTo === user)
      .map(({ ts }) => ts);
  }

  #newest(user: string): string {
    return this.#own(user).at(-1) ?? '';
  }

  #count(one: Open): void {
    one.seen = this.#own(one.user).filter((ts) => ts > one.after).length;
    if (one.seen >= one.typed.answers) one.answeredMs ??= performance.now() - one.startedAt;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
