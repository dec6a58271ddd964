import type { RunReport } from './report.ts';

/** The report as text for machines: two spaces, keys in the order of the shape, one final newline. */
export const jsonReport = (report: RunReport): string => `${JSON.stringify(report, null, 2)}\n`;
