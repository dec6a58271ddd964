import type { Objection } from '../domain/objections.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/** While a freeze is in force nothing may start; what runs goes on unless it is held. */
export const freeze = ({ facts, now, started }: Standing): readonly Objection[] =>
  started
    ? []
    : facts.freezes
        .filter(({ until }) => until === null || now <= until)
        .map(({ by, because, until }) =>
          refuse('freeze', `${by} froze the fleet: ${because}; nothing may start`, { value: by, limit: until }),
        );
