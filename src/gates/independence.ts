import type { GateJudgement } from '../domain/gates.ts';

/** Backend and vantage of a gate whose signal nobody declared: equal to nothing and independent of nothing. */
export const UNDECLARED = '';

const isDeclared = ({ backend, vantage }: GateJudgement): boolean => backend !== UNDECLARED && vantage !== UNDECLARED;

/**
 * Two judgements are independent when another backend measured, from another place, and neither is derived from the other
 * or from the same signal (design section 4): one broken monitoring system or one cut cable cannot say both.
 */
export const areIndependent = (one: GateJudgement, other: GateJudgement): boolean =>
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
