import type { InputBlock, KnownBlock } from '@slack/types';
import type { Instant } from '../../domain/units.ts';
import type { Rendered } from '../rendered.ts';
import { actions, type ButtonSpec, contextLine, header, sections } from './blocks.ts';
import type { ViewContext } from './context.ts';
import { type Quote, quoteBlock, quoteSaid, textLine } from './escape.ts';
import { bold, type Said } from './said.ts';

/** Lines that belong together. What is over `most`, or does not fit, is counted in a last line. */
export interface Group {
  readonly lines: readonly Said[];
  readonly most: number;
  /** Where to see the rest, behind "… and 12 more". */
  readonly rest?: string;
}

/** What a message says, before it is blocks or text: both are made from this, so that they cannot differ. */
export interface Sheet {
  /** The line that decides whether to read on. */
  readonly title: string;
  /** Short answers have no header: the title is their first line. */
  readonly isShort?: boolean;
  readonly groups: readonly Group[];
  /** Stands behind the second group; says nothing that a group does not say. */
  readonly decoration?: KnownBlock | null;
  readonly quotes?: readonly Quote[];
  readonly buttons?: readonly ButtonSpec[];
  readonly blockId?: string;
  /** In the text alone, where no button can be pressed: what to type instead. */
  readonly typed?: string | null;
  readonly footer?: readonly Said[];
  /** Fields of a modal; they stand at the end. */
  readonly fields?: readonly InputBlock[];
}

/** Slack refuses a message of more than about 13,200 characters of blocks (bolt-js issue 2509). */
const MOST_CHARACTERS = 12_000;
const MOST_BLOCKS = 50;
/** Slack's limit for the text of `chat.update`. */
const MOST_TEXT = 4000;

export const labelled = (label: string, said: Said): Said => [bold(label), ' ', ...said];

export const group = (lines: readonly Said[], most = 12, rest?: string): Group => ({
  lines,
  most,
  ...(rest === undefined ? {} : { rest }),
});

const linesOf = ({ lines, rest }: Group, shown: number): readonly Said[] => {
  const left = lines.length - shown;
  if (left <= 0) return lines;
  return [...lines.slice(0, shown), [`… and ${left} more${rest === undefined ? '' : `: ${rest}`}`]];
};

const shownAtFirst = ({ lines, most }: Group): number => Math.min(lines.length, most);

/** The group that shows most gives up a quarter of its lines; null when none has more than one left. */
const fewer = (shown: readonly number[]): readonly number[] | null => {
  const most = Math.max(...shown);
  if (most <= 1) return null;
  const at = shown.indexOf(most);
  return shown.map((lines, index) => (index === at ? lines - Math.max(1, Math.floor(lines / 4)) : lines));
};

const blocksOf = (sheet: Sheet, shown: readonly number[], withDecoration: boolean, now: Instant): KnownBlock[] => {
  const { title, isShort = false, groups, decoration, quotes = [], buttons = [], footer = [], fields = [] } = sheet;
  const parts = groups.map((one, index) => linesOf(one, shown[index] ?? 0)).filter((lines) => lines.length > 0);
  const [first = [], ...others] = isShort && title !== '' ? [[[title]], ...parts] : parts;
  const decorated = withDecoration && decoration ? [decoration] : [];
  return [
    ...(isShort || title === '' ? [] : [header(title)]),
    ...sections(first, now),
    ...others.slice(0, 1).flatMap((lines) => sections(lines, now)),
    ...decorated,
    ...others.slice(1).flatMap((lines) => sections(lines, now)),
    ...quotes.map((quote) => quoteBlock(quote, now)),
    ...(buttons.length > 0 ? [actions(buttons, sheet.blockId ?? 'steer')] : []),
    ...(footer.length > 0 ? [contextLine(footer, now)] : []),
    ...fields,
  ];
};

const textOf = (sheet: Sheet, shown: readonly number[], now: Instant): string => {
  const { title, groups, quotes = [], typed = null, footer = [] } = sheet;
  const lines = groups.flatMap((one, index) => linesOf(one, shown[index] ?? 0));
  const last = footer.flatMap((part, index): Said => (index === 0 ? part : [' · ', ...part]));
  return [[title], ...lines, ...quotes.map(quoteSaid), ...(typed === null ? [] : [[typed]]), last]
    .map((line) => textLine(line, now))
    .filter((line) => line !== '')
    .join('\n');
};

const fitsBlocks = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= MOST_BLOCKS && JSON.stringify(blocks).length <= MOST_CHARACTERS;

/** Blocks within all limits: the decoration goes first, then lines, and what went is counted. */
export const blocksWithin = (
  sheet: Sheet,
  { now, decorated }: Pick<ViewContext, 'now' | 'decorated'>,
): KnownBlock[] => {
  const wanted = sheet.groups.map(shownAtFirst);
  const first = blocksOf(sheet, wanted, decorated, now);
  if (fitsBlocks(first)) return first;
  for (let shown: readonly number[] | null = wanted; shown !== null; shown = fewer(shown)) {
    const blocks = blocksOf(sheet, shown, false, now);
    if (fitsBlocks(blocks)) return blocks;
  }
  throw new RangeError(`"${sheet.title.slice(0, 80)}" does not fit into a message, whatever is left out of it`);
};

const textWithin = (sheet: Sheet, now: Instant): string => {
  let text = '';
  for (let shown: readonly number[] | null = sheet.groups.map(shownAtFirst); shown !== null; shown = fewer(shown)) {
    text = textOf(sheet, shown, now);
    if (text.length <= MOST_TEXT) return text;
  }
  throw new RangeError(`"${sheet.title.slice(0, 80)}" does not fit into a text, whatever is left out of it`);
};

export const rendered = (sheet: Sheet, context: Pick<ViewContext, 'now' | 'decorated'>): Rendered => ({
  text: textWithin(sheet, context.now),
  blocks: blocksWithin(sheet, context),
});
