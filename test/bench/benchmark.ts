/** One measured figure, and what is asked of it. */
export interface Row {
  readonly what: string;
  readonly value: number;
  /** Stands behind the value in the table, e.g. `calls` or `s`; empty for a ratio. */
  readonly unit: string;
  /** Null where nothing is asked: a figure to compare with. */
  readonly goal: Goal | null;
  /** A count or a ratio decides the exit code; seconds depend on the machine and never do. */
  readonly decides: boolean;
}

export interface Goal {
  readonly is: 'at most' | 'at least';
  readonly limit: number;
}

export interface Benchmark {
  /** For `--only`. */
  readonly name: string;
  /** What the issue asks, and what is real and what is modelled, in a few sentences. */
  readonly goal: string;
  readonly run: () => Promise<readonly Row[]>;
}

export interface Result {
  readonly name: string;
  readonly goal: string;
  readonly tookMs: number;
  readonly rows: readonly Row[];
  /** What went wrong, when it ended without its figures. */
  readonly failure: string | null;
}

export const atMost = (limit: number): Goal => ({ is: 'at most', limit });
export const atLeast = (limit: number): Goal => ({ is: 'at least', limit });

export const count = (what: string, value: number, unit: string, goal: Goal): Row => ({
  what,
  value,
  unit,
  goal,
  decides: true,
});

/** Printed beside its goal, never a reason to fail. */
export const printed = (what: string, value: number, unit: string, goal: Goal | null = null): Row => ({
  what,
  value,
  unit,
  goal,
  decides: false,
});

/** Null where nothing was asked. A figure that is no number has met nothing. */
export const isMet = ({ value, goal }: Row): boolean | null => {
  if (goal === null) return null;
  return goal.is === 'at most' ? value <= goal.limit : value >= goal.limit;
};

/** Whether a benchmark fails the whole: a deciding figure missed its goal, or it ended without figures. */
export const isFailed = ({ rows, failure }: Result): boolean =>
  failure !== null || !rows.some(({ decides }) => decides) || rows.some((row) => row.decides && isMet(row) !== true);
