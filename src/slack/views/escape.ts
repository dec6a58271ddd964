import type { MrkdwnElement, PlainTextElement, RichTextBlock, RichTextElement } from '@slack/types';
import type { Instant } from '../../domain/units.ts';
import { clockTime } from '../../words/numbers.ts';
import type { Piece, Said } from './said.ts';

/**
 * The only module that writes mrkdwn. Strings are foreign text: names, reasons, errors of vendors. Nothing in them can
 * mention, link, format, or begin a line of its own.
 */

/** Line breaks and tabs become spaces; other control, bidi, zero-width and tag characters and half characters go. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue000\ue001]/gu, '')
    .replace(/[\u{e0000}-\u{e007f}\ufffd]/gu, '');

const cutAt = (text: string, most: number): string =>
  text
    .slice(0, Math.max(0, most))
    .toWellFormed()
    .replace(/\ufffd$/, '');

/** At most so long; what is left out is counted, never dropped in silence. */
export const shortened = (text: string, most: number): string => {
  if (text.length <= most) return text;
  const more = (left: number): string => `… and ${left} more characters`;
  const room = most - more(text.length).length;
  // Too small for a sentence about what is missing, as in the title of a modal.
  if (room < 1) return `${cutAt(text, most - 1)}…`;
  const kept = cutAt(text, room);
  return `${kept}${more(text.length - kept.length)}`;
};

/** Longest piece of foreign text in one sentence. The whole stands in the journal and in `show` on the command line. */
const LONGEST_PIECE = 600;

/** Tried one after the other where a line would become too long: `<` alone takes four characters once it is escaped. */
const SHORTER_PIECES = [LONGEST_PIECE, 300, 150, 75, 40] as const;

/** Longest line of a section, so that two always fit into one. */
const LONGEST_LINE = 1400;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Slack has no escape for its formatting characters. Their full-width forms look alike, format nothing, and are turned
 * back by the normalisation (NFKC) of the command grammar when somebody copies them.
 */
const FULL_WIDTH: Readonly<Record<string, string>> = { '*': '\uff0a', '~': '\uff5e', '`': '\uff40', _: '\uff3f' };

const entities = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? '');

/** An underscore inside a word formats nothing, and names are full of them. */
const literal = (text: string): string =>
  entities(text).replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (sign) => FULL_WIDTH[sign] ?? '');

const insideCode = (text: string): string => entities(text).replaceAll('`', FULL_WIDTH['`'] ?? '');

const own = (text: string, most: number = LONGEST_PIECE): string => shortened(clean(text), most);

/** Ids as Slack makes them. Anything else in a config is printed, not mentioned. */
const USER = /^[UW][A-Z0-9]{1,30}$/;
const GROUP = /^S[A-Z0-9]{1,30}$/;
const CHANNEL = /^[CG][A-Z0-9]{1,30}$/;

/** Each reader sees it in a zone of his own; UTC is what clients fall back to that cannot. */
const dateToken = (at: Instant, now: Instant): string => {
  const fallback = clockTime(at, now);
  const format = fallback.length > 'HH:MM:SS UTC'.length ? '{date_short} {time_secs}' : '{time_secs}';
  return `<!date^${Math.floor(at / 1000)}^${format}|${fallback}>`;
};

const pieceMrkdwn = (piece: Piece, now: Instant, most: number): string => {
  if (typeof piece === 'string') return literal(own(piece, most));
  switch (piece.kind) {
    case 'bold':
    case 'label':
      return `*${literal(own(piece.text, most))}*`;
    case 'code':
      return `\`${insideCode(own(piece.text, most))}\``;
    case 'time':
      return dateToken(piece.at, now);
    case 'person':
      return piece.user !== null && USER.test(piece.user) ? `<@${piece.user}>` : literal(own(piece.person, most));
    case 'group':
      return GROUP.test(piece.group) ? `<!subteam^${piece.group}>` : literal(own(piece.group, most));
    case 'channel':
      return CHANNEL.test(piece.channel) ? `<#${piece.channel}>` : literal(own(piece.channel, most));
  }
};

const piecePlain = (piece: Piece, now: Instant, most: number): string => {
  if (typeof piece === 'string') return own(piece, most);
  switch (piece.kind) {
    case 'bold':
    case 'code':
      return own(piece.text, most);
    case 'label':
      return `${own(piece.text, most)}:`;
    case 'time':
      return clockTime(piece.at, now);
    case 'person':
      return own(piece.person, most);
    case 'group':
      return 'the approvers';
    case 'channel':
      return own(piece.channel, most);
  }
};

/** As a person reads it: clock times in UTC, names instead of mentions. Not escaped. */
export const plainOf = (said: Said, now: Instant, most: number = LONGEST_PIECE): string =>
  said.map((piece) => piecePlain(piece, now, most)).join('');

/** The longest form of a line that is short enough: foreign pieces give way, and say how much of them is missing. */
const fitting = (longest: number, write: (most: number) => string): string => {
  let line = '';
  for (const most of SHORTER_PIECES) {
    line = write(most);
    if (line.length <= longest) return line;
  }
  return line;
};

/** For the top-level `text`, which Slack reads as mrkdwn: no token at all, so that it is the same everywhere. */
export const textLine = (said: Said, now: Instant, longest: number = LONGEST_LINE): string =>
  fitting(longest, (most) => literal(plainOf(said, now, most)));

export const mrkdwnLine = (said: Said, now: Instant, longest: number = LONGEST_LINE): string =>
  fitting(longest, (most) => said.map((piece) => pieceMrkdwn(piece, now, most)).join(''));

/** `verbatim`: Slack looks for no names and links in it by itself. Lines come from here alone, never from foreign text. */
export const mrkdwn = (lines: readonly Said[], now: Instant, longest?: number): MrkdwnElement => ({
  type: 'mrkdwn',
  text: lines.map((said) => mrkdwnLine(said, now, longest)).join('\n'),
  verbatim: true,
});

/** Shown as it is: nothing in it is formatted, and `:words:` between colons stay words. */
export const plainText = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: shortened(clean(text), most) || '-',
  emoji: false,
});

const richPiece = (piece: Piece, now: Instant): RichTextElement => {
  if (typeof piece === 'string') return { type: 'text', text: own(piece) };
  switch (piece.kind) {
    case 'bold':
    case 'code':
      return { type: 'text', text: own(piece.text), style: { [piece.kind]: true } };
    default:
      return { type: 'text', text: plainOf([piece], now) };
  }
};

const LONGEST_QUOTE = LONGEST_PIECE - 20;

export interface Quote {
  /** `Asked by operator-1 (cli)`. */
  readonly before: Said;
  /** Empty where nothing was said. */
  readonly words: string;
}

/** Who wrote it, and what, between quotation marks. */
export const quoteSaid = ({ before, words }: Quote): Said => {
  const said = clean(words).trim();
  return said === '' ? before : [...before, `: “${shortened(said, LONGEST_QUOTE)}”`];
};

/** What a person wrote goes where no character formats anything. */
export const quoteBlock = (quote: Quote, now: Instant): RichTextBlock => ({
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: quoteSaid(quote)
        .map((piece) => richPiece(piece, now))
        .filter((element) => element.type !== 'text' || element.text !== ''),
    },
  ],
});
