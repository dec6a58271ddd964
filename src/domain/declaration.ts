import type { PersonId, RegionId } from './ids.ts';
import type { MoveRequest } from './plan.ts';

/**
 * People's word that the region an evacuation leaves is dead. However many say it, it is one signal (design section 4): it
 * proves nothing alone, and death beside one measured FAIL of another backend and vantage point.
 */
export interface Declaration {
  readonly region: RegionId;
  /** Who has said so, the asker first. */
  readonly by: readonly PersonId[];
  /** False as long as only one person has said so: then it is shown and counts for nothing. */
  readonly counts: boolean;
}

type Declaring = Pick<MoveRequest, 'verb' | 'mode' | 'region' | 'declaresDead'>;

/** Why this request may not declare a region dead, in a sentence that says what to type instead; null when it may, or does not. */
export const declarationProblem = ({ verb, mode, declaresDead }: Omit<Declaring, 'region'>): string | null => {
  if (declaresDead !== true) return null;
  if (verb !== 'evacuate')
    return 'Only the region that an evacuation leaves can be declared dead: leave out --declare-dead.';
  if (mode === 'drill')
    return 'A drill leaves a region that lives, so it cannot be declared dead: leave out --declare-dead, or --drill.';
  return null;
};

/** The region that a request declares dead: only the one that an evacuation leaves, and never in a drill. */
export const declaredRegion = (request: Declaring): RegionId | null =>
  request.declaresDead === true && declarationProblem(request) === null ? request.region : null;

/**
 * The declaration of a request, by the asker and, once somebody else has approved exactly this plan, by him too. `pending`
 * is a plan that nobody has approved yet: it shows what it will be once a second person has.
 */
export const declarationOf = (
  request: Declaring,
  askedBy: PersonId,
  second: PersonId | 'pending' | null,
): Declaration | null => {
  const region = declaredRegion(request);
  if (region === null) return null;
  if (second === 'pending') return { region, by: [askedBy], counts: true };
  return second === null || second === askedBy
    ? { region, by: [askedBy], counts: false }
    : { region, by: [askedBy, second], counts: true };
};
