/** `warn`: it works, and somebody should know or do something. `fail`: a move would be refused, or would go wrong. */
export type Level = 'ok' | 'warn' | 'fail';

/** One thing that was looked at, and how it stands. */
export interface Finding {
  readonly level: Level;
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** One sentence with what was seen. */
  readonly says: string;
  /** What to type or change; null where nothing has to be done. */
  readonly remedy: string | null;
}

export const ok = (check: string, says: string): Finding => ({ level: 'ok', check, says, remedy: null });

export const warn = (check: string, says: string, remedy: string | null): Finding => ({
  level: 'warn',
  check,
  says,
  remedy,
});

export const fail = (check: string, says: string, remedy: string | null): Finding => ({
  level: 'fail',
  check,
  says,
  remedy,
});

/** What is not as it should be. */
export const notOk = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ level }) => level !== 'ok');

/** A check that found nothing says so once, so that nobody takes silence for a check that was not made. */
export const orOk = (check: string, says: string, found: readonly Finding[]): readonly Finding[] =>
  found.length === 0 ? [ok(check, says)] : found;

/** `a, b, c and 4 more`: long lists hide the other findings. */
export const listed = (names: readonly string[], most = 5): string => {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
};
