import type { Objection } from '../domain/objections.ts';
import type { PlannedSet } from '../domain/plan.ts';
import { zoneKey } from '../domain/steering.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/** A zone whose marker carries another store's id is steered from elsewhere (design rule 3 and section 7). */
export const foreignStore = (
  { envelope, facts }: Pick<Standing, 'envelope' | 'facts'>,
  sets: readonly PlannedSet[],
): readonly Objection[] =>
  [...new Set(sets.map(({ ref }) => zoneKey(ref)))].flatMap((zone) => {
    const fence = facts.fences[zone];
    if (fence === undefined)
      return [refuse('facts-missing', `zone ${zone}: its marker was not read, so nobody knows who steers it`)];
    if (fence === null || fence.store === envelope.store) return [];
    const because = `zone ${zone} is steered by store ${fence.store}, this one is ${envelope.store}; to take over: steer store adopt`;
    return [refuse('foreign-store', because, { value: fence.store, limit: envelope.store })];
  });
