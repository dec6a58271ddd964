import type { Token } from './tokens.ts';
import { listOf } from './values.ts';

/** The words of a move by the part they play: `from` and `to` mark what follows them, wherever they stand. */
export interface Layout {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly rest: readonly string[];
  /** `from` or `to` was typed with nothing behind it. */
  readonly dangling: readonly string[];
}

const NOISE: ReadonlySet<string> = new Set([
  'in',
  'of',
  'the',
  'region',
  'regions',
  'please',
  'service',
  'traffic',
  'out',
]);
const FROM: ReadonlySet<string> = new Set(['from']);
const TO: ReadonlySet<string> = new Set(['to', 'into', 'onto', '->', '-->']);

/** `20 %` typed with a space is one word. */
const joinPercent = (words: readonly Token[]): string[] => {
  const joined: string[] = [];
  for (const { text } of words) {
    const before = joined.at(-1);
    if (text === '%' && before !== undefined && /^[\d.]+$/.test(before)) joined[joined.length - 1] = `${before}%`;
    else joined.push(text.replace(/^([\d.]+)\s+%$/, '$1%'));
  }
  return joined;
};

const AND: ReadonlySet<string> = new Set(['and', ',', '&']);

type Marker = 'from' | 'to';

const markerOf = (folded: string): Marker | null => {
  if (FROM.has(folded)) return 'from';
  return TO.has(folded) ? 'to' : null;
};

/** Where the next word goes, and what has been placed so far. */
class Placing {
  readonly from: string[] = [];
  readonly to: string[] = [];
  readonly rest: string[] = [];
  readonly dangling: string[] = [];
  #marker: Marker | null = null;
  /** The list of destinations was left open by a comma or an "and". */
  #listGoesOn = false;

  mark(marker: Marker | null): void {
    if (this.#marker !== null) this.dangling.push(this.#marker);
    this.#marker = marker;
    this.#listGoesOn = false;
  }

  /** An "and" after a destination: true when it was one. */
  joins(folded: string): boolean {
    const joins = this.to.length > 0 && this.#marker === null && AND.has(folded);
    this.#listGoesOn ||= joins;
    return joins;
  }

  place(word: string): void {
    const pieces = listOf(word);
    const continues = this.#marker === null && (this.#listGoesOn || (this.to.length > 0 && word.startsWith(',')));
    const isDestination = this.#marker === 'to' || continues;
    if (isDestination) this.to.push(...pieces);
    else (this.#marker === 'from' ? this.from : this.rest).push(...pieces);
    this.#listGoesOn = isDestination && word.endsWith(',');
    this.#marker = null;
  }
}

export const layOut = (words: readonly Token[]): Layout => {
  const placing = new Placing();
  for (const word of joinPercent(words)) {
    const folded = word.toLowerCase();
    const marker = markerOf(folded);
    if (marker !== null) placing.mark(marker);
    else if (!NOISE.has(folded) && !placing.joins(folded)) placing.place(word);
  }
  placing.mark(null);
  return placing;
};
