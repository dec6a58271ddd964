import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/ports/journal.ts';
import { htmlReport } from '../../src/report/html.ts';
import { jsonReport } from '../../src/report/json.ts';
import { markdownReport, markdownText } from '../../src/report/markdown.ts';
import type { RunReport } from '../../src/report/report.ts';
import { sketch } from '../../src/report/sketch.ts';
import { reportOf } from '../../src/report/story.ts';
import { evacuated, expired, onlyProposed, rolledBack, stopped } from '../support/run-stories.ts';

const reported = (events: readonly StoredEvent[]): RunReport => {
  const report = reportOf(events, { fleet: [], asOf: null });
  if (report === null) throw new Error('the story has no proposal');
  return report;
};

const SCRIPT = '<script>alert("1")</script>';
const REASON = `<img src=x onerror='alert(1)'> | a ](b) \`c\` \u001b[2J\u202e\n# new heading`;

/** The same story with names and reasons that want to be code: services, regions, gates, zones, reasons. */
const hostile = (): readonly StoredEvent[] => {
  const swap = (text: string, from: string, to: string) => text.replaceAll(from, JSON.stringify(to).slice(1, -1));
  let text = JSON.stringify(rolledBack());
  for (const name of ['checkout', 'us-west-2', 'p99', 'Z2', 'us-east-1']) text = swap(text, name, `${name}${SCRIPT}`);
  for (const reason of ['errors at the edge', 'the database is too slow', 'rate exceeded'])
    text = swap(text, reason, `${reason}${REASON}`);
  return JSON.parse(text) as StoredEvent[];
};

describe('the HTML form', () => {
  it('loads nothing: no address, no script, no style sheet, no font', () => {
    const page = htmlReport(reported(evacuated()));

    expect(page).not.toMatch(/https?:/i);
    expect(page).not.toMatch(/<(script|link|iframe|img|object|embed|base)\b/i);
    expect(page).not.toMatch(/@import|url\((?!#)/i);
    expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, to = '']) => to.startsWith('#'))).toBe(true);
    expect(page).toContain(`default-src 'none'`);
  });

  it('escapes every name and reason, in tables and in pictures', () => {
    const page = htmlReport(reported(hostile()));

    expect(page).not.toMatch(/<script/i);
    expect(page).not.toMatch(/<img/i);
    expect(page).toContain('checkout&lt;script&gt;');
    expect(page).toContain('&lt;img src=x onerror=&#39;alert(1)&#39;&gt;');
    expect(page).not.toContain('\u202e');
    expect(page).not.toContain('\u001b');
  });

  it('has a picture of shares, traffic, utilisation and gates, each with a title for those who cannot see it', () => {
    const page = htmlReport(reported(evacuated()));

    const titles = [...page.matchAll(/<svg role="img"[^>]*><title id="[^"]+">([^<]+)<\/title>/g)].map(([, t]) => t);
    expect(titles).toEqual([
      'Shares of checkout as written',
      'Traffic of checkout in us-east-1: predicted and seen',
      'Utilisation of the destinations of checkout',
      'Gate outcomes',
    ]);
    expect(page).toContain('limit 75 %');
    // Placeholders have all become variables, so that light, dark and paper share one picture.
    expect(page).not.toContain('#fe0');
    expect(page).toContain('var(--vermilion)');
  });

  it('gives the same bytes for the same events', () => {
    const first = htmlReport(reported(evacuated()));

    expect(htmlReport(reported(evacuated()))).toBe(first);
  });

  it('has no two ids alike', () => {
    const page = htmlReport(reported(rolledBack()));

    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('any prefix of a stream yields a page', () => {
    const stories = [evacuated(), rolledBack(), stopped(), expired(), onlyProposed()];
    fc.assert(
      fc.property(fc.constantFrom(...stories), fc.nat({ max: 80 }), (story, cut) => {
        const page = htmlReport(reported(story.slice(0, 1 + (cut % story.length))));

        expect(page.endsWith('</html>\n')).toBe(true);
        expect(page).not.toContain('NaN');
        expect(page).not.toContain('undefined');
      }),
      { numRuns: 25 },
    );
  }, 30_000);
});

describe('the Markdown form', () => {
  it('keeps foreign text inside its cell', () => {
    const text = markdownReport(reported(hostile()));

    expect(text).not.toMatch(/<script|<img/i);
    expect(text).not.toMatch(/^# new heading/m);
    const people = text.slice(text.indexOf('## Who did what'));
    const row = people.split('\n').find((line) => line.includes('proposed'));
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(7);
  });

  it('makes marks literal', () => {
    expect(markdownText('a|b *c* <d> `e` [f](g)\nh')).toBe('a\\|b \\*c\\* &lt;d&gt; \\`e\\` \\[f\\](g) h');
  });

  it('tells the numbers and every table', () => {
    const text = markdownReport(reported(evacuated()));

    expect(text).toContain('# evacuate us-east-1\n');
    expect(text).toContain('| 99 % drained, by the traffic that arrived | 7m |');
    expect(text).toContain('| 99 % drained, by TTL arithmetic | 6m 27s |');
    expect(text).toContain('None: nobody else changed a record of this run.');
  });
});

describe('the JSON form', () => {
  it('comes back as the report it was', () => {
    const report = reported(rolledBack());

    expect(JSON.parse(jsonReport(report))).toEqual(report);
  });
});

describe('the sketch', () => {
  it('draws shares and traffic in the width asked for', () => {
    const lines = sketch(reported(evacuated()), { width: 20, unicode: true }).split('\n');

    expect(lines).toEqual([
      'evacuate us-east-1 · planned · DONE',
      'checkout',
      '  us-east-1  ····················  0 % (from 40 %)',
      '  us-west-2  ██████████··········  50 % (from 30 %)',
      '  eu-west-1  ██████████··········  50 % (from 30 %)',
      '  traffic in us-east-1',
      '    seen       ██▇▆▆▅▅▄▄▃▃▂▂▂▂▂▂▁▁▁  40 % → 0.4 %',
      '    predicted  ██▇▆▅▅▅▄▃▂▂▂▂▂▂▂▁▁▁▁  40 % → 0 %',
      'drained by traffic: 50 % 3m, 90 % 6m 30s, 99 % 7m; residue 0.4 %',
    ]);
  });

  it('draws with ASCII alone where asked', () => {
    expect(sketch(reported(rolledBack()), { width: 20, unicode: false })).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('lets no reason steer the terminal', () => {
    const text = sketch(reported(hostile()), { width: 20, unicode: true });

    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
  });
});
