import type { Objection } from '../domain/objections.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/** All checks red at once: nothing is called dead and nothing moves, people are told (design section 4). */
export const tooManyDead = ({ deaths }: Standing): readonly Objection[] =>
  deaths.tooMany
    ? [
        refuse(
          'too-many-dead',
          `${deaths.called.join(' and ')} are called dead at once; rather the signals are wrong, so none of them counts as dead`,
          { value: deaths.called.length, limit: 1 },
        ),
      ]
    : [];
