import { describe, expect, it } from 'vitest';
import { configFromJson, UnreadableConfig } from '../../src/config/config-schema.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import { configOf, EXAMPLE, edited } from './example.ts';

const stored = (): Record<string, unknown> => JSON.parse(JSON.stringify(configOf(EXAMPLE))) as Record<string, unknown>;

describe('an accepted config in the journal', () => {
  it('comes back as it was, with the same canonical text, and frozen', () => {
    const config = configOf(EXAMPLE);

    const again = configFromJson(stored());

    expect(again).toEqual(config);
    expect(canonicalText(again)).toBe(canonicalText(config));
    expect(Object.isFrozen(again.safety.drill)).toBe(true);
  });

  it('has the same canonical text whatever the layout of the file', () => {
    const text = edited((file) => file.setIn(['soloAfter'], '600s')).replaceAll('3m', '180s');

    expect(canonicalText(configOf(text))).toBe(canonicalText(configOf(EXAMPLE)));
  });

  it.each([
    [
      'a limit is missing',
      (json: Record<string, unknown>) =>
        delete (json['safety'] as Record<string, Record<string, unknown>>)['drill']?.['firstStep'],
    ],
    ['a key is unknown', (json: Record<string, unknown>) => Object.assign(json, { tomorrow: 1 })],
    [
      'a name is none',
      (json: Record<string, unknown>) => Object.assign(json, { regions: ['us-east-1', 'not a name'] }),
    ],
    ['a number is a text', (json: Record<string, unknown>) => Object.assign(json, { soloAfterMs: '600000' })],
  ])('rule 7: is refused rather than guessed when %s', (_, damage) => {
    const json = stored();

    damage(json);

    expect(() => configFromJson(json)).toThrow(UnreadableConfig);
  });

  it.each([null, undefined, [], '', 1])('rule 7: %j is no config', (json) => {
    expect(() => configFromJson(json)).toThrow(UnreadableConfig);
  });
});
