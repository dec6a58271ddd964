import type { Facts, RegionFacts, SetFacts } from '../../src/domain/facts.ts';
import { type RegionId, runId, type ServiceId, type SetId } from '../../src/domain/ids.ts';
import { type Objection, refusals } from '../../src/domain/objections.ts';
import type { PlannedSet } from '../../src/domain/plan.ts';
import { entriesOf, recordOf } from '../../src/domain/records.ts';
import { between } from '../../src/domain/shares.ts';
import type { SetState, Shares } from '../../src/domain/steering.ts';
import { weightsFor, weightTotal } from '../../src/domain/weights.ts';
import type { Situation, StepCandidate } from '../../src/guardrails/situation.ts';
import { CAPABILITIES, MINUTE } from './arrange.ts';

type How = Partial<Omit<StepCandidate, 'sets'>>;

const candidate = (situation: Situation, sharesOf: (set: PlannedSet) => Shares, how: How): StepCandidate => ({
  direction: 'out',
  rollingBack: false,
  charged: false,
  ...how,
  sets: recordOf(
    situation.envelope.sets.map((set) => {
      const home = situation.envelope.services.find(({ service }) => service === set.service)?.home ?? set.from;
      const total = weightTotal([home, set.from, set.to], CAPABILITIES.weight);
      return [set.ref.set, weightsFor(sharesOf(set), set.members, CAPABILITIES.weight, total)] as const;
    }),
  ),
});

/** The candidate that gives every set these shares, with the weights the planner would choose. */
export const stepTo = (situation: Situation, shares: Shares, how: How = {}): StepCandidate =>
  candidate(situation, () => shares, how);

/** The candidate at a part of the way of every set, 0..10000. */
export const stepAt = (situation: Situation, progress: number, how: How = {}): StepCandidate =>
  candidate(situation, ({ from, to }) => between(from, to, progress), how);

/** The facts once a step has landed, its charge included, `minutes` later. */
export const landed = (
  situation: Situation,
  step: StepCandidate,
  charges: readonly { service: ServiceId; servedBefore: number; servedAfter: number }[],
  minutes: number,
): Situation => {
  const { facts, now } = situation;
  const states = entriesOf<SetId, SetFacts>(facts.sets).map(([set, held]) => {
    const weights = step.sets[set];
    const drain = situation.envelope.sets.find(({ ref }) => ref.set === set)?.drain;
    const state: SetState = {
      set,
      members: held.state.members.map((member) => {
        const weight = weights?.[member.member];
        return weight === undefined ? member : { ...member, weight, present: weight !== null || drain !== 'remove' };
      }),
    };
    return [set, { ...held, state }] as const;
  });
  const at = now + minutes * MINUTE;
  const services = recordOf(
    entriesOf<ServiceId, Facts['services'][ServiceId]>(facts.services).map(([service, of]) => [
      service,
      {
        ...of,
        demand: { ...of.demand, measured: of.demand.measured === null ? null : { ...of.demand.measured, at } },
        regions: recordOf(
          entriesOf<RegionId, RegionFacts>(of.regions).map(([region, known]) => [
            region,
            { ...known, capacityNow: known.capacityNow === null ? null : { ...known.capacityNow, at } },
          ]),
        ),
      },
    ]),
  );
  const charged = charges.map((charge) => ({ at: now, run: runId('run_1'), ...charge }));
  return {
    ...situation,
    now: at,
    facts: { ...facts, at, services, sets: recordOf(states), charges: [...facts.charges, ...charged] },
  };
};

export const codesOf = (objections: readonly Objection[]): readonly string[] =>
  [...new Set(refusals(objections).map(({ code }) => code))].sort();

export const warningsOf = (objections: readonly Objection[]): readonly string[] =>
  [...new Set(objections.filter(({ severity }) => severity === 'warn').map(({ code }) => code))].sort();
