import { type Logger, LogLevel } from '@slack/bolt';

/** Fields of one line: ids and words of our own, never a body, a token or what a person typed. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where the Slack room logs; a pino logger is one. */
export interface Log {
  info(fields: LogFields, text: string): void;
  warn(fields: LogFields, text: string): void;
  error(fields: LogFields, text: string): void;
}

const MOST_CHARACTERS = 300;

/** What could be a secret or an address that is one: tokens of every kind, and links that act for whoever knows them. */
const SECRETS = /\bx(?:ox[a-z]|app)-[\w-]+|https?:\/\/hooks\.[^\s"']+|wss?:\/\/[^\s"']+|\bv0=[0-9a-f]+/gi;

const lineOf = (parts: readonly unknown[]): string => {
  const texts = parts.flatMap((part) => {
    if (typeof part === 'string') return [part];
    // An error's own fields may hold the request or the answer; its name and sentence are enough.
    return part instanceof Error ? [`${part.name}: ${part.message}`] : [];
  });
  return texts.join(' ').replace(SECRETS, '[secret]').slice(0, MOST_CHARACTERS);
};

/**
 * Bolt and the SDK log through this: warnings and errors only, as text. Their debug level prints whole payloads, so it is
 * never passed on, whatever level somebody asks for.
 */
export const boltLogger = (log: Log): Logger => ({
  debug: () => {},
  info: () => {},
  warn: (...parts: readonly unknown[]) => log.warn({ event: 'slack.library' }, lineOf(parts)),
  error: (...parts: readonly unknown[]) => log.error({ event: 'slack.library' }, lineOf(parts)),
  setLevel: () => {},
  getLevel: () => LogLevel.WARN,
  setName: () => {},
});
