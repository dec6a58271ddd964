import type { BasisPoints } from '../domain/units.ts';

/** Two decimals at most: finer than a basis point cannot be kept. */
export const PERCENT = /^(\d{1,6})(?:\.(\d{1,2}))? ?%$/;
export const DURATION = /^(?:\d{1,9}(?:ms|s|m|h|d))(?: ?\d{1,9}(?:ms|s|m|h|d))*$/;
/** A number that may carry its unit: `12000`, `12000/s`, `12000 requests/s`. */
export const AMOUNT = /^(\d{1,15}(?:\.\d{1,6})?) ?([^\d\s.,][^\s]*)?$/;
export const TIME_OF_DAY = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/;
export const STATUS_RANGE = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/;

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `60%` → 6000, `12.5 %` → 1250; null for anything else. Integers only, so that no share is lost to rounding. */
export const readPercent = (text: string): BasisPoints | null => {
  const [, whole, fraction = ''] = PERCENT.exec(text) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
};

/** `90s` → 90000, `1h 30m` → 5400000; null for anything else. */
export const readDuration = (text: string): number | null => {
  if (!DURATION.test(text)) return null;
  let total = 0;
  for (const [, count, unit = ''] of text.matchAll(/(\d+)(ms|s|m|h|d)/g)) total += Number(count) * (UNIT_MS[unit] ?? 0);
  return Number.isSafeInteger(total) ? total : null;
};

export interface Amount {
  readonly value: number;
  /** As written; null where the number stands alone. */
  readonly unit: string | null;
}

/** `12000/s` → 12000 and `/s`; null for anything else. */
export const readAmount = (written: string | number): Amount | null => {
  if (typeof written === 'number')
    return Number.isFinite(written) && written >= 0 ? { value: written, unit: null } : null;
  const [, digits, unit = null] = AMOUNT.exec(written) ?? [];
  return digits === undefined ? null : { value: Number(digits), unit };
};

/** Whether a unit written beside a number is the service's: `requests/s` may be written in full or as `/s`. */
export const isUnitOf = (written: string, unit: string): boolean =>
  written === unit || (unit.includes('/') && written === unit.slice(unit.indexOf('/')));

/** `09:30` → 570; null for anything else. `24:00` is the end of a day. */
export const readTimeOfDay = (text: string): number | null => {
  const [, hours, minutes, endHours, endMinutes] = TIME_OF_DAY.exec(text) ?? [];
  const h = hours ?? endHours;
  return h === undefined ? null : Number(h) * 60 + Number(minutes ?? endMinutes);
};

export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/** `200-299` or `200`; null for anything else. */
export const readStatusRange = (written: string | number): StatusRange | null => {
  const [, from, to = from] = STATUS_RANGE.exec(String(written)) ?? [];
  if (from === undefined || Number(to) < Number(from)) return null;
  return { from: Number(from), to: Number(to) };
};

/** What somebody who wrote a bare number or a fraction most likely meant. */
export const suggestPercent = (raw: unknown): string | null => {
  const number =
    typeof raw === 'number' ? raw : typeof raw === 'string' && /^\d*\.?\d+$/.test(raw) ? Number(raw) : Number.NaN;
  if (!Number.isFinite(number) || number <= 0) return null;
  if (number === 1) return 'write 100% (or 1%)';
  const percent = Number((number < 1 ? number * 100 : number).toFixed(2));
  return percent > 0 && percent <= 1000 ? `write ${percent}%` : null;
};

export const suggestDuration = (raw: unknown): string | null => {
  if (typeof raw === 'number' && Number.isInteger(raw) && raw > 0) return `write ${raw}s if you mean seconds`;
  if (typeof raw !== 'string') return null;
  const [, count, word = ''] = /^(\d+) *(sec|second|min|minute|hr|hour|day)s?$/i.exec(raw) ?? [];
  return count === undefined ? null : `write ${count}${word.charAt(0).toLowerCase()}`;
};
