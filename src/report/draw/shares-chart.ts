import type { RegionId } from '../../domain/ids.ts';
import type { RunReport } from '../report.ts';
import type { ServiceSeries } from '../series.ts';
import { sharesText } from '../text.ts';
import { looksOf, PAPER } from './palette.ts';
import { svgOf } from './svg.ts';
import { heldAreas, LEGEND, PLOT, shareAxis, spanOf, timeAxis, turnLine, WIDTH } from './time-chart.ts';

/** Shares of one service as the records said, one on the other: 100 % at every instant. */
export const sharesChart = (report: RunReport, { service, written }: ServiceSeries, id: string): string => {
  const span = spanOf(report);
  const looks = looksOf(report);
  const regions = [...looks.keys()].filter((region) => written.some(({ shares }) => shares[region] !== undefined));
  const lineOf = (region: RegionId): [number, number][] => {
    const points = written.map(({ at, shares }): [number, number] => [at, (shares[region] ?? 0) / 100]);
    return [...points, [span.to, points.at(-1)?.[1] ?? 0]];
  };
  const first = sharesText(written[0]?.shares ?? {});
  const last = sharesText(written.at(-1)?.shares ?? {});
  return svgOf({
    id,
    title: `Shares of ${service} as written`,
    description: `${written.length - 1} changes, from ${first} to ${last}.`,
    width: WIDTH,
    height: 260,
    option: {
      legend: { ...LEGEND, icon: 'roundRect' },
      grid: PLOT,
      xAxis: timeAxis(span),
      yAxis: shareAxis(100),
      series: regions.map((region, i) => ({
        name: region,
        type: 'line',
        step: 'end',
        stack: 'shares',
        symbol: 'none',
        color: looks.get(region)?.colour,
        lineStyle: { width: 1, color: PAPER.placeholder },
        areaStyle: { color: looks.get(region)?.colour, opacity: 0.85 },
        data: lineOf(region),
        ...(i === regions.length - 1 ? { markArea: heldAreas(report, span), markLine: turnLine(report) } : {}),
      })),
    },
  });
};
