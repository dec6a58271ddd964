import type { RunReport } from '../report.ts';
import type { ServiceSeries } from '../series.ts';
import { shareText } from '../text.ts';
import { INK, looksOf } from './palette.ts';
import { svgOf } from './svg.ts';
import { FONT, heldAreas, LEGEND, PLOT, shareAxis, spanOf, timeAxis, WIDTH } from './time-chart.ts';

/** How full each receiving region was, with the limit that nothing planned may exceed. */
export const utilisationChart = (report: RunReport, { service, utilisation }: ServiceSeries, id: string): string => {
  const span = spanOf(report);
  const looks = looksOf(report);
  const limit = utilisation[0]?.limit ?? 0;
  const highest = Math.max(limit, ...utilisation.map((one) => one.highest ?? 0));
  const told = utilisation.map(
    ({ region, highest: most }) => `${region} at most ${most === null ? 'unknown' : shareText(most)}`,
  );
  return svgOf({
    id,
    title: `Utilisation of the destinations of ${service}`,
    description: `${told.join(', ')}; limit ${shareText(limit)}.`,
    width: WIDTH,
    height: 260,
    option: {
      legend: LEGEND,
      grid: PLOT,
      xAxis: timeAxis(span),
      yAxis: shareAxis(Math.ceil((highest + 500) / 1000) * 10),
      series: utilisation.map(({ region, points }, i) => {
        const look = looks.get(region);
        const inside = points.filter(({ at }) => at >= span.from && at <= span.to);
        return {
          name: region,
          type: 'line',
          symbol: look?.symbol ?? 'circle',
          symbolSize: inside.length > 120 ? 0 : 6,
          color: look?.colour,
          lineStyle: { width: 2, type: look?.dash ?? 'solid', color: look?.colour },
          data: inside.map(({ at, utilisation: seen }) => [at, seen === null ? null : seen / 100]),
          ...(i === 0
            ? {
                markArea: heldAreas(report, span),
                markLine: {
                  silent: true,
                  symbol: 'none',
                  lineStyle: { color: INK.placeholder, width: 1.5, type: 'solid' },
                  label: {
                    formatter: `limit ${shareText(limit)}`,
                    position: 'insideStartTop',
                    color: INK.placeholder,
                    fontFamily: FONT,
                    fontSize: 12,
                  },
                  data: [{ yAxis: limit / 100 }],
                },
              }
            : {}),
        };
      }),
    },
  });
};
