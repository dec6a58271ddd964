/** Keys and list positions from the root of the file to a value. */
export type Path = readonly (string | number)[];

/** One thing that is wrong (or, as a warning, doubtful) in a config file, and where. */
export interface ConfigProblem {
  readonly file: string;
  /** Both count from 1, as editors do. */
  readonly line: number;
  readonly column: number;
  /** The value's place by name, e.g. `safety.planned.firstStep`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there, shortened, secrets blotted out. `nothing` where a key is missing. */
  readonly found: string;
  readonly expected: string;
  /** What to type instead, where that can be guessed; otherwise null. */
  readonly suggestion: string | null;
}

/** A problem as a check states it, before its place in the text is looked up. */
export interface Draft {
  readonly path: Path;
  /** Whether the key itself is wrong or what it holds. */
  readonly at: 'key' | 'value';
  /** Where the path cannot say it, e.g. the second of two equal keys. */
  readonly offset?: number;
  readonly found: string;
  readonly expected: string;
  readonly suggestion: string | null;
}

/** Where checks put what they find; all of it, never only the first. */
export interface Findings {
  refuse(draft: Draft): void;
  warn(draft: Draft): void;
}

const PLAIN_KEY = /^[A-Za-z0-9_-]+$/;

/** `['services', 'checkout', 'sets', 0]` → `services.checkout.sets[0]`. */
export const pathText = (path: Path): string => {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (PLAIN_KEY.test(segment)) text += text === '' ? segment : `.${segment}`;
    else text += `[${JSON.stringify(segment.slice(0, 80))}]`;
  }
  return text;
};

/** One line for a terminal: `steer.yaml:12:5: safety.planned.firstStep: found 0.6, expected a percentage…: write 60%`. */
export const problemText = (problem: ConfigProblem): string => {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  const name = problem.path === '' ? '' : `${problem.path}: `;
  const suggestion = problem.suggestion === null ? '' : `; ${problem.suggestion}`;
  return `${place}: ${name}found ${problem.found}, expected ${problem.expected}${suggestion}`;
};
