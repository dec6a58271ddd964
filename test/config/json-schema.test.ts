import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { jsonSchema } from '../../src/config/json-schema.ts';
import { EXAMPLE, edited, without } from './example.ts';

type Node = { readonly [key: string]: unknown };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of a schema that have no description, by path. */
const undescribed = (schema: unknown, path: string): readonly string[] => {
  if (!isNode(schema)) return [];
  const properties = isNode(schema['properties']) ? schema['properties'] : {};
  const branches = ['oneOf', 'anyOf'].flatMap((key) => (Array.isArray(schema[key]) ? (schema[key] as unknown[]) : []));
  return [
    ...Object.entries(properties).flatMap(([key, child]) => {
      const place = `${path}.${key}`;
      // The word that tells the kinds of a thing apart explains itself.
      const isWord = isNode(child) && typeof child['const'] === 'string';
      const isSilent = !isWord && !(isNode(child) && typeof child['description'] === 'string');
      return [...(isSilent ? [place] : []), ...undescribed(child, place)];
    }),
    ...[schema['items'], schema['additionalProperties'], ...branches].flatMap((child) => undescribed(child, path)),
  ];
};

/** zod reads the published schema back, so that what an editor would say is what is tested. */
const validator = z.fromJSONSchema(jsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

describe('the schema for editors', () => {
  it('describes every key', () => {
    expect(undescribed(jsonSchema(), '')).toEqual([]);
  });

  it('accepts the example', () => {
    const checked = validator.safeParse(parseYaml(EXAMPLE));

    expect(checked.error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['an unknown key', edited((file) => file.setIn(['safety', 'drill', 'firstSteps'], '1%'))],
    ['a number for a percentage', edited((file) => file.setIn(['safety', 'drill', 'firstStep'], 0.1))],
    ['a missing limit', without(['safety', 'drill', 'firstStep'])],
    ['an unknown kind of signal', edited((file) => file.setIn(['signals', 'pager', 'kind'], 'telepathy'))],
  ])('refuses %s', (_, text) => {
    expect(validator.safeParse(parseYaml(text)).success).toBe(false);
  });
});
