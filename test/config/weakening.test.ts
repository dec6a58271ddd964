import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configSchema } from '../../src/config/config-schema.ts';
import { effectOf, lineOf, WEAKENING } from '../../src/config/weakening.ts';
import { STRICTNESS } from '../../src/domain/limits.ts';

/** Every leaf key of a schema, lists as `[]`, maps as `.*`, the three modes as one map. */
const leavesOf = (schema: unknown, pattern: string): readonly string[] => {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional)
    return leavesOf(schema.unwrap(), pattern);
  if (schema instanceof z.ZodArray) return leavesOf(schema.element, `${pattern}[]`);
  if (schema instanceof z.ZodRecord) return leavesOf(schema.valueType, `${pattern}.*`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => leavesOf(option, pattern));
  if (!(schema instanceof z.ZodObject)) return [pattern];
  return Object.entries(schema.shape).flatMap(([key, child]) =>
    leavesOf(child, pattern === 'safety' ? 'safety.*' : pattern === '' ? key : `${pattern}.${key}`),
  );
};

const LEAVES = [...new Set(leavesOf(configSchema, ''))];

/** Values that are judged as one: a line for them speaks for all that is inside. */
const WHOLES = [
  'changeWindows',
  'people[].identities[]',
  'people[].totpSecretFrom',
  'providers[].credentials',
  'providers[].assumeRole',
  'slack.botTokenFrom',
  'slack.transport',
  'slack.groups[]',
  'notify[]',
];

const hasLine = (leaf: string): boolean =>
  [leaf, ...WHOLES.filter((whole) => leaf.startsWith(whole))].some((pattern) => Object.hasOwn(WEAKENING, pattern));

describe('the weakening table', () => {
  it.each(LEAVES)('rule 8: %s has a line', (leaf) => {
    expect(hasLine(leaf)).toBe(true);
  });

  it('rule 8: a key without a line counts as weakening, whatever happens to it', () => {
    const line = lineOf('safety.*.aLimitOfTomorrow');

    for (const [before, after] of [
      [1, 2],
      [2, 1],
      ['a', 'b'],
      [true, false],
      [null, 1],
      [undefined, 1],
      [1, undefined],
    ])
      expect(effectOf(line, before, after)).toBe('weakens');
  });

  it('has no line for a key that no config has', () => {
    const patterns = Object.keys(WEAKENING);

    const stale = patterns.filter(
      (pattern) =>
        !LEAVES.some((leaf) => leaf === pattern || leaf.startsWith(`${pattern}.`) || leaf.startsWith(`${pattern}[`)),
    );

    expect(patterns.length).toBeGreaterThan(80);
    expect(stale).toEqual([]);
  });

  it('rule 8: lists and maps whose entries come and go have a line, too', () => {
    const lists = LEAVES.flatMap((leaf) =>
      leaf
        .matchAll(/\[\]|\.\*/g)
        .map(({ index }) => leaf.slice(0, index + 2))
        .toArray(),
    );
    const named = new Set(
      lists.filter((list) => list !== 'safety.*' && list !== 'changeWindows[]' && !list.startsWith('changeWindows')),
    );

    const without = [...named].filter((list) => !Object.hasOwn(WEAKENING, list));

    expect(without).toEqual([]);
  });

  it.each(Object.entries(STRICTNESS))(
    'rule 8: %s weakens in one direction and strengthens in the other',
    (key, strictness) => {
      const line = lineOf(`safety.*.${key}`);

      const [lower, higher] = [effectOf(line, 2, 1), effectOf(line, 1, 2)];

      expect([lower, higher]).toEqual(
        strictness === 'higher-is-stricter' ? ['weakens', 'strengthens'] : ['strengthens', 'weakens'],
      );
    },
  );
});
