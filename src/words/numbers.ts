import { type BasisPoints, type Instant, WHOLE } from '../domain/units.ts';

/** `33.3 %`: one digit behind the point is what people compare; the digest and JSON have all of them. */
export const share = (points: BasisPoints): string => {
  const rounded = Math.round(points / 10) / 10;
  // A region that still serves must not read as empty.
  if (rounded === 0 && points > 0) return '<0.1 %';
  if (rounded === 100 && points < WHOLE) return '>99.9 %';
  return `${rounded} %`;
};

/** `[####......]`: ASCII, so that it survives every terminal, log and screen reader. Never empty for what still serves. */
export const bar = (points: BasisPoints, width = 10): string => {
  const exact = Math.round((Math.max(0, Math.min(WHOLE, points)) * width) / WHOLE);
  const filled = points > 0 ? Math.max(1, exact) : 0;
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
};

/** `2026-01-05 10:00:00 UTC`. */
export const utc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `10:00:00 UTC` on the same day as `now`, with the date otherwise. */
export const clockTime = (at: Instant, now: Instant): string => {
  const [day, time] = utc(at).split(' ');
  return day === utc(now).split(' ')[0] ? `${time} UTC` : utc(at);
};

/** How a sentence writes an instant. A door whose readers are in many zones passes its own. */
export type TimeText = (at: Instant, now: Instant) => string;

/** `12 min`, `about 1 h 40 min`: minutes as forecast, never with a false precision. */
export const minutesText = (minutes: number): string => {
  const whole = Math.max(1, Math.ceil(minutes));
  if (whole < 120) return `${whole} min`;
  return `${Math.floor(whole / 60)} h ${whole % 60} min`;
};

export const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
