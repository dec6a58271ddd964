import type { CustomSeriesRenderItem } from 'echarts';
import { keysOf } from '../../domain/records.ts';
import type { RunReport } from '../report.ts';
import type { GateRow } from '../series.ts';
import { GRID, INK, MUTED, OUTCOME_TINT, PAPER } from './palette.ts';
import { svgOf } from './svg.ts';
import { FONT, LEGEND, spanOf, timeAxis, WIDTH } from './time-chart.ts';

/** More rows than this cannot be read on one page; the table beneath has them all. */
const MOST_ROWS = 40;

/** What a narrow field says beside its colour. PASS says nothing, so that the others stand out. */
const LETTERS: Readonly<Record<string, string>> = { FAIL: 'F', INCONCLUSIVE: 'I', NO_DATA: 'N', ERROR: 'E' };

const nameOf = ({ service, gate, region }: GateRow): string => `${service} · ${gate} · ${region ?? 'all regions'}`;

const trouble = ({ spans }: GateRow): number => spans.filter(({ outcome }) => outcome !== 'PASS').length;

/** The rows drawn: those with something else than PASS first, as far as there is room. */
const rowsDrawn = (rows: readonly GateRow[]): readonly GateRow[] =>
  rows.length <= MOST_ROWS ? rows : rows.toSorted((a, b) => trouble(b) - trouble(a)).slice(0, MOST_ROWS);

/** How many gates the picture has no room for. */
export const gatesLeftOut = ({ gates }: RunReport): number => Math.max(0, gates.length - MOST_ROWS);

const field =
  (rowHeight: number, right: number): CustomSeriesRenderItem =>
  (_params, api) => {
    const outcome = String(api.value(3));
    const [x = 0, middle = 0] = api.coord([api.value(1), api.value(0)]);
    const [end = 0] = api.coord([api.value(2), api.value(0)]);
    const width = Math.max(1, Math.min(end, right) - x);
    const tint = keysOf(OUTCOME_TINT).find((known) => known === outcome);
    const text = width > 90 && outcome !== 'PASS' ? outcome : width > 9 ? (LETTERS[outcome] ?? '') : '';
    return {
      type: 'rect',
      shape: { x, y: middle - rowHeight / 2, width, height: rowHeight },
      style: {
        fill: tint === undefined ? MUTED.placeholder : OUTCOME_TINT[tint].placeholder,
        opacity: outcome === 'PASS' ? 0.45 : 1,
      },
      textConfig: { position: 'inside' },
      textContent: {
        type: 'text',
        style: { text, fill: PAPER.placeholder, fontFamily: FONT, fontSize: 11, fontWeight: 'bold' },
      },
    };
  };

/** What every gate said over time: one row per gate, one field per span of equal outcomes. */
export const gatesChart = (report: RunReport, id: string): string => {
  const rows = rowsDrawn(report.gates);
  const span = spanOf(report);
  const height = 66 + rows.length * 24;
  const left = 290;
  const failed = rows.filter((row) => trouble(row) > 0).map(nameOf);
  return svgOf({
    id,
    title: 'Gate outcomes',
    description:
      failed.length === 0
        ? `All ${rows.length} gates passed whenever they were judged.`
        : `Not always PASS: ${failed.join('; ')}.`,
    width: WIDTH,
    height,
    option: {
      legend: { ...LEGEND, data: keysOf(OUTCOME_TINT), icon: 'rect' },
      grid: { left, right: 16, top: 34, bottom: 28 },
      xAxis: timeAxis(span),
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(nameOf),
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: true, lineStyle: { color: GRID.placeholder } },
        axisLabel: {
          color: INK.placeholder,
          fontFamily: FONT,
          fontSize: 12,
          width: left - 16,
          overflow: 'truncate',
          interval: 0,
        },
      },
      series: keysOf(OUTCOME_TINT).map((outcome) => ({
        name: outcome,
        type: 'custom',
        color: OUTCOME_TINT[outcome].placeholder,
        clip: true,
        renderItem: field(18, WIDTH - 16),
        data: rows.flatMap(({ spans }, row) =>
          spans
            .filter((one) => one.outcome === outcome && one.until > span.from && one.from < span.to)
            .map((one) => [row, Math.max(one.from, span.from), Math.min(one.until, span.to), outcome]),
        ),
        encode: { x: [1, 2], y: 0 },
      })),
    },
  });
};
