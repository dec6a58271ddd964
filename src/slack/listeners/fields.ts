import { OBJECTION_CODES, type ObjectionCode } from '../../domain/objections.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import { wordFor } from '../../words/word-for.ts';
import { wrongWord } from '../views/confirm.ts';
import { FIELDS } from '../views/ids.ts';

/** What Slack sends of a modal's inputs, by block and action. */
export type StateValues = Readonly<
  Record<
    string,
    Readonly<
      Record<
        string,
        { readonly value?: string | null; readonly selected_options?: readonly { readonly value: string }[] | null }
      >
    >
  >
>;

/** What a person filled in. */
export interface Filled {
  readonly word: string;
  readonly reason: string;
  readonly code: string;
  /** Refusals that were ticked to be set aside. */
  readonly overrides: readonly ObjectionCode[];
}

const textIn = (values: StateValues, { block, action }: { readonly block: string; readonly action: string }): string =>
  values[block]?.[action]?.value?.trim() ?? '';

export const filledIn = (values: StateValues): Filled => {
  const { block, action } = FIELDS.overrides;
  const ticked = new Set((values[block]?.[action]?.selected_options ?? []).map(({ value }) => value));
  return {
    word: textIn(values, FIELDS.word),
    reason: textIn(values, FIELDS.reason),
    code: textIn(values, FIELDS.code),
    overrides: OBJECTION_CODES.filter((code) => ticked.has(code)),
  };
};

/** A reason is read months later by somebody who was not there. */
const SHORTEST_REASON = 10;
const SHORTEST_WITH_OVERRIDES = 20;
const LONGEST_REASON = 500;

const reasonError = (reason: string, shortest: number): string | null => {
  if (reason.length < shortest) return `At least ${shortest} characters, for whoever reads the log.`;
  return reason.length > LONGEST_REASON ? `At most ${LONGEST_REASON} characters.` : null;
};

/** Everything that is wrong with what was filled in, by block, at once; empty when nothing is. */
export const fieldErrors = (
  move: Pick<MoveRequest, 'region' | 'verb' | 'services' | 'overrides'>,
  filled: Filled,
  asksForCode: boolean,
): Readonly<Record<string, string>> => {
  const word = wordFor(move);
  const overriding = move.overrides.length > 0 || filled.overrides.length > 0;
  const reason = reasonError(filled.reason, overriding ? SHORTEST_WITH_OVERRIDES : SHORTEST_REASON);
  return {
    ...(filled.word === word ? {} : { [FIELDS.word.block]: wrongWord(word, filled.word).slice(0, 300) }),
    ...(reason === null ? {} : { [FIELDS.reason.block]: reason }),
    ...(!asksForCode || /^[\d\s]{6,10}$/.test(filled.code)
      ? {}
      : { [FIELDS.code.block]: 'Type the six digits that your device shows now.' }),
  };
};
