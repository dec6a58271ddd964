import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeHtml } from '../escape.ts';
import { ALL_TINTS } from './palette.ts';

use([LineChart, CustomChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer]);

export interface Picture {
  /** Unique on its page: class names and labels hang on it. */
  readonly id: string;
  readonly title: string;
  /** What a person who cannot see the picture is told instead. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly option: EChartsCoreOption;
}

/** What the library adds for a mouse that hovers: a still picture has no use for it, and its colours know no theme. */
const withoutHover = (svg: string): string =>
  svg.replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '').replace(/ class="zr\d+-cls-\d+"/g, '');

/**
 * The picture as inline SVG: no name spaces (HTML needs none, and they look like addresses to load), colours as CSS
 * variables, ids of its own. The library numbers its ids by how often it was called, so without the last the same report
 * would not give the same bytes twice.
 */
export const svgOf = ({ id, title, description, width, height, option }: Picture): string => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, useUTC: true, ...option });
    const drawn = chart.renderToSVGString();
    const inside = withoutHover(drawn.slice(drawn.indexOf('>') + 1)).replace(/\bzr\d+-/g, `${id}-`);
    const coloured = ALL_TINTS.reduce(
      (svg, { placeholder, variable }) => svg.replaceAll(placeholder, `var(${variable})`),
      inside,
    );
    const label = `<title id="${id}-title">${escapeHtml(title)}</title><desc id="${id}-desc">${escapeHtml(description)}</desc>`;
    return `<svg role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${height}">${label}${coloured}`;
  } finally {
    chart.dispose();
  }
};
