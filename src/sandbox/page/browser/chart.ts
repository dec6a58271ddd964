import type { ECharts, EChartsOption } from 'echarts';
import type { TrafficPoint } from '../types.ts';

type Library = typeof import('echarts');

/** As in the address of the server; a variable, because it is no module of the checkout. */
const LIBRARY = '/vendor/echarts.mjs';

const LINES = ['solid', 'dashed', 'dotted'] as const;

const SHOWN_MS = 180_000;

/** What a colour of the style sheet is in the theme of the moment: a canvas knows neither variables nor themes. */
const colour = (host: HTMLElement, name: string): string => {
  host.style.color = `var(${name})`;
  return getComputedStyle(host).color;
};

const optionOf = (host: HTMLElement, points: readonly TrafficPoint[]): EChartsOption => {
  const regions = Object.keys(points.at(-1)?.traffic ?? {});
  const ink = colour(host, '--quiet');
  const until = points.at(-1)?.atMs ?? 0;
  return {
    animation: false,
    grid: { left: 42, right: 12, top: 30, bottom: 24 },
    legend: {
      top: 0,
      itemWidth: 34,
      selectedMode: false,
      itemStyle: { opacity: 0 },
      textStyle: { color: colour(host, '--ink'), fontSize: 12 },
    },
    xAxis: {
      type: 'time',
      min: until - SHOWN_MS,
      max: until,
      axisLabel: { color: ink, hideOverlap: true, formatter: '{HH}:{mm}:{ss}' },
      axisLine: { lineStyle: { color: colour(host, '--line') } },
      splitNumber: 3,
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: (range) => Math.min(100, Math.max(60, Math.ceil(range.max / 20) * 20)),
      axisLabel: { color: ink, formatter: '{value}%' },
      splitLine: { lineStyle: { color: colour(host, '--line') } },
    },
    series: regions.map((region, index) => ({
      name: region,
      type: 'line',
      symbol: 'none',
      color: colour(host, `--region-${index % 6}`),
      // Told apart without colour, too.
      lineStyle: { width: 2.5, type: LINES[index % LINES.length] ?? 'solid' },
      data: points.map(({ atMs, traffic }) => [atMs, Math.round((traffic[region] ?? 0) * 1000) / 10]),
    })),
  };
};

/** Draws the traffic of the last minutes into an element that the page keeps. */
export const createChart = (): { draw(host: Element | null, points: readonly TrafficPoint[]): void } => {
  let library: Promise<Library> | null = null;
  let chart: ECharts | null = null;
  let host: HTMLElement | null = null;
  const resized = new ResizeObserver(() => chart?.resize());
  const begin = async (element: HTMLElement): Promise<void> => {
    library ??= import(LIBRARY);
    const { init } = await library;
    if (host !== element) return;
    chart?.dispose();
    chart = init(element);
    resized.disconnect();
    resized.observe(element);
  };
  return {
    draw: (element, points) => {
      if (element instanceof HTMLElement && element !== host) {
        host = element;
        begin(element).catch(() => {
          element.textContent = 'The chart could not be loaded.';
        });
      }
      if (host !== null && points.length > 1) chart?.setOption(optionOf(host, points));
    },
  };
};
