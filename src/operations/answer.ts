import type { Objection } from '../domain/objections.ts';
import type { Forecast } from '../domain/plan.ts';

/**
 * A "no". `refused`: by a role, a guard or the state of things. `usage`: what was named does not exist or does not go
 * together. `unavailable`: steer itself cannot answer, e.g. no config is in force. `declined`: the asker himself said no.
 */
export interface Refusal {
  readonly kind: 'refused' | 'usage' | 'unavailable' | 'declined';
  /** Whole sentences, all of them at once. */
  readonly problems: readonly string[];
  readonly objections: readonly Objection[];
  /** The plan that was refused, where there is one to look at. */
  readonly forecast: Forecast | null;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const granted = <T>(value: T): Answer<T> => ({ ok: true, value });

export const refuse = (
  problems: readonly string[],
  more: Partial<Omit<Refusal, 'problems'>> = {},
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { kind: 'refused', objections: [], forecast: null, ...more, problems },
});
