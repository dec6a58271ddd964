import type { CommandHint } from '../types.ts';
import { h, type Tree } from './tree.ts';

/** The verbs that what is typed could become; none unless it begins with a slash. */
export const offered = (draft: string, commandName: string, hints: readonly CommandHint[]): readonly CommandHint[] => {
  if (!draft.startsWith('/')) return [];
  const [first = '', ...rest] = draft.split(' ');
  if (rest.length === 0) return commandName.startsWith(first) ? hints : [];
  if (first !== commandName) return [];
  const typed = rest.join(' ').trimStart();
  return hints.filter(({ usage }) => usage.startsWith(typed) || typed.startsWith(`${usage.split(' ')[0]} `));
};

/** What stands in the composer once an offer is taken: the verb, ready for its first word. */
export const taken = ({ usage }: CommandHint, commandName: string): string =>
  `${commandName} ${usage.split(' ')[0] ?? ''} `;

export interface ComposerParts {
  readonly id: 'composer' | 'reply';
  readonly label: string;
  readonly commandName: string;
  readonly offers: readonly CommandHint[];
  readonly chosen: number;
}

const offerTree = (offer: CommandHint, index: number, { commandName, chosen }: ComposerParts): Tree =>
  h(
    'li',
    {
      role: 'option',
      id: `offer-${index}`,
      'aria-selected': index === chosen ? 'true' : 'false',
      'data-do': 'take',
      'data-index': index,
      'data-testid': 'command-offer',
    },
    h('code', {}, `${commandName} ${offer.usage}`),
    h('span', {}, offer.about),
  );

/** Where a person types. What was typed is kept by the field itself. */
export const composer = (parts: ComposerParts): Tree => {
  const { id, label, offers, chosen } = parts;
  const hasOffers = offers.length > 0;
  return h(
    'form',
    { class: 'composer', key: id, 'data-do': id === 'composer' ? 'send' : 'send-reply', autocomplete: 'off' },
    hasOffers &&
      h(
        'ul',
        { class: 'offers', role: 'listbox', id: 'offers', 'aria-label': 'Commands' },
        offers.map((offer, index) => offerTree(offer, index, parts)),
      ),
    h('label', { for: id, class: 'hidden' }, label),
    h('textarea', {
      id,
      rows: 1,
      placeholder: label,
      'data-testid': id,
      'aria-autocomplete': 'list',
      'aria-controls': hasOffers ? 'offers' : null,
      'aria-activedescendant': hasOffers && chosen >= 0 ? `offer-${chosen}` : null,
      spellcheck: 'false',
    }),
    h('button', { type: 'submit', class: 'button primary', 'data-testid': `${id}-send` }, 'Send'),
  );
};
