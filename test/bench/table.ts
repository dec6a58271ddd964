import { isFailed, isMet, type Result, type Row } from './benchmark.ts';

const shown = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const digits = Number.isInteger(value) || Math.abs(value) >= 1000 ? 0 : Math.abs(value) >= 10 ? 1 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

const goalText = ({ goal }: Row): string =>
  goal === null ? '' : `${goal.is} ${goal.limit.toLocaleString('en-US', { maximumFractionDigits: 3 })}`;

const verdictText = (row: Row): string => {
  const met = isMet(row);
  if (met === null) return '';
  if (row.decides) return met ? 'ok' : 'MISSED';
  return met ? 'ok (printed)' : 'missed (printed only)';
};

const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
};

const WIDTH = 118;

const tableOf = (rows: readonly Row[]): string[] => {
  const cells = rows.map((row) => [row.what, shown(row.value), row.unit, goalText(row), verdictText(row)] as const);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map(([what, value, unit, goal, verdict]) =>
    [
      `  ${what.padEnd(widths[0] ?? 0)}`,
      value.padStart(widths[1] ?? 0),
      unit.padEnd(widths[2] ?? 0),
      goal.padEnd(widths[3] ?? 0),
      verdict,
    ]
      .join('  ')
      .trimEnd(),
  );
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** One benchmark as plain text: its name, what is asked, its figures with their goals and verdicts. */
export const resultText = (result: Result): string => {
  const head = `${result.name.toUpperCase()}  (took ${seconds(result.tookMs)})`;
  const failure = result.failure === null ? [] : [`  FAILED: ${result.failure}`];
  const goal = result.goal.split('\n').flatMap((paragraph) => wrapped(paragraph.trim(), WIDTH));
  return [head, ...goal, '', ...tableOf(result.rows), ...failure].join('\n');
};

/** The last lines: how many deciding figures met their goals, and every one that did not. */
export const summaryText = (results: readonly Result[]): string => {
  const deciding = results.flatMap(({ name, rows }) =>
    rows.filter(({ decides }) => decides).map((row) => ({ name, row })),
  );
  const missed = deciding.filter(({ row }) => isMet(row) !== true);
  const failed = results.filter(isFailed);
  const lines = missed.map(
    ({ name, row }) =>
      `${`  MISSED ${name}: ${row.what}: ${shown(row.value)} ${row.unit}`.trimEnd()}, ${goalText(row)}`,
  );
  const broken = results.flatMap(({ name, failure }) => (failure === null ? [] : [`  FAILED ${name}: ${failure}`]));
  const tookMs = results.reduce((all, result) => all + result.tookMs, 0);
  return [
    `${deciding.length - missed.length} of ${deciding.length} deciding figures met their goals, in ${seconds(tookMs)}.` +
      ' Counts and ratios decide; seconds are printed beside a goal and never fail.',
    ...lines,
    ...broken,
    failed.length === 0 ? 'All benchmarks passed.' : `${failed.length} of ${results.length} benchmarks failed.`,
  ].join('\n');
};
