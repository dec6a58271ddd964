import type { Objection } from '../../domain/objections.ts';
import { seenText, wayOut } from '../../words/objections.ts';
import { label, type Said } from './said.ts';

/** What takes the place of `--override` here: break-glass is a button, and only for those who may. */
const HOW = 'Break glass… under the plan';

/** One refusal in full: its code for the runbook, what was seen and the limit, and who may set it aside. */
const objectionLine = (objection: Objection): Said => {
  const { severity, code, because } = objection;
  const isRefusal = severity === 'refuse';
  const head: Said = [label(`${isRefusal ? 'REFUSED' : 'WARNING'} ${code}`), ` ${because}${seenText(objection)}`];
  return isRefusal ? [...head, `. ${wayOut(objection, HOW)}`] : head;
};

/** Refusals before warnings. */
export const objectionLines = (objections: readonly Objection[]): readonly Said[] => [
  ...objections.filter(({ severity }) => severity === 'refuse').map(objectionLine),
  ...objections.filter(({ severity }) => severity === 'warn').map(objectionLine),
];
