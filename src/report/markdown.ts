import type { RunReport } from './report.ts';
import type { Section } from './section.ts';
import { headOf, sectionsOf } from './sections.ts';
import { oneLine } from './text.ts';

/** Everything that means something in Markdown or HTML is made literal: names and reasons come from people and vendors. */
export const markdownText = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

const row = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;

const table = ({ title, columns, rows, whenEmpty }: Section): string => {
  const head = `## ${markdownText(title)}\n\n`;
  if (rows.length === 0) return `${head}${markdownText(whenEmpty)}\n`;
  const rule = `|${columns.map(() => ' --- |').join('')}`;
  return `${head}${[row(columns), rule, ...rows.map(row)].join('\n')}\n`;
};

const list = (remarks: readonly string[]): string =>
  remarks.length === 0 ? '' : `\n${remarks.map((remark) => `> **Note:** ${markdownText(remark)}`).join('\n>\n')}\n`;

/** The report as Markdown: the head, then every table. For tickets, wikis and pull requests. */
export const markdownReport = (report: RunReport): string => {
  const head = headOf(report).map(([what, value]) => `- **${markdownText(what)}:** ${markdownText(value)}`);
  return [
    `# ${markdownText(report.title)}\n`,
    `${head.join('\n')}\n${list(report.remarks)}`,
    ...sectionsOf(report).map(table),
  ].join('\n');
};
