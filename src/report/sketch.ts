import { keysOf } from '../domain/records.ts';
import { type BasisPoints, WHOLE } from '../domain/units.ts';
import { valueAt } from './predicted.ts';
import type { RunReport } from './report.ts';
import type { ServiceSeries } from './series.ts';
import { durationFigure, oneLine, shareFigure, shareText } from './text.ts';

export interface SketchOptions {
  /** Columns of the bars and lines themselves, without their labels. */
  readonly width: number;
  /** False draws with ASCII alone, for terminals and logs that garble block characters. */
  readonly unicode: boolean;
}

const LEVELS = { unicode: '▁▂▃▄▅▆▇█', ascii: '_.:-=+*#' } as const;

const levelsOf = ({ unicode }: SketchOptions): string => (unicode ? LEVELS.unicode : LEVELS.ascii);

const bar = (share: BasisPoints, { width, unicode }: SketchOptions): string => {
  const full = Math.round((share / WHOLE) * width);
  // A share that is not zero must not look like none.
  const shown = share > 0 ? Math.max(1, full) : 0;
  return (unicode ? '█' : '#').repeat(shown) + (unicode ? '·' : '.').repeat(width - shown);
};

/** Blank before there is a value, `?` where it was asked for and unknown. */
const sparkline = (values: readonly (number | null | undefined)[], top: number, options: SketchOptions): string => {
  const levels = levelsOf(options);
  return values
    .map((value) => {
      if (value === undefined) return ' ';
      if (value === null) return '?';
      const level = top <= 0 ? 0 : Math.round((value / top) * (levels.length - 1));
      return levels[Math.min(levels.length - 1, Math.max(0, level))] ?? '?';
    })
    .join('');
};

const columns = ({ times }: RunReport, { width }: SketchOptions): readonly number[] => {
  const from = times.started ?? times.proposed;
  return Array.from({ length: width }, (_, i) => from + ((i + 1) / width) * (times.asOf - from));
};

const ends = (values: readonly (number | null | undefined)[]): string => {
  const known = values.filter((value) => typeof value === 'number');
  const [first, last] = [known[0], known.at(-1)];
  return first === undefined || last === undefined ? 'unknown' : `${shareText(first)} → ${shareText(last)}`;
};

const trafficLines = (report: RunReport, series: ServiceSeries, options: SketchOptions): readonly string[] => {
  if (report.followed === null || report.times.started === null) return [];
  const at = columns(report, options);
  const seen = at.map((column) => series.seen.findLast((point) => point.at <= column)?.followedShare);
  const { predicted } = series;
  const arithmetic = at.map((column) => (predicted === null ? null : valueAt(predicted, column)));
  const top = Math.max(0, ...[...seen, ...arithmetic].map((value) => value ?? 0));
  return [
    `  traffic in ${report.followed}`,
    `    seen       ${sparkline(seen, top, options)}  ${ends(seen)}`,
    `    predicted  ${sparkline(arithmetic, top, options)}  ${ends(arithmetic)}`,
  ];
};

const serviceLines = (report: RunReport, series: ServiceSeries, options: SketchOptions): readonly string[] => {
  const first = series.written[0]?.shares ?? {};
  const last = series.written.at(-1)?.shares ?? {};
  const regions = keysOf(last);
  const longest = Math.max(0, ...regions.map((region) => region.length));
  return [
    series.service,
    ...regions.map((region) => {
      const now = last[region] ?? 0;
      const was = first[region] ?? 0;
      return `  ${region.padEnd(longest)}  ${bar(now, options)}  ${shareText(now)} (from ${shareText(was)})`;
    }),
    ...trafficLines(report, series, options),
  ];
};

const drainLine = ({ numbers, source }: RunReport): string =>
  `${source === null ? 'home' : 'drained'} by traffic: ${numbers.drained
    .map(({ part, observed }) => `${shareText(part)} ${observed.value === null ? 'unknown' : durationFigure(observed)}`)
    .join(', ')}; residue ${numbers.residue.value === null ? 'unknown' : shareFigure(numbers.residue)}`;

/** A run on a few lines of a terminal: where the shares are, and whether the traffic follows. Ends without a newline. */
export const sketch = (report: RunReport, options: SketchOptions): string => {
  const moving = options.unicode ? '·' : '-';
  const held = report.holds.filter(({ until }) => until === null).flatMap(({ because }) => because);
  return [
    [report.title, report.mode, report.phase].join(` ${moving} `),
    ...report.series.flatMap((series) => serviceLines(report, series, options)),
    drainLine(report),
    ...held.map((because) => `held: ${because}`),
  ]
    .map((line) => line.replace(/\S.*$/, (text) => (text === '' ? '' : oneLine(text))))
    .map((line) => (options.unicode ? line : line.replaceAll('→', '->')))
    .join('\n');
};
