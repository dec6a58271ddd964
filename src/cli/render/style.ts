/** How words are set apart. Every word reads the same without it: colour never carries a meaning of its own. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

const same = (text: string): string => text;

export const PLAIN: Style = { bold: same, dim: same, good: same, warn: same, bad: same };

/** SGR codes of ECMA-48, the eight colours that every terminal has in its own palette. */
const sgr = (on: number, off: number) => (text: string) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);

export const COLOURED: Style = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  warn: sgr(33, 39),
  bad: sgr(31, 39),
};

/** https://no-color.org: any value that is not empty switches colour off (read November 2026). */
export const styleFor = (isTerminal: boolean, noColor: string | undefined, term: string | undefined): Style =>
  isTerminal && (noColor === undefined || noColor === '') && term !== 'dumb' ? COLOURED : PLAIN;
