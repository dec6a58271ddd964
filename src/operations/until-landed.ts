import type { Append, StoredEvent } from '../ports/journal.ts';
import { type Answer, refuse } from './answer.ts';
import type { Deps } from './deps.ts';

/** More than two people and an executor ever cause at once; a sign that something else is wrong. */
const MOST_TRIES = 50;

/** What to append, decided on a fresh look at the store. */
export interface Decision<T> {
  readonly append: Append;
  readonly value: (events: readonly StoredEvent[]) => T;
}

/**
 * Decides, appends, and decides again from a fresh look whenever somebody appended first: what was judged and what is
 * written then always rest on the same events.
 */
export const untilLanded = async <T>(
  deps: Pick<Deps, 'journal'>,
  decide: () => Promise<Answer<Decision<T>>>,
): Promise<Answer<T>> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const decision = await decide();
    if (!decision.ok) return decision;
    const appended = await deps.journal.append(decision.value.append);
    if (appended.ok) return { ok: true, value: decision.value.value(appended.events) };
  }
  return refuse([`Others appended ${MOST_TRIES} times in between, so this was not done. Try again.`], {
    kind: 'unavailable',
  });
};
