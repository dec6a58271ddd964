import type { StoredEvent } from '../../ports/journal.ts';
import { followedChart } from '../../report/draw/followed-chart.ts';
import { ALL_TINTS } from '../../report/draw/palette.ts';
import { sharesChart } from '../../report/draw/shares-chart.ts';
import { escapeHtml } from '../../report/escape.ts';
import type { RunReport } from '../../report/report.ts';
import type { ServiceSeries } from '../../report/series.ts';
import { reportOf } from '../../report/story.ts';
import { sharesText, shareText } from '../../report/text.ts';
import { modeMark } from '../../words/plan.ts';

export interface Drawing {
  readonly svg: string;
  readonly title: string;
  readonly altText: string;
}

/** The one family that the letters are drawn in, whatever machine draws them. */
export const FONT_FAMILY = 'DejaVu Sans';

const WIDTH = 1000;
const CHART = { width: 960, height: 260 } as const;
const MARGIN = 20;
const HEAD = 56;
const LINE = 26;
const LEGEND_ROOM = CHART.height + LINE + 14;
/** A phone shows two; whoever wants all has the report. */
const MOST_SERVICES = 2;
/** Slack's limit for an alternative text. */
const MOST_ALT = 1000;
const MOST_TITLE = 90;

const colourOf = (name: string): string =>
  ALL_TINTS.find(({ variable }) => variable.endsWith(name))?.light ?? '#000000';
const INK = colourOf('ink');
const PAPER = colourOf('paper');

/** A page brings its colours and its font; a picture that stands alone has to have them inside. */
const standingAlone = (svg: string, y: number): string => {
  const coloured = ALL_TINTS.reduce((text, { variable, light }) => text.replaceAll(`var(${variable})`, light), svg);
  const place = `<svg x="${MARGIN}" y="${y}" width="${CHART.width}" height="${CHART.height}" `;
  return coloured.replaceAll('system-ui, sans-serif', FONT_FAMILY).replace('<svg ', place);
};

const text = (words: string, y: number, size: number): string =>
  `<text x="${MARGIN}" y="${y}" font-family="${FONT_FAMILY}" font-size="${size}" fill="${INK}">${escapeHtml(words)}</text>`;

interface Panel {
  readonly caption: string;
  readonly chart: string;
  readonly says: string;
}

const seenText = ({ seen }: ServiceSeries): string => {
  const known = seen.flatMap(({ followedShare }) => (followedShare === null ? [] : [followedShare]));
  const [first, last] = [known.at(0), known.at(-1)];
  if (first === undefined || last === undefined) return 'not known';
  return `${shareText(first)} → ${shareText(last)}, lowest ${shareText(Math.min(...known))}`;
};

const panelsOf = (report: RunReport, series: ServiceSeries, at: number): readonly Panel[] => {
  const { service, written } = series;
  const shares = `${sharesText(written[0]?.shares ?? {})} → ${sharesText(written.at(-1)?.shares ?? {})}`;
  const panels = [
    {
      caption: `Shares of ${service} as written`,
      chart: sharesChart(report, series, `shares${at}`),
      says: `Shares of ${service}: ${shares}.`,
    },
  ];
  if (report.followed === null) return panels;
  const traffic = `Traffic of ${service} seen in ${report.followed}: ${seenText(series)}.`;
  return [
    ...panels,
    {
      caption: `Traffic of ${service} in ${report.followed}`,
      chart: followedChart(report, series, `traffic${at}`),
      says: traffic,
    },
  ];
};

const cut = (words: string, most: number): string =>
  words.length <= most ? words : `${words.slice(0, most - 1).toWellFormed()}…`;

/** Shares and traffic of a run as one picture on white; null when it never started, because then nothing has changed. */
export const drawRun = (events: readonly StoredEvent[], asOf: number): Drawing | null => {
  const report = reportOf(events, { fleet: [], asOf });
  if (report === null || report.times.started === null) return null;
  const shown = report.series.slice(0, MOST_SERVICES);
  const more = report.series.length - shown.length;
  const title = cut(`${modeMark(report.mode)}${report.run}: ${report.title}, ${report.phase}`, MOST_TITLE);
  const panels = shown.flatMap((series, at) => panelsOf(report, series, at));
  const rest = more > 0 ? [`${more} more services are in the report.`] : [];
  const height = HEAD + panels.length * LEGEND_ROOM + (more > 0 ? LINE : 0) + MARGIN;
  const drawn = panels.map(({ caption, chart }, at) => {
    const y = HEAD + at * LEGEND_ROOM;
    return `${text(caption, y + 14, 14)}${standingAlone(chart, y + LINE)}`;
  });
  const foot = rest.map((words) => text(words, height - MARGIN, 14)).join('');
  return {
    svg:
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}">` +
      `<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>${text(title, 34, 20)}${drawn.join('')}${foot}</svg>`,
    title,
    altText: cut([`${title}.`, ...panels.map(({ says }) => says), ...rest].join(' '), MOST_ALT),
  };
};
