import { above } from '../capacity/limit.ts';
import type { SetAfter } from '../capacity/set-model.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import { entriesOf } from '../domain/records.ts';
import { percentText, WHOLE } from '../domain/units.ts';
import { refuse } from './objection.ts';

/**
 * By the vendor's own rules a drained member would answer after all, because the members that serve are unhealthy: users
 * would be sent back to the region they were taken from.
 */
export const failsOpen = ({ model, slots, after }: SetAfter): readonly Objection[] => {
  const regions = entriesOf<RegionId, string>(model.planned.members).map(([region]) => region);
  return model.slots.flatMap(({ region: r, name }, i) => {
    const share = after[r] ?? 0;
    if (slots[i]?.weight != null || !above(share, 0)) return [];
    const { ref, service } = model.planned;
    const value = Math.round(share * WHOLE);
    const because = `${ref.name} ${ref.type}: ${name} would be drained and still get ${percentText(value)} of the answers, because the checks of the others fail`;
    const region = regions[i];
    return [
      refuse('fails-open', because, {
        value,
        limit: 0,
        set: ref.set,
        service,
        ...(region === undefined ? {} : { region }),
      }),
    ];
  });
};
