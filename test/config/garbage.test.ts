import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/config/parse.ts';
import { EXAMPLE, edited, pathsOfExample } from './example.ts';

const LINES = EXAMPLE.split('\n');

/** What a refusal must be to be of use: at least one problem, each with a place inside the text and words. */
const expectUsable = (text: string): void => {
  const parsed = parse(text, 'steer.yaml');
  if (parsed.ok) return;
  const lines = text.split('\n');
  expect(parsed.problems.length).toBeGreaterThan(0);
  for (const { line, column, found, expected } of parsed.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    expect(found.length * expected.length).toBeGreaterThan(0);
    expect(found).not.toContain('could not finish');
  }
};

const PATHS = pathsOfExample();

/** Maps whose keys are names of somebody's choice: without one of them, what is told may be that the rest is not enough. */
const COLLECTIONS = ['people', 'providers', 'services', 'signals', 'gates', 'sets', 'values', 'capacity', 'home'];

/** Words of which a problem must have one when the key at this path is gone. */
const wordsFor = (path: (typeof PATHS)[number]): readonly string[] => {
  const keys = path.filter((part) => typeof part === 'string');
  const [key = '', above = ''] = keys.toReversed();
  // What the defaults no longer say is missing at the services.
  const shared: Readonly<Record<string, readonly string[]>> = {
    set: ['sets'],
    serviceDefaults: ['services'],
    each: [above],
  };
  return [key, ...(COLLECTIONS.includes(above) ? [above] : []), ...(shared[key] ?? [])];
};

/** Without it the service is as the defaults say, which may be wrong in another place. */
const isSaidByDefaults = ([top, , key]: (typeof PATHS)[number]): boolean =>
  top === 'services' &&
  key !== undefined &&
  PATHS.some(([first, second]) => first === 'serviceDefaults' && second === key);

describe('parse, attacked', () => {
  it('rule 7: any text is a config or a list of problems with their places, never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 })),
        (text) => {
          expect(parse(text, 'x').ok).toBe(false);
          expectUsable(text);
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it('rule 7: any value is a config or a list of problems with their places, never an exception', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(parse(text, 'x').ok).toBe(false);
        expectUsable(text);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('rule 7: the example with a line lost, doubled, swapped or cut is judged, never an exception', () => {
    const index = fc.nat({ max: LINES.length - 1 });

    fc.assert(
      fc.property(index, index, fc.nat({ max: 3 }), (one, other, kind) => {
        const lines = [...LINES];
        const [a, b] = [LINES[one] ?? '', LINES[other] ?? ''];
        if (kind === 0) lines.splice(one, 1);
        if (kind === 1) lines.splice(one, 0, a);
        if (kind === 2) lines.splice(one, 1, b);
        if (kind === 3) lines.length = one;
        expectUsable(lines.join('\n'));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('rule 7: the example with any value replaced by any other is judged, never an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PATHS), fc.jsonValue({ maxDepth: 2 }), (path, value) => {
        expectUsable(edited((file) => file.setIn(path, value)));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('rule 8: any one key taken out is optional, said by serviceDefaults, or named', () => {
    const unnamed = PATHS.filter((path) => !isSaidByDefaults(path)).filter((path) => {
      const parsed = parse(
        edited((file) => file.deleteIn(path)),
        'steer.yaml',
      );
      if (parsed.ok) return false;
      const told = parsed.problems
        .map(({ path: place, found, expected }) => `${place} ${found} ${expected}`)
        .join('\n');
      return !wordsFor(path).some((word) => told.includes(word));
    });

    expect(unnamed.map((path) => path.join('.'))).toEqual([]);
  }, 60_000);
});
