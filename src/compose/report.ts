import type { StoredEvent } from '../ports/journal.ts';
import { htmlReport } from '../report/html.ts';
import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import { reportOf } from '../report/story.ts';

/** The report of one run in the form asked for. `asOf` is now, for a run that still goes on. */
export const reportText = (
  events: readonly StoredEvent[],
  format: 'markdown' | 'json' | 'html',
  asOf: number,
): string => {
  const report = reportOf(events, { fleet: [], asOf });
  if (report === null) return '';
  switch (format) {
    case 'json':
      return jsonReport(report);
    case 'html':
      return htmlReport(report);
    case 'markdown':
      return markdownReport(report);
  }
};
