export type Align = 'left' | 'right';

/** Columns padded to their widest cell, two spaces apart. Cells are plain text: colour is put on afterwards, by line. */
export const table = (rows: readonly (readonly string[])[], align: readonly Align[] = []): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return align[column] === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
};

export const indented = (lines: readonly string[], by = 2): readonly string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`.trimEnd());

/** Breaks a sentence at spaces; lines after the first are indented. Words longer than the width stay whole. */
export const wrapped = (text: string, width: number, indent: string): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  // A number keeps its percent sign beside it.
  const words = text.replaceAll(' %', '\u00a0%').split(' ');
  for (const word of words) {
    const next = line === '' ? word : `${line} ${word}`;
    if (next.length > width && line.trim() !== '') {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = next;
  }
  return [...lines, line].map((one) => one.replaceAll('\u00a0', ' '));
};
