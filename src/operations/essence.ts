import { canonicalText } from '../domain/canonical.ts';
import type { Envelope } from '../domain/plan.ts';
import type { BasisPoints } from '../domain/units.ts';
import type { Hash } from '../ports/chance.ts';
import { planShares } from '../words/region-shares.ts';

const DIGITS = 12;

/**
 * Where the division by free headroom may drift between a plan that was shown and the one that is proposed: demand is
 * measured anew for each, and a plan that reads the same to a person is the same.
 */
const DRIFT: BasisPoints = 300;

/**
 * Everything a person decides on, as text: no instants, nothing that only measures, no reason (it is typed while deciding),
 * no epoch of a marker. Where free headroom divides the traffic the shares stand beside it, to be compared with tolerance.
 */
const decidedOn = (envelope: Envelope): string => {
  const { request, services, sets, fences, ...rest } = envelope;
  const { madeAt: _made, startBy: _start, finishBy: _finish, ...unmeasured } = rest;
  const { because: _because, overrides, ...move } = request;
  return canonicalText({
    ...unmeasured,
    request: move,
    overrides: overrides.map(({ code, names }) => ({ code, names })),
    services: services.map(({ capacityReference: _reference, demand: _demand, demandOnOldFacts: _old, ...is }) => is),
    sets: sets.map(({ to, ...set }) => ({
      ...set,
      leaves: Object.keys(to).filter((region) => to[region as keyof typeof to] === 0),
    })),
    stores: Object.entries(fences).map(([zone, fence]) => [zone, fence?.store ?? null]),
  });
};

/** Shares at the end by destination, in tenths of a percent, in the order of the envelope's destinations. */
const endShares = (envelope: Envelope): readonly number[] => {
  const { to } = planShares(envelope);
  return envelope.destinations.map((region) => Math.round((to[region] ?? 0) / 10));
};

/** What a person decides on in a plan, in few characters: `3fa9c1d2e4b5~570.430`. Two of them are compared by `isSameEssence`. */
export const essenceOf = (envelope: Envelope, hash: Hash): string =>
  `${hash.of(decidedOn(envelope)).slice(0, DIGITS)}~${endShares(envelope).join('.')}`;

/** Whether two plans ask the same of a person: all that is fixed is equal, and no destination ends far from where it did. */
export const isSameEssence = (a: string, b: string): boolean => {
  const [fixedA = '', sharesA = ''] = a.split('~');
  const [fixedB = '', sharesB = ''] = b.split('~');
  if (fixedA.length !== DIGITS || fixedA !== fixedB) return false;
  const [ends, others] = [sharesA.split('.').map(Number), sharesB.split('.').map(Number)];
  return (
    ends.length === others.length && ends.every((end, i) => Math.abs(end - (others[i] ?? Number.NaN)) * 10 <= DRIFT)
  );
};
