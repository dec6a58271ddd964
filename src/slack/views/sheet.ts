import type { InputBlock, KnownBlock } from '@slack/types';
import type { Instant } from '../../domain/units.ts';
import type { Rendered } from '../rendered.ts';
import { actions, type ButtonSpec, contextLine, header, sections } from './blocks.ts';
import type { ViewContext } from './context.ts';
import { type Quote, quoteBlock, quoteSaid, textLine } from './escape.ts';
import { bold, label, type Said } from './said.ts';

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

export const labelled = (name: string, said: Said): Said => [label(name), ' ', ...said];

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

/** How much of a sheet is shown: lines of each group, and characters of each line. */
interface Cut {
  readonly shown: readonly number[];
  readonly longest: number;
}

/** Long lines become shorter before lines are left out, since every line says something else. */
function* cuts(groups: readonly Group[]): Generator<Cut> {
  const wanted = groups.map(shownAtFirst);
  yield { shown: wanted, longest: 1400 };
  for (const longest of [600, 250, 100]) {
    for (let shown: readonly number[] | null = wanted; shown !== null; shown = fewer(shown)) yield { shown, longest };
  }
}

const blocksOf = (sheet: Sheet, { shown, longest }: Cut, withDecoration: boolean, now: Instant): KnownBlock[] => {
  const { title, isShort = false, groups, decoration, quotes = [], buttons = [], footer = [], fields = [] } = sheet;
  const parts = groups.map((one, index) => linesOf(one, shown[index] ?? 0)).filter((lines) => lines.length > 0);
  const [first = [], second = [], ...others] = isShort && title !== '' ? [[[bold(title)]], ...parts] : parts;
  return [
    ...(isShort || title === '' ? [] : [header(title)]),
    ...sections(first, now, longest),
    ...sections(second, now, longest),
    ...(withDecoration && decoration ? [decoration] : []),
    ...others.flatMap((lines) => sections(lines, now, longest)),
    ...quotes.map((quote) => quoteBlock(quote, now)),
    ...(buttons.length > 0 ? [actions(buttons, sheet.blockId ?? 'steer')] : []),
    ...(footer.length > 0 ? [contextLine(footer, now)] : []),
    ...fields,
  ];
};

const textOf = (sheet: Sheet, { shown, longest }: Cut, now: Instant): string => {
  const { title, groups, quotes = [], typed = null, footer = [] } = sheet;
  const lines = groups.flatMap((one, index) => linesOf(one, shown[index] ?? 0));
  const last = footer.flatMap((part, index): Said => (index === 0 ? part : [' · ', ...part]));
  return [[title], ...lines, ...quotes.map(quoteSaid), ...(typed === null ? [] : [[typed]]), last]
    .map((line) => textLine(line, now, longest))
    .filter((line) => line !== '')
    .join('\n');
};

const fitsBlocks = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= MOST_BLOCKS && JSON.stringify(blocks).length <= MOST_CHARACTERS;

/** Blocks within all limits: the decoration goes first, then length, then lines; what went is counted. */
export const blocksWithin = (
  sheet: Sheet,
  { now, decorated }: Pick<ViewContext, 'now' | 'decorated'>,
): KnownBlock[] => {
  for (const withDecoration of decorated ? [true, false] : [false]) {
    for (const cut of cuts(sheet.groups)) {
      const blocks = blocksOf(sheet, cut, withDecoration, now);
      if (fitsBlocks(blocks)) return blocks;
      if (withDecoration) break;
    }
  }
  throw new RangeError(`"${sheet.title.slice(0, 80)}" does not fit into a message, whatever is left out of it`);
};

const textWithin = (sheet: Sheet, now: Instant): string => {
  for (const cut of cuts(sheet.groups)) {
    const text = textOf(sheet, cut, now);
    if (text.length <= MOST_TEXT) return text;
  }
  throw new RangeError(`"${sheet.title.slice(0, 80)}" does not fit into a text, whatever is left out of it`);
};

export const rendered = (sheet: Sheet, context: Pick<ViewContext, 'now' | 'decorated'>): Rendered => ({
  text: textWithin(sheet, context.now),
  blocks: blocksWithin(sheet, context),
});
