import { expect, it } from 'vitest';
import { judgeAlarm, type Reading } from '../../../src/sandbox/cloudwatch/alarm-evaluation.ts';

const READINGS: Record<string, Reading> = { X: 'breaching', '0': 'fine', '-': 'missing' };

/** Oldest first, as the vendor's documentation draws it. */
const draw = (text: string): Reading[] =>
  text
    .split(' ')
    .map((mark) => READINGS[mark] ?? 'missing')
    .reverse();

const CURRENT = 'OK';

it.each([
  ['0 - X - X', 3, 'OK', 'OK', 'OK', 'OK'],
  ['0 - - - -', 3, 'OK', 'OK', 'OK', 'OK'],
  ['- - - - -', 3, 'INSUFFICIENT_DATA', CURRENT, 'ALARM', 'OK'],
  ['0 X X - X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['- - X - -', 3, 'ALARM', CURRENT, 'ALARM', 'OK'],
  ['0 - X - X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 0 X 0 X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
  ['0 - X - -', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - - 0', 2, 'OK', 'OK', 'ALARM', 'OK'],
  ['- - - X -', 2, 'ALARM', CURRENT, 'ALARM', 'OK'],
] as const)('%s with %i of 3 is %s, ignored %s, breaching %s, not breaching %s', (drawn, m, ...expected) => {
  const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

  const states = treatments.map((treatMissingData) =>
    judgeAlarm(draw(drawn), { evaluationPeriods: 3, datapointsToAlarm: m, treatMissingData }, CURRENT),
  );

  expect(states).toEqual(expected);
});
