import type { RegionId } from '../domain/ids.ts';
import { isHome } from '../domain/layers.ts';
import type { Objection } from '../domain/objections.ts';
import { entriesOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { percentText } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

const shown = (shares: Shares): string =>
  entriesOf<RegionId, number>(shares)
    .filter(([, share]) => share > 0)
    .map(([region, share]) => `${region} ${percentText(share)}`)
    .join(', ');

/**
 * A plan moves one layer of a service and counts on the others being at home. One that is not would send traffic where nobody
 * has judged it. One that cannot be read holds a drill or a planned move; an emergency was approved with that said.
 */
export const layersFight = ({ envelope, facts }: Standing): readonly Objection[] =>
  (envelope.stillLayers ?? []).flatMap(({ service, layer, moves, sets }) =>
    sets.flatMap(({ ref, members, home }) => {
      const known = facts.sets[ref.set];
      if (known === undefined) {
        if (envelope.request.mode === 'emergency') return [];
        const because = `${ref.name} ${ref.type} of layer "${layer}" could not be read, and it must be at home while "${moves}" moves`;
        return [refuse('facts-missing', because, { set: ref.set, service })];
      }
      const live = sharesOf(known.state, members);
      if (isHome(live, home)) return [];
      const because = `${ref.name} ${ref.type} of layer "${layer}" serves ${shown(live)} instead of its home ${shown(home)} while "${moves}" moves: one layer would undo the other; bring it home at its vendor, then resume`;
      return [refuse('layers-fight', because, { value: shown(live), limit: shown(home), set: ref.set, service })];
    }),
  );
