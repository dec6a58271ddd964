import type { Objection } from '../../domain/objections.ts';
import type { Refusal } from '../../operations/answer.ts';
import { seenText, wayOut } from '../../words/objections.ts';
import type { Style } from './style.ts';
import { wrapped } from './table.ts';

const WIDTH = 110;

/** One refusal in full: its code for the runbook, what was seen and the limit, and who may set it aside. */
const objectionLines = (objection: Objection, style: Style): readonly string[] => {
  const isRefusal = objection.severity === 'refuse';
  const mark = isRefusal ? 'REFUSED' : 'WARNING';
  const head = wrapped(`${mark} ${objection.code}: ${objection.because}${seenText(objection)}`, WIDTH, '    ');
  const coloured = head.map(isRefusal ? style.bad : style.warn);
  return isRefusal ? [...coloured, style.dim(`    ${wayOut(objection)}`)] : coloured;
};

export const objectionsText = (objections: readonly Objection[], style: Style): readonly string[] => {
  const refused = objections.filter(({ severity }) => severity === 'refuse');
  const warned = objections.filter(({ severity }) => severity === 'warn');
  return [...refused, ...warned].flatMap((objection) => objectionLines(objection, style));
};

/** A "no", all of it: sentences first, then what the guards said. */
export const refusalLines = (refusal: Refusal, style: Style): readonly string[] => [
  ...refusal.problems.flatMap((problem) => wrapped(problem, WIDTH, '  ')).map(style.bad),
  ...objectionsText(refusal.objections, style),
  ...(refusal.objections.length > 0 ? ['Nothing was done. Each code has an entry in runbooks/README.md.'] : []),
];
