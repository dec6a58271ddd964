import { type Declaration, declarationOf } from '../domain/declaration.ts';
import type { PersonId, RegionId } from '../domain/ids.ts';
import type { Run } from './state.ts';

/**
 * Who declares dead the region that this run leaves; null where nobody does. It counts once another person has approved the
 * plan: an admin who waived the second person has said so alone (design rule 12).
 */
export const declaredIn = ({ envelope, proposed, approval }: Run): Declaration | null =>
  declarationOf(envelope.request, proposed.by, approval === null || approval.solo ? null : approval.by);

/** The region that this person declares dead by having asked for or approved this run; null where he does not. */
export const deadBy = (run: Run, person: PersonId): RegionId | null => {
  const declared = declaredIn(run);
  return declared?.by.includes(person) === true ? declared.region : null;
};
