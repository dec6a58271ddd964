import type { SetModel } from '../capacity/set-after.ts';
import type { Objection } from '../domain/objections.ts';
import type { Standing } from './context.ts';
import { refuse } from './objection.ts';

/**
 * A member is drained only in a way that its vendor is known to honour. An alias has no TTL of its own; whether weight 0
 * drains one, Route 53's guide does not say ("weighted but not weighted alias"), so it is refused until `provider check`
 * has seen it work on that account.
 */
export const drainMethod = ({ facts }: Standing, { planned, shape }: SetModel): readonly Objection[] => {
  const { capabilities, slots } = shape;
  const { ref, drain, service } = planned;
  const details = { value: drain, set: ref.set, service };
  if (capabilities !== null && !capabilities.drain.includes(drain)) {
    const because = `${ref.name} ${ref.type}: ${ref.provider} cannot drain a member by ${drain}, only by ${capabilities.drain.join(' or ')}`;
    return [refuse('drain-method-unsupported', because, { ...details, limit: capabilities.drain.join(', ') })];
  }
  if (
    drain !== 'zero' ||
    !slots.some(({ isAlias }) => isAlias) ||
    facts.vendors[ref.provider]?.zeroOnAliasProven === true
  )
    return [];
  const because = `${ref.name} ${ref.type} is an alias, and nobody has seen on ${ref.provider} that weight 0 drains one; type "steer provider check ${ref.provider}", or drain it by remove`;
  return [refuse('drain-method-unsupported', because, details)];
};
