import type { GateJudgement } from '../domain/gates.ts';

/** Backend and vantage of a gate whose signal nobody declared: equal to nothing and independent of nothing. */
export const UNDECLARED = '';

/** Where a word on a region comes from: what decides whether two of them are two. */
export type Source = Pick<GateJudgement, 'backend' | 'vantage'> & { readonly evidence: string };

/**
 * People, as a source. They see for themselves, from outside every region; asker and approver have talked to each other, so
 * that both together are one source (design section 4).
 */
export const PEOPLE: Source = { backend: 'people', vantage: 'people', evidence: 'people' };

const isDeclared = ({ backend, vantage }: Source): boolean => backend !== UNDECLARED && vantage !== UNDECLARED;

/**
 * Two judgements are independent when another backend measured, from another place, and neither is derived from the other
 * or from the same signal (design section 4): one broken monitoring system or one cut cable cannot say both.
 */
export const areIndependent = (one: Source, other: Source): boolean =>
  isDeclared(one) &&
  isDeclared(other) &&
  one.backend !== other.backend &&
  one.vantage !== other.vantage &&
  one.evidence !== other.evidence;

/** A judgement of the same region that passes and is independent of this one: what may stand in for it in an emergency. */
export const secondSignalFor = (
  judgement: GateJudgement,
  judgements: readonly GateJudgement[],
): GateJudgement | undefined =>
  judgements.find(
    (other) => other.region === judgement.region && other.outcome === 'PASS' && areIndependent(judgement, other),
  );
