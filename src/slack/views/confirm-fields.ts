import type { InputBlock } from '@slack/types';
import { checkboxes, textField } from './blocks.ts';
import type { OverrideChoice } from './break-glass.ts';
import { FIELDS } from './ids.ts';

/** Who reads it later was not there; a break-glass needs more than a word. */
const SHORTEST_REASON = 10;
const SHORTEST_BREAK_GLASS_REASON = 20;
const LONGEST_REASON = 500;

const choiceFor = ({ code, names, because }: OverrideChoice) => ({
  value: code,
  text: names.length === 0 ? code : `${code}: ${names.join(', ')}`,
  description: because[0] ?? code,
});

/** The word first, so that the hand stops there; then why; then what proves it. */
export const confirmFields = (
  {
    word,
    reason,
    asksForCode,
    breakGlass,
  }: { readonly word: string; readonly reason: string; readonly asksForCode: boolean; readonly breakGlass: boolean },
  choices: readonly OverrideChoice[],
): InputBlock[] => {
  const overrides =
    choices.length === 0
      ? []
      : [
          checkboxes(
            {
              ...FIELDS.overrides,
              label: 'Break glass: set aside the refusals ticked here',
              hint: 'Needs a second person, tells the approvers, stands in the record, and expires with this run.',
            },
            choices.map(choiceFor),
          ),
        ];
  const shortest = breakGlass ? SHORTEST_BREAK_GLASS_REASON : SHORTEST_REASON;
  const code = textField({ ...FIELDS.code, label: 'One-time code of your authenticator', longest: 6, shortest: 6 });
  return [
    ...overrides,
    textField({ ...FIELDS.word, label: `Type ${word} to confirm`, longest: 300, focus: true }),
    textField({
      ...FIELDS.reason,
      label: 'Reason (kept in the audit log)',
      hint: `At least ${shortest} characters.`,
      initial: reason,
      multiline: true,
      shortest,
      longest: LONGEST_REASON,
    }),
    ...(asksForCode ? [code] : []),
  ];
};
