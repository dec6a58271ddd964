import type { Reading } from './reading.ts';

/** https://docs.slack.dev/messaging/formatting-message-text, "Date formatting" (read November 2026). */
const TOKEN =
  /\{(date_num|date_slash|date_long_pretty|date_long|date_short_pretty|date_short|date_pretty|date|time_secs|time|ago)\}/g;

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

const partsIn = (ms: number, tz: string, options: Intl.DateTimeFormatOptions): Readonly<Record<string, string>> => {
  const parts = new Intl.DateTimeFormat('en-US', { ...options, timeZone: tz }).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
};

const numbers = (ms: number, tz: string): string => {
  const { year, month, day } = partsIn(ms, tz, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${year}-${month}-${day}`;
};

const spelled = (ms: number, tz: string, weekday: boolean): string => {
  const {
    year,
    month,
    day = '',
    weekday: name,
  } = partsIn(ms, tz, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
  });
  const ending = ENDINGS[ordinals.select(Number(day))] ?? 'th';
  return `${weekday ? `${name}, ` : ''}${month} ${day}${ending}, ${year}`;
};

const short = (ms: number, tz: string): string => {
  const { year, month, day } = partsIn(ms, tz, { year: 'numeric', month: 'short', day: 'numeric' });
  return `${month} ${day}, ${year}`;
};

const clock = (ms: number, tz: string, hasSeconds: boolean): string => {
  const { hour, minute, second } = partsIn(ms, tz, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return hasSeconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
};

const DAY_MS = 86_400_000;

const pretty = (ms: number, { nowMs, tz }: Reading, otherwise: string): string => {
  const days = [-1, 0, 1].find((offset) => numbers(nowMs + offset * DAY_MS, tz) === numbers(ms, tz));
  return days === undefined ? otherwise : (['yesterday', 'today', 'tomorrow'][days + 1] ?? otherwise);
};

const ago = (ms: number, nowMs: number): string => {
  const minutes = Math.round(Math.abs(nowMs - ms) / 60_000);
  const amount = minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
  return ms <= nowMs ? `${amount} ago` : `in ${amount}`;
};

const tokenText = (token: string, ms: number, reading: Reading): string => {
  const { tz, nowMs } = reading;
  switch (token) {
    case 'date_num':
      return numbers(ms, tz);
    case 'date_slash':
      return numbers(ms, tz).replaceAll('-', '/');
    case 'date_long':
      return spelled(ms, tz, true);
    case 'date_long_pretty':
      return pretty(ms, reading, spelled(ms, tz, true));
    case 'date_short':
      return short(ms, tz);
    case 'date_short_pretty':
      return pretty(ms, reading, short(ms, tz));
    case 'date_pretty':
      return pretty(ms, reading, spelled(ms, tz, false));
    case 'time':
      return clock(ms, tz, false);
    case 'time_secs':
      return clock(ms, tz, true);
    case 'ago':
      return ago(ms, nowMs);
    default:
      return spelled(ms, tz, false);
  }
};

/** An instant as its reader's clock shows it: `format` has tokens such as `{date_short}` and `{time}`. Null when there is no token. */
export const dateText = (seconds: number, format: string, reading: Reading): string | null => {
  if (!Number.isSafeInteger(seconds) || Math.abs(seconds) > 8.64e12) return null;
  if (!format.match(TOKEN)) return null;
  return format.replace(TOKEN, (_, token: string) => tokenText(token, seconds * 1000, reading));
};

/** `14:03`, as beside a message. */
export const messageTime = (ts: string, { tz }: Reading): string => clock(Number(ts) * 1000, tz, false);
