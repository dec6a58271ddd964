import type { Instant } from '../../domain/units.ts';
import { valueAt } from '../predicted.ts';
import type { RunReport } from '../report.ts';
import type { ServiceSeries } from '../series.ts';
import { shareText } from '../text.ts';
import { looksOf, MUTED } from './palette.ts';
import { svgOf } from './svg.ts';
import {
  heldAreas,
  LEGEND,
  lineOnly,
  PLOT,
  type Span,
  shareAxis,
  spanOf,
  timeAxis,
  turnLine,
  WIDTH,
} from './time-chart.ts';

const percent = (share: number): number => Number((share / 100).toFixed(3));

const predictedPoints = ({ predicted }: ServiceSeries, span: Span): [Instant, number][] => {
  if (predicted === null) return [];
  const inside = predicted.filter(({ at }) => at > span.from && at < span.to);
  return [span.from, ...inside.map(({ at }) => at), span.to].map((at) => [at, percent(valueAt(predicted, at) ?? 0)]);
};

/**
 * The traffic of the region that is left (or comes home): what the records say, what resolvers that honour TTLs would do,
 * and what arrived. The distance of the last two is what keep-alive and resolvers that ignore TTLs keep behind.
 */
export const followedChart = (report: RunReport, series: ServiceSeries, id: string): string => {
  const { followed } = report;
  if (followed === null) return '';
  const span = spanOf(report);
  const colour = looksOf(report).get(followed)?.colour;
  const seen = series.seen.filter(({ at }) => at >= span.from && at <= span.to);
  const written = series.written.map(({ at, shares }): [number, number] => [at, percent(shares[followed] ?? 0)]);
  const known = seen.flatMap(({ followedShare }) => (followedShare === null ? [] : [followedShare]));
  const last = known.at(-1);
  return svgOf({
    id,
    title: `Traffic of ${series.service} in ${followed}: predicted and seen`,
    description:
      last === undefined
        ? 'No traffic figures were seen.'
        : `Seen: highest ${shareText(Math.max(...known))}, at the end ${shareText(last)} of the service's traffic.`,
    width: WIDTH,
    height: 260,
    option: {
      legend: { ...LEGEND, data: ['seen to arrive', lineOnly('predicted by TTL'), lineOnly('as written')] },
      grid: PLOT,
      xAxis: timeAxis(span),
      yAxis: shareAxis(null),
      series: [
        {
          name: 'seen to arrive',
          type: 'line',
          symbol: 'circle',
          symbolSize: seen.length > 120 ? 0 : 5,
          color: colour,
          lineStyle: { width: 2.5, color: colour },
          data: seen.map(({ at, followedShare }) => [at, followedShare === null ? null : percent(followedShare)]),
          markArea: heldAreas(report, span),
          markLine: turnLine(report),
        },
        {
          name: 'predicted by TTL',
          type: 'line',
          symbol: 'none',
          color: MUTED.placeholder,
          lineStyle: { width: 2, type: 'dashed', color: MUTED.placeholder },
          data: predictedPoints(series, span),
        },
        {
          name: 'as written',
          type: 'line',
          step: 'end',
          symbol: 'none',
          color: MUTED.placeholder,
          lineStyle: { width: 1.25, type: 'dotted', color: MUTED.placeholder },
          data: [...written, [span.to, written.at(-1)?.[1] ?? 0]],
        },
      ],
    },
  });
};
