import { above } from '../capacity/limit.ts';
import type { SetAfter } from '../capacity/set-after.ts';
import type { Objection } from '../domain/objections.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { collect, NONE } from './context.ts';
import { refuse } from './objection.ts';

/**
 * By the vendor's own rules a drained member would answer after all, because the members that serve are unhealthy: users
 * would be sent back to the region they were taken from.
 */
export const failsOpen = ({ model, outcome: { slots, after } }: SetAfter): readonly Objection[] =>
  collect(model.shape.slots, ({ region: r, owner: region, name }, i) => {
    const share = after[r] ?? 0;
    if (slots[i]?.weight != null || !above(share, 0)) return NONE;
    const { ref, service } = model.planned;
    const value = Math.round(share * WHOLE);
    const because = `${ref.name} ${ref.type}: ${name} would be drained and still get ${percentText(value)} of the answers, because the checks of the others fail`;
    return [refuse('fails-open', because, { value, limit: 0, region, set: ref.set, service })];
  });
