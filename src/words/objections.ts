import type { Objection } from '../domain/objections.ts';
import { percentText } from '../domain/units.ts';

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
export const seenText = ({ code, value, limit, because }: Objection): string => {
  if (value === null || limit === null) return '';
  const [found, most] = [valueText(code, value), valueText(code, limit)];
  return because.includes(found) && because.includes(most) ? '' : ` [seen ${found}, limit ${most}]`;
};

/** Unknown facts have no override of their own: what they leave unproven is the headroom. */
const whatToOverride = (code: string): string => (code.startsWith('facts-') ? 'headroom' : code);

/** Who may set it aside, and how; `how` replaces what is typed at a terminal. */
export const wayOut = ({ override, code, mayPass }: Objection, how?: string): string => {
  const waits = mayPass ? 'It may pass by itself: try again in a while. ' : '';
  if (override === 'nobody') return `${waits}Nobody can override this.`;
  return `${waits}An admin with a second person may override it: ${how ?? `--override ${whatToOverride(code)}`}`;
};
