import type { Objection } from '../domain/objections.ts';
import { differences } from '../domain/set-state.ts';
import type { Standing } from './context.ts';
import { refuse, warn } from './objection.ts';

/**
 * Before the first write every set must still be what the plan was made from, every member of it (design rules 2 and 5).
 * Where the envelope lets the others go on without a foreign set it is only said: the write itself expects the base and
 * cannot land on anything else.
 */
export const baseMoved = ({ envelope, facts, started }: Standing): readonly Objection[] =>
  started
    ? []
    : envelope.sets.flatMap(({ ref, base }) => {
        const live = facts.sets[ref.set];
        if (live === undefined) return [];
        const changes = differences(base, live.state);
        if (changes.length === 0) return [];
        const seen = `${ref.name} ${ref.type} has changed since the plan was made: ${changes.join('; ')}`;
        const details = { value: changes.join('; '), set: ref.set };
        return envelope.goesOnWithoutForeignSets
          ? [warn('base-moved', `${seen}; it stays as it is, the others go on`, details)]
          : [refuse('base-moved', `${seen}; make a new plan`, details)];
      });
