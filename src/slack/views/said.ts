import type { PersonId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/units.ts';

/** A part of a sentence. Strings are foreign text, whoever wrote them: nothing in them ever formats, links or mentions. */
export type Piece =
  | string
  | { readonly kind: 'bold' | 'code'; readonly text: string }
  /** What a line is about: bold, or with a colon where nothing can be bold. */
  | { readonly kind: 'label'; readonly text: string }
  /** Shown in the zone of its reader. */
  | { readonly kind: 'time'; readonly at: Instant }
  /** Notifies. `user` is null for people whom Slack does not know: then their name is printed. */
  | { readonly kind: 'person'; readonly person: PersonId; readonly user: string | null }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'channel'; readonly channel: string };

/** A sentence that has not been written in any format yet. */
export type Said = readonly Piece[];

/** Private-use characters around the seconds of an instant; whatever else stands between them stays text. */
const MARK = /\ue000(\d{1,11})\ue001/;

/** Passed to the words as their `TimeText`: the instant survives inside the sentence until a format is chosen. */
export const timeMark = (at: Instant): string => `\ue000${Math.floor(at / 1000)}\ue001`;

/**
 * A sentence of the words, with its instants taken out again. All that foreign text in it could do is show an instant more.
 */
export const sentence = (text: string): Said =>
  text
    .split(MARK)
    .map((part, index): Piece => (index % 2 === 0 ? part : { kind: 'time', at: Number(part) * 1000 }))
    .filter((piece) => piece !== '');

export const time = (at: Instant): Piece => ({ kind: 'time', at });
export const bold = (text: string): Piece => ({ kind: 'bold', text });
export const label = (text: string): Piece => ({ kind: 'label', text });
export const code = (text: string): Piece => ({ kind: 'code', text });

/** Puts pieces and sentences together: say`Asked by ${person}, expires ${time(at)}.` Marks in strings are not read. */
export const say = (parts: TemplateStringsArray, ...pieces: readonly (Piece | Said | number)[]): Said =>
  parts
    .flatMap((part, index): Piece[] => {
      const piece = pieces[index];
      return [part, ...(piece === undefined ? [] : typeof piece === 'number' ? [String(piece)] : [piece].flat())];
    })
    .filter((piece) => piece !== '');
