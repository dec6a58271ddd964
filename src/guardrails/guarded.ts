import type { Objection } from '../domain/objections.ts';
import { refuse } from './objection.ts';

/**
 * Runs one guard. An exception inside it is itself a refusal (design rule 7): a guard that cannot judge has not judged
 * well. The audit tool that should have stopped Facebook's outage of 4 October 2021 had a bug and let it pass.
 */
export const guarded = (name: string, guard: () => readonly Objection[]): readonly Objection[] => {
  try {
    return guard();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [refuse('guard-failed', `the guard ${name} failed and therefore refuses: ${why}`, { value: name })];
  }
};

/** All guards of a table, every objection of each. */
export const allOf = <Context>(
  guards: Readonly<Record<string, (context: Context) => readonly Objection[]>>,
  context: Context,
): readonly Objection[] => {
  const objections: Objection[] = [];
  for (const [name, guard] of Object.entries(guards)) objections.push(...guarded(name, () => guard(context)));
  return objections;
};
