import type { IdSource, Random } from '../ports/chance.ts';
import type { Clock } from '../ports/clock.ts';

/** Crockford's base 32 in lower case: no i, l, o, u, which people misread; and its order is the order of ASCII. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** 10 digits hold milliseconds until the year 10889. */
const TIME_DIGITS = 10;
/** 32,768 ids in one millisecond, more than one process makes; beyond it the id borrows the next millisecond. */
const SERIAL_DIGITS = 3;
/** 65 bits: two processes that make an id in the same millisecond still differ. */
const RANDOM_DIGITS = 13;

const digitsOf = (value: number, length: number): string => {
  let text = '';
  for (let left = Math.max(0, Math.floor(value)); text.length < length; left = Math.floor(left / 32))
    text = DIGITS.charAt(left % 32) + text;
  return text;
};

/**
 * Ids such as `run_01hx3k5v7q000f9tq2m7c4n8w1`: time, serial within the millisecond, chance. Those of one source sort in the
 * order of making, also when its clock goes back.
 */
export const timeSortedIds = (clock: Pick<Clock, 'now'>, random: Random): IdSource => {
  let lastMs = 0;
  let serial = 0;
  return {
    next: (prefix) => {
      const nowMs = Math.floor(clock.now());
      serial = nowMs > lastMs ? 0 : serial + 1;
      lastMs = Math.max(nowMs, lastMs);
      if (serial === 32 ** SERIAL_DIGITS) {
        serial = 0;
        lastMs += 1;
      }
      const chance = Array.from({ length: RANDOM_DIGITS }, () => DIGITS.charAt(Math.floor(random.next() * 32))).join(
        '',
      );
      return `${prefix}_${digitsOf(lastMs, TIME_DIGITS)}${digitsOf(serial, SERIAL_DIGITS)}${chance}`;
    },
  };
};
