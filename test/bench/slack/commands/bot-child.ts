import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const READY = z.object({ is: z.literal('ready') });
const GOING = z.object({ is: z.literal('going'), runs: z.array(z.string()).length(2) });
const COUNTED = z.object({ is: z.literal('counted'), events: z.array(z.number()).length(2) });
const ENDED = z.object({ is: z.literal('ended'), troubles: z.array(z.string()) });

/** The bot in a process of its own. */
export interface BotChild {
  /** Begins two runs that change all the time; gives their names. */
  readonly go: () => Promise<readonly string[]>;
  /** Events of each of them so far. */
  readonly events: () => Promise<readonly number[]>;
  /** Asks it to leave; what it complained of, oldest first. */
  readonly leave: () => Promise<readonly string[]>;
  /** For a child that did not leave; nothing where it has. */
  readonly kill: () => void;
}

export interface BotChildOptions {
  readonly apiUrl: string;
  readonly members: number;
  /** Events of earlier runs in the store, about. */
  readonly history: number;
}

const heard = async <T>(child: ChildProcess, schema: z.ZodType<T>): Promise<T> => {
  const heardOrGone = new AbortController();
  const { signal } = heardOrGone;
  const gone = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the bot's process ended with ${code}`);
  });
  gone.catch(() => {});
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), gone]);
    return schema.parse(message);
  } finally {
    heardOrGone.abort();
  }
};

/** Resolves once it listens. */
export const startBotChild = async ({ apiUrl, members, history }: BotChildOptions): Promise<BotChild> => {
  const child = fork(join(import.meta.dirname, 'bot-process.ts'), [apiUrl, String(members), String(history)]);
  try {
    await heard(child, READY);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  const order = <T>(what: string, schema: z.ZodType<T>): Promise<T> => {
    child.send(what);
    return heard(child, schema);
  };
  return {
    go: async () => (await order('go', GOING)).runs,
    events: async () => (await order('count', COUNTED)).events,
    leave: async () => {
      const gone = once(child, 'exit');
      const { troubles } = await order('leave', ENDED);
      await gone;
      return troubles;
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
