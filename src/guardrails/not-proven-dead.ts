import type { Declaration } from '../domain/declaration.ts';
import type { GateJudgement } from '../domain/gates.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import { areIndependent, PEOPLE } from '../gates/independence.ts';
import { NONE, once, type Standing } from './context.ts';
import { warn } from './objection.ts';

/** Two hundred services lack the same signal: the first few name it, the rest are counted. */
const MOST_NAMED = 3;

const seen = ({ gate, outcome, backend, vantage }: GateJudgement): string =>
  `${gate} ${outcome} (${backend} in ${vantage})`;

/** What the measured signals of one service say instead of the one FAIL that is missing. */
const lacking = (service: ServiceId, gates: readonly GateJudgement[]): string => {
  if (gates.length === 0) return `${service} has no gate there`;
  const told = gates.slice(0, MOST_NAMED).map(seen).join(', ');
  const more = gates.length > MOST_NAMED ? ` and ${gates.length - MOST_NAMED} more` : '';
  const dependent = gates.some((gate) => gate.outcome === 'FAIL' && !areIndependent(gate, PEOPLE));
  const why = dependent ? ', where what fails declares no backend and vantage point of its own' : '';
  return `${service} has ${told}${more}${why}`;
};

/**
 * People declare the region dead, and it does not count as dead: only a warning, because then the move is judged as that of
 * a region that lives. Says which signal is missing (design section 4).
 */
export const notProvenDead = (standing: Standing): readonly Objection[] => {
  const { declared } = standing.facts;
  if (declared === null) return NONE;
  return once(standing, 'not-proven-dead', declared, () => unproven(standing, declared));
};

const unproven = ({ envelope, facts }: Standing, { region, by, counts }: Declaration): readonly Objection[] => {
  const open = envelope.services.flatMap(({ service }) => {
    const known = facts.services[service]?.regions[region];
    return known?.health === 'dead' ? [] : [{ service, gates: known?.gates ?? [] }];
  });
  if (open.length === 0) return NONE;
  const named = open.slice(0, MOST_NAMED).map(({ service, gates }) => lacking(service, gates));
  const more = open.length > MOST_NAMED ? `; so have ${open.length - MOST_NAMED} more services` : '';
  const who = `${region} is declared dead by ${by.join(' and ')}`;
  const word = counts
    ? 'which is one signal and proves nothing alone; a measured FAIL of another backend and vantage point is missing'
    : 'and by no second person, so that it does not count; without it two measured FAILs of different backends and vantage points are needed';
  const because = `${who}, ${word}: ${named.join('; ')}${more}. Leaving it counts as leaving healthy capacity`;
  return [warn('not-proven-dead', because, { region })];
};
