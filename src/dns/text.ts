import { recordKeyText } from '../domain/record-order.ts';
import type { SetDiff } from './diff.ts';

const HEADS: Readonly<Record<SetDiff['what'], string>> = { new: 'new', changed: 'changed', gone: 'deleted' };

/** One set: its key, the lines of it with `- `, `+ ` or two spaces before them, and what stays as it is. */
export const setDiffText = ({ key, what, lines, kept }: SetDiff): readonly string[] => [
  `${recordKeyText(key)} (${HEADS[what]})`,
  ...lines.map(({ mark, text }) => `${mark} ${text}`),
  ...(kept.length === 0 ? [] : [`  ${what === 'gone' ? 'goes with it' : 'kept unchanged'}: ${kept.join(', ')}`]),
];

export const diffText = (diffs: readonly SetDiff[]): readonly string[] => diffs.flatMap(setDiffText);
