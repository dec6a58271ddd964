import type { Objection } from '../../domain/objections.ts';
import { percentText } from '../../domain/units.ts';
import type { Refusal } from '../../operations/answer.ts';
import type { Style } from './style.ts';
import { wrapped } from './table.ts';

const WIDTH = 110;

/** Codes whose value and limit are shares of something, kept in basis points. */
const SHARES: ReadonlySet<Objection['code']> = new Set([
  'floor',
  'budget',
  'headroom',
  'step-too-large',
  'impossible-move',
]);

const valueText = (code: Objection['code'], value: number | string): string =>
  typeof value === 'number' && SHARES.has(code) ? percentText(value) : String(value);

/** What was seen and the limit, unless the sentence has told both. */
const seen = ({ code, value, limit, because }: Objection): string => {
  if (value === null || limit === null) return '';
  const [found, most] = [valueText(code, value), valueText(code, limit)];
  return because.includes(found) && because.includes(most) ? '' : ` [seen ${found}, limit ${most}]`;
};

/** Unknown facts have no override of their own: what they leave unproven is the headroom. */
const whatToOverride = (code: string): string => (code.startsWith('facts-') ? 'headroom' : code);

const wayOut = ({ override, code, mayPass }: Objection): string => {
  const waits = mayPass ? 'It may pass by itself: try again in a while. ' : '';
  if (override === 'nobody') return `${waits}Nobody can override this.`;
  return `${waits}An admin with a second person may override it: --override ${whatToOverride(code)}`;
};

/** One refusal in full: its code for the runbook, what was seen and the limit, and who may set it aside. */
const objectionLines = (objection: Objection, style: Style): readonly string[] => {
  const isRefusal = objection.severity === 'refuse';
  const mark = isRefusal ? 'REFUSED' : 'WARNING';
  const head = wrapped(`${mark} ${objection.code}: ${objection.because}${seen(objection)}`, WIDTH, '    ');
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
