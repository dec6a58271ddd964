import { describe, expect, it } from 'vitest';
import { dateText, messageTime } from '../../../../src/sandbox/page/view/dates.ts';
import { READING } from './reading.ts';

const AT = Date.UTC(2026, 0, 5, 14, 3, 20) / 1000;
const DAY = 86_400;

describe('dates', () => {
  it.each([
    ['{date_num}', '2026-01-05'],
    ['{date_slash}', '2026/01/05'],
    ['{date}', 'January 5th, 2026'],
    ['{date_long}', 'Monday, January 5th, 2026'],
    ['{date_short}', 'Jan 5, 2026'],
    ['{date_pretty}', 'today'],
    ['{time}', '15:03'],
    ['at {time_secs}!', 'at 15:03:20!'],
    ['{ago}', '0 min ago'],
  ])('shows %s by the clock of the reader', (format, expected) => {
    expect(dateText(AT, format, READING)).toBe(expected);
  });

  it('says yesterday and tomorrow, and the date beyond', () => {
    const around = [-2, -1, 1, 2].map((days) => dateText(AT + days * DAY, '{date_short_pretty}', READING));

    expect(around).toEqual(['Jan 3, 2026', 'yesterday', 'tomorrow', 'Jan 7, 2026']);
  });

  it.each([Number.NaN, 1.5, 1e300])('leaves %s to the fallback', (seconds) => {
    expect(dateText(seconds, '{time}', READING)).toBeNull();
  });

  it('shows when a message came', () => {
    expect(messageTime(`${AT}.000100`, READING)).toBe('15:03');
  });
});
