import type { Instant } from '../../domain/units.ts';
import type { RunReport } from '../report.ts';
import { clockText } from '../text.ts';
import { GRID, HELD, INK, MUTED } from './palette.ts';

export const WIDTH = 960;
export const FONT = 'system-ui, sans-serif';

/** Room before the start, as a part of the run, so that the level from which it fell can be seen. */
const LEAD = 0.05;

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * What the time axis shows: from a little before the start (or from the proposal, if it never started) to the end. All
 * pictures of a page share it, so that one can be read against another.
 */
export const spanOf = ({ times }: RunReport): Span => {
  const start = times.started ?? times.proposed;
  // A run of no length still needs an axis.
  const length = Math.max(times.asOf - start, 60_000);
  return { from: Math.max(times.proposed, start - length * LEAD) - 1000, to: start + length };
};

export const timeAxis = ({ from, to }: Span) => ({
  type: 'time' as const,
  min: from,
  max: to,
  axisLine: { lineStyle: { color: MUTED.placeholder } },
  axisTick: { lineStyle: { color: MUTED.placeholder } },
  splitLine: { show: false },
  axisLabel: { color: MUTED.placeholder, fontFamily: FONT, fontSize: 12, hideOverlap: true, formatter: clockText },
});

export const shareAxis = (max: number | null) => ({
  type: 'value' as const,
  min: 0,
  ...(max === null ? {} : { max }),
  axisLabel: { color: MUTED.placeholder, fontFamily: FONT, fontSize: 12, formatter: '{value} %' },
  splitLine: { lineStyle: { color: GRID.placeholder } },
});

export const LEGEND = {
  top: 0,
  left: 0,
  itemWidth: 28,
  itemGap: 18,
  textStyle: { color: INK.placeholder, fontFamily: FONT, fontSize: 13 },
  inactiveColor: MUTED.placeholder,
};

export const PLOT = { left: 52, right: 16, top: 38, bottom: 28 };

/** Grey bands where the run was held, above whatever is drawn. */
export const heldAreas = ({ holds, times }: RunReport, span: Span) => ({
  silent: true,
  z: 10,
  label: { show: false },
  itemStyle: { color: HELD.placeholder, opacity: 0.28 },
  data: holds
    .map(({ from, until }): [Instant, Instant] => [Math.max(from, span.from), Math.min(until ?? times.asOf, span.to)])
    .filter(([from, until]) => until > from)
    .map(([from, until]) => [{ xAxis: from }, { xAxis: until }]),
});

/** Legend entries for lines that have no points of their own: the line alone, not one with a point on it. */
export const lineOnly = (name: string) => ({ name, itemStyle: { opacity: 0 } });

/** An upright line where the run turned back. */
export const turnLine = ({ times }: RunReport) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color: INK.placeholder, type: 'dashed' as const, width: 1 },
  label: {
    formatter: 'turned back',
    position: 'insideEndTop' as const,
    color: INK.placeholder,
    fontFamily: FONT,
    fontSize: 12,
  },
  data: times.turned === null ? [] : [{ xAxis: times.turned }],
});
