import { followedChart } from './draw/followed-chart.ts';
import { gatesChart, gatesLeftOut } from './draw/gates-chart.ts';
import { sharesChart } from './draw/shares-chart.ts';
import { utilisationChart } from './draw/utilisation-chart.ts';
import { escapeHtml } from './escape.ts';
import type { Figure } from './figure.ts';
import { pageStyle } from './page-style.ts';
import type { RunReport } from './report.ts';
import type { Section } from './section.ts';
import { headOf, sectionsOf } from './sections.ts';
import { durationFigure, shareFigure, shareText } from './text.ts';

/** Pictures of more services than this would bury the rest of the page; the JSON form has them all. */
const MOST_DRAWN = 6;

const figure = (svg: string, caption: string): string =>
  svg === '' ? '' : `<figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;

const card = (what: string, value: Figure, text: (value: Figure) => string): string => {
  const shown = value.value === null ? 'unknown' : text(value);
  const why = value.why === null ? '' : `: ${value.why}`;
  const unknown = value.value === null ? ' class="unknown"' : '';
  return `<li${unknown}><b>${escapeHtml(shown)}</b><span>${escapeHtml(`${what}${why}`)}</span></li>`;
};

const cards = ({ numbers, source }: RunReport): string => {
  const word = source === null ? 'home' : 'drained';
  const least = numbers.smallestHeadroom.region;
  return `<ul class="cards">${[
    card('to decide', numbers.toDecide, durationFigure),
    ...numbers.drained.map(({ part, observed }) =>
      card(`to ${shareText(part)} ${word}, by traffic`, observed, durationFigure),
    ),
    card('residue', numbers.residue, shareFigure),
    card('actual recovery', numbers.actualRecovery, durationFigure),
    card(`smallest headroom${least === null ? '' : ` (${least})`}`, numbers.smallestHeadroom.headroom, shareFigure),
    card('gate judgements with data', numbers.gateData, shareFigure),
  ].join('')}</ul>`;
};

const pictures = (report: RunReport): string => {
  const order = new Map(report.services.map(({ service, tier }) => [service, tier]));
  const sorted = report.series.toSorted((a, b) => (order.get(a.service) ?? 0) - (order.get(b.service) ?? 0));
  const drawn = sorted.slice(0, MOST_DRAWN).map((series, i) => {
    const name = escapeHtml(series.service);
    return [
      `<h3>${name}</h3>`,
      figure(sharesChart(report, series, `shares-${i}`), 'Share of each region as the records said. Grey: held.'),
      figure(
        followedChart(report, series, `followed-${i}`),
        `Share of the traffic in ${report.followed ?? ''}. Predicted: the running mean of what the name servers answered over the last TTL.`,
      ),
      series.utilisation.length === 0
        ? ''
        : figure(
            utilisationChart(report, series, `utilisation-${i}`),
            'Utilisation of each region that receives traffic.',
          ),
    ].join('\n');
  });
  const left = report.series.length - drawn.length;
  const more = left > 0 ? `<p class="muted">${left} more services are in the tables and in the JSON form.</p>` : '';
  const leftOut = gatesLeftOut(report);
  const rest = leftOut === 0 ? '' : ` ${leftOut} gates with the least trouble are only in the table.`;
  const gates =
    report.gates.length === 0
      ? '<p class="muted">No gate was judged.</p>'
      : figure(
          gatesChart(report, 'gates-0'),
          `What every gate said. N: no data, E: error, I: inconclusive, F: fail.${rest}`,
        );
  return `<h2 id="pictures">Pictures</h2>${drawn.join('\n')}${more}<h3>Gates over time</h3>${gates}`;
};

const table = ({ id, title, columns, rows, whenEmpty }: Section): string => {
  const head = `<h2 id="${escapeHtml(id)}-head">${escapeHtml(title)}</h2>`;
  if (rows.length === 0) return `${head}<p class="muted">${escapeHtml(whenEmpty)}</p>`;
  const headings = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `${head}<div class="wide"><table id="${escapeHtml(id)}"><caption>${escapeHtml(title)}</caption><thead><tr>${headings}</tr></thead><tbody>
${body}
</tbody></table></div>`;
};

/**
 * The report as one page that loads nothing: styles and pictures are inside, links lead only to places on it, and it has no
 * script. All text from outside is escaped. It can be mailed, archived and printed.
 */
export const htmlReport = (report: RunReport): string => {
  const sections = sectionsOf(report);
  const [numbers, ...others] = sections;
  // The state stands above as its own mark.
  const facts = headOf(report).filter(([what]) => what !== 'state');
  const head = facts.map(([what, value]) => `<dt>${escapeHtml(what)}</dt><dd>${escapeHtml(value)}</dd>`);
  const links = sections.map(({ id, title }) => `<a href="#${escapeHtml(id)}-head">${escapeHtml(title)}</a>`);
  const remarks = report.remarks.map((remark) => `<p class="note">${escapeHtml(remark)}</p>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(`${report.title}: ${report.phase} (${report.run})`)}</title>
<style>${pageStyle()}</style>
</head>
<body>
<header>
<h1>${escapeHtml(report.title)}</h1>
<p><span class="state">${escapeHtml(report.phase)}</span></p>
<dl class="head">${head.join('')}</dl>
${remarks.join('\n')}
</header>
<main>
${cards(report)}
<nav aria-label="Sections"><a href="#pictures">Pictures</a>${links.join('')}</nav>
${pictures(report)}
${numbers === undefined ? '' : table(numbers)}
${others.map(table).join('\n')}
</main>
</body>
</html>
`;
};
