import { didYouMean, oneOf } from '../closest.ts';
import { INHERITED } from '../document.ts';
import { NAME, NAME_WORDS } from '../leaf.ts';
import type { Findings, Path } from '../problem.ts';
import { shown } from '../read.ts';

/** Words with a meaning of their own where a name may stand. */
const RESERVED: ReadonlySet<string> = new Set([...INHERITED, 'each', 'none', 'outside', 'steer', 'all']);

/** Refuses what cannot be a name. */
export const checkName = (name: string, path: Path, at: 'key' | 'value', findings: Findings): void => {
  const isReserved = RESERVED.has(name);
  if (NAME.test(name) && !isReserved) return;
  const expected = isReserved ? 'another name: this word has a meaning of its own' : NAME_WORDS;
  findings.refuse({ path, at, found: `the name ${shown(name)}`, expected, suggestion: null });
};

/** Refuses keys that cannot be names. */
export const checkNames = (map: object | undefined, path: Path, findings: Findings): void => {
  for (const key of Object.keys(map ?? {})) checkName(key, [...path, key], 'key', findings);
};

interface Reference {
  readonly name: string;
  readonly path: Path;
  readonly at: 'key' | 'value';
}

/** Refuses a name that nothing has; `kind` says what it should name, e.g. `region`. */
export const checkKnown = (
  kind: string,
  { name, path, at }: Reference,
  known: readonly string[],
  findings: Findings,
): void => {
  if (known.includes(name)) return;
  const expected =
    known.length === 0 ? `a ${kind} of this file (there is none)` : `a ${kind} of this file: ${oneOf(known)}`;
  findings.refuse({
    path,
    at,
    found: `the unknown ${kind} ${shown(name)}`,
    expected,
    suggestion: didYouMean(name, known),
  });
};

/** Refuses the second and every further equal entry of a list. */
export const checkOnce = (list: readonly (string | undefined)[] | undefined, path: Path, findings: Findings): void => {
  const seen = new Set<string>();
  for (const [index, item] of (list ?? []).entries()) {
    if (item !== undefined && seen.has(item))
      findings.refuse({
        path: [...path, index],
        at: 'value',
        found: `${shown(item)} a second time`,
        expected: 'every entry once',
        suggestion: 'delete one of the two',
      });
    if (item !== undefined) seen.add(item);
  }
};

/** Whether an address stays on this host: what the sandbox may use and nothing else may speak plain HTTP to. */
export const isLoopback = (address: string): boolean => {
  const url = URL.parse(address);
  return url !== null && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
};
