import type { Rendered } from '../rendered.ts';

export const FREEZE_ACTIONS = { freeze: 'steer.freeze', unfreeze: 'steer.unfreeze' } as const;

const WHAT = {
  freeze: { verb: 'Freeze', what: 'Nothing new may start, also no evacuation. What runs goes on unless it is held.' },
  unfreeze: { verb: 'Unfreeze', what: 'Lifts every freeze: runs may start again.' },
} as const;

/** Asks once more before a freeze is set or lifted: the dialog of the button names the consequence. */
export const renderFreezeQuestion = (verb: 'freeze' | 'unfreeze', because: string, value: string): Rendered => {
  const { verb: word, what } = WHAT[verb];
  const plain = (text: string) => ({ type: 'plain_text', text }) as const;
  return {
    text: `${word}? ${what} Nothing was done yet.`,
    blocks: [
      { type: 'section', text: plain(`${word}? ${what} Nothing was done yet.`) },
      { type: 'section', text: plain(`Reason: ${because}`.slice(0, 3000)) },
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: FREEZE_ACTIONS[verb],
            text: plain(word),
            value,
            accessibility_label: `${word}, asks to confirm`,
            confirm: {
              title: plain(`${word}?`),
              text: plain(what),
              confirm: plain(word),
              deny: plain('Cancel'),
            },
          },
        ],
      },
    ],
  };
};
