import { describe, expect, it } from 'vitest';
import { fleetSafety, safetyLimits } from '../../src/config/schema/safety.ts';
import { edited, problemsOf, without, withValue } from './example.ts';

const MODES = ['drill', 'planned', 'emergency'];

const SAFETY_KEYS = [
  ...MODES.flatMap((mode) => Object.keys(safetyLimits.shape).map((key) => ['safety', mode, key])),
  ...Object.keys(fleetSafety).map((key) => [key]),
  ['changeWindows'],
];

/** What a broken generator, a bad merge or a slip of the hand leaves behind. */
const GARBAGE: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['empty text', ''],
  ['zero', 0],
  ['0%', '0%'],
  ['0s', '0s'],
  ['minus one', -1],
  ['a negative percentage', '-5%'],
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['a fraction', 0.6],
  ['a bare number as text', '60'],
  ['too much', '1000000%'],
  ['false', false],
  ['an empty map', {}],
  ['a list', ['60%']],
];

describe('safety settings', () => {
  it.each(SAFETY_KEYS.map((path) => ({ path, name: path.join('.') })))(
    'rule 8: a config without $name is refused, not filled in',
    ({ path, name }) => {
      const problems = problemsOf(without(path));

      expect(problems).toContainEqual(expect.objectContaining({ path: name, found: 'nothing' }));
    },
  );

  it.each(GARBAGE)('rule 8: %s is refused at every safety setting, all of them at once', (_, value) => {
    const text = edited((file) => {
      for (const path of SAFETY_KEYS) file.setIn(path, value);
    });

    const places = new Set(problemsOf(text).map(({ path }) => path.replace(/\[0\].*/, '')));

    expect(SAFETY_KEYS.map((path) => path.join('.')).filter((name) => !places.has(name))).toEqual([]);
  });

  it('rule 8: a mode without limits is refused, and so is a config without any', () => {
    for (const mode of MODES) expect(problemsOf(without(['safety', mode]))[0]?.path).toMatch(`safety.${mode}`);
    expect(problemsOf(without(['safety'])).map(({ path }) => path)).toContain('safety');
  });

  it('an empty list of change windows is accepted only when it is written out', () => {
    expect(problemsOf(withValue(['changeWindows'], []))).toEqual([]);
    expect(problemsOf(without(['changeWindows']))).not.toEqual([]);
  });

  it.each([
    [0.6, 'write 60%'],
    [60, 'write 60%'],
    [1, 'write 100% (or 1%)'],
    ['0.25', 'write 25%'],
  ])('rule 8: the share %s is refused with the words to type', (value, suggestion) => {
    const problems = problemsOf(withValue(['safety', 'planned', 'largestStep'], value));

    expect(problems).toMatchObject([{ path: 'safety.planned.largestStep', suggestion }]);
  });

  it.each([
    [['safety', 'drill', 'firstStep'], '30%', 'at most largestStep, 20 %'],
    [['safety', 'drill', 'minimumServingRegions'], 3, 'less than the 3 regions'],
    [['safety', 'drill', 'shortestBake'], '90s', 'at least the longest TTL plus metricLag, 2m'],
    [['safety', 'drill', 'finishWithin'], '3m', 'more than one bake'],
    [['safety', 'drill', 'factsMaximumAge'], '30s', 'at least metricLag'],
    [['safety', 'drill', 'servingShareMinimum'], '60%', 'a share that 2 regions can have at once'],
    [['emergencyFactsAge'], '1m', 'at least safety.emergency.factsMaximumAge'],
  ])('rule 8: %j as %s contradicts another setting and is refused', (path, value, expected) => {
    const problems = problemsOf(withValue(path, value));

    expect(problems).toMatchObject([{ path: path.join('.'), expected: expect.stringContaining(expected) }]);
  });

  it('rule 8: many broken limits are told together', () => {
    const text = edited((file) => {
      for (const mode of MODES) file.setIn(['safety', mode], {});
    });

    const problems = problemsOf(text).filter(({ path }) => path.startsWith('safety.'));

    expect(problems).toHaveLength(MODES.length * Object.keys(safetyLimits.shape).length);
  });
});
