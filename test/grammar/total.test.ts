import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, parseText } from '../../src/grammar/parse.ts';
import { OPTIONS, SYNONYMS, VERBS } from '../../src/grammar/vocabulary.ts';
import { known } from './known.ts';

const word = fc.oneof(
  fc.constantFrom(...VERBS, ...Object.keys(SYNONYMS), ...Object.keys(OPTIONS).map((name) => `--${name}`)),
  fc.constantFrom(
    'us-east-1',
    'us-west-2',
    'checkout',
    'run_01j8',
    '20%',
    'to',
    'from',
    'and',
    ',',
    '-',
    '--',
    '—',
    '“',
    '"',
    "'",
  ),
  fc.constantFrom('--to=', '--reason=x', '__proto__', 'constructor', 'toString', '--constructor', '--__proto__'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const isSentence = (problem: string): boolean =>
  problem.length > 10 && /\s/.test(problem) && !/undefined|NaN|\[object/.test(problem);

describe('whatever is typed', () => {
  it('gives a request or sentences, and never throws', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), fc.boolean(), (words, fromShell) => {
        const parsed = fromShell ? parseArguments(words, known) : parseText(words.join(' '), known);

        expect(parsed.ok || (parsed.problems.length > 0 && parsed.problems.every(isSentence))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('rule 8: never acts on a name that is not known exactly', () => {
    const names = new Set<string>(known.regions);
    fc.assert(
      fc.property(fc.string({ maxLength: 14 }), fc.constantFrom(...known.regions), fc.nat(8), (noise, region, at) => {
        const typed = region.slice(0, at) + noise + region.slice(at + 1);
        const parsed = parseArguments(['evacuate', typed, '--reason', 'x y'], known);

        const acted = parsed.ok && parsed.request.verb === 'propose' ? parsed.request.move.region : null;
        expect(acted === null || (names.has(acted) && typed.toLowerCase().normalize('NFKC').includes(acted))).toBe(
          true,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a book', () => {
    const parsed = parseText(`evacuate us-east-1 --reason ${'x'.repeat(5000)}`, known);

    expect(parsed.ok ? '' : parsed.problems.join()).toContain('longer than 4000 characters');
  });
});
