import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../src/domain/apportion.ts';
import type { Mode } from '../../src/domain/config.ts';
import { type RegionId, regionId } from '../../src/domain/ids.ts';
import { refusals } from '../../src/domain/objections.ts';
import { keysOf, recordOf, sum } from '../../src/domain/records.ts';
import type { Shares } from '../../src/domain/steering.ts';
import { prepare } from '../../src/guardrails/judge.ts';
import type { Situation, StepNumbers } from '../../src/guardrails/situation.ts';
import { arrange, type RegionSetup } from './arrange.ts';
import { landed, stepTo } from './arrange-step.ts';

const NAMES = ['region-a', 'region-b', 'region-c', 'region-d'].map(regionId);

const shares = (numbers: readonly number[]): Shares =>
  apportion<RegionId>(recordOf(numbers.map((n, i) => [NAMES[i] ?? regionId('none'), n] as const)), 10_000, 0);

/** Parts of which at least one is above zero. */
const parts = (length: number) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })), { minLength: length, maxLength: length })
    .filter((numbers) => numbers.some((n) => n > 0));

const fleet = fc.integer({ min: 2, max: 4 }).chain((regions) =>
  fc.record({
    home: parts(regions).map(shares),
    capacities: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: regions, maxLength: regions }),
    running: fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: regions, maxLength: regions }),
    demand: fc.integer({ min: 0, max: 800 }),
    floor: fc.integer({ min: 1, max: 10_000 }),
    budget: fc.integer({ min: 0, max: 10_000 }),
    mode: fc.constantFrom<Mode>('drill', 'planned', 'emergency'),
    sets: fc.constantFrom([10_000], [6000, 4000]),
    moves: fc.array(
      fc.record({ to: parts(regions).map(shares), minutes: fc.integer({ min: 0, max: 40 }), undo: fc.boolean() }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

type Fleet = typeof fleet extends fc.Arbitrary<infer T> ? T : never;

const situationOf = (drawn: Fleet): Situation => {
  const ids = keysOf<RegionId>(drawn.home);
  const regions = recordOf(
    ids.map((id, r): [RegionId, RegionSetup] => [
      id,
      {
        home: drawn.home[id] ?? 0,
        reference: drawn.capacities[r] ?? 1,
        now: (drawn.home[id] ?? 0) > 0 ? (drawn.capacities[r] ?? 1) : (drawn.running[r] ?? 0),
      },
    ]),
  );
  return arrange({
    regions,
    to: drawn.home,
    source: null,
    verb: 'shift',
    mode: drawn.mode,
    demand: drawn.demand,
    parts: drawn.sets,
    limits: { minimumHealthyCapacity: drawn.floor, capacityRemovedPerHour: drawn.budget },
  });
};

/** S / K by the words of the design, from the weights that the sets hold: an opinion independent of the code under test. */
const servedPart = ({ facts, envelope }: Situation): number => {
  const [service] = envelope.services;
  const known = Object.values(facts.services)[0];
  if (service === undefined || known === undefined) throw new Error('no service');
  const ids = keysOf<RegionId>(service.home);
  const reference = (id: RegionId): number => service.capacityReference[id] ?? 0;
  const whole = sum(ids.filter((id) => (service.home[id] ?? 0) > 0).map(reference));
  const inService = ids.map((id) => {
    const home = (service.home[id] ?? 0) / 10_000;
    const w = sum(
      envelope.sets.map((set) => {
        const members = facts.sets[set.ref.set]?.state.members ?? [];
        const all = sum(members.map(({ weight }) => weight ?? 0));
        const own = members.find(({ member }) => member === set.members[id])?.weight ?? 0;
        return ((set.part / 10_000) * own) / all;
      }),
    );
    const counted = home > 0 ? reference(id) : (known.regions[id]?.capacityNow?.value ?? 0);
    const grain = home > 0 ? home : reference(id) / sum(ids.map(reference));
    return counted * Math.min(1, w / grain);
  });
  return Math.min(whole, sum(inService)) / whole;
};

interface Walked {
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly situation: Situation;
  readonly numbers: StepNumbers;
}

/** Everything that the judge lets pass, one after the other, whatever was asked for. */
const walk = (drawn: Fleet): readonly Walked[] => {
  let situation = situationOf(drawn);
  const walked: Walked[] = [];
  for (const { to, minutes, undo } of drawn.moves) {
    const step = stepTo(situation, to, { direction: 'back', rollingBack: undo && drawn.mode === 'emergency' });
    const judge = prepare(situation);
    const numbers = judge.numbers(step);
    const isAllowed = refusals(judge.judge(step)).length === 0;
    const before = servedPart(situation);
    const next = landed(situation, isAllowed ? step : { ...step, sets: {} }, isAllowed ? numbers.charges : [], minutes);
    if (isAllowed) walked.push({ at: situation.now, before, after: servedPart(next), situation: next, numbers });
    situation = next;
  }
  return walked;
};

/** Of the regions that gained more than rounding alone moves. */
const utilisationOfDestinations = ({ utilisation, shareBefore, shareAfter }: StepNumbers['services'][number]) =>
  keysOf<RegionId>(utilisation)
    .filter((id) => (shareAfter[id] ?? 0) > (shareBefore[id] ?? 0) + 100)
    .map((id) => utilisation[id] ?? Number.POSITIVE_INFINITY);

const HOUR = 60 * 60 * 1000;
const NOISE = 1e-6;

describe('over any sequence of accepted steps of any fleet', () => {
  it('rule 9: no hour takes out more than the budget', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fleet, (drawn) => {
        const walked = walk(drawn);
        accepted += walked.length;

        for (const { at, after, before } of walked) {
          const hour = walked.filter((one) => one.at <= at && at - one.at < HOUR);
          const removed =
            drawn.mode === 'emergency'
              ? Math.max(...hour.flatMap((one) => [one.before, one.after])) - after
              : sum(hour.map((one) => Math.max(0, one.before - one.after)));
          if (before - after > NOISE) expect(removed).toBeLessThanOrEqual(drawn.budget / 10_000 + NOISE);
        }
      }),
      { numRuns: 400 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('the floor holds after every step that lowers what is in service', () => {
    let lowered = 0;
    fc.assert(
      fc.property(fleet, (drawn) => {
        for (const { before, after } of walk(drawn)) {
          if (before - after <= NOISE) continue;
          lowered += 1;
          expect(after).toBeGreaterThanOrEqual(drawn.floor / 10_000 - NOISE);
        }
      }),
      { numRuns: 400 },
    );
    expect(lowered).toBeGreaterThan(10);
  });

  it('rule 1: no set is ever left without a serving member', () => {
    fc.assert(
      fc.property(fleet, (drawn) => {
        for (const { situation } of walk(drawn))
          for (const { state } of Object.values(situation.facts.sets))
            expect(state.members.some(({ weight }) => (weight ?? 0) > 0)).toBe(true);
      }),
    );
  });

  it('no destination goes above its utilisation by a step', () => {
    fc.assert(
      fc.property(fleet, (drawn) => {
        const used = walk(drawn)
          .flatMap(({ numbers }) => numbers.services)
          .flatMap(utilisationOfDestinations);

        for (const utilisation of used) expect(utilisation).toBeLessThanOrEqual(8000);
      }),
    );
  });
});

it('a thousand services in three regions are judged in a moment, many times', () => {
  const one = situationOf({
    home: shares([40, 40, 20]),
    capacities: [800, 800, 400],
    running: [0, 0, 0],
    demand: 10,
    floor: 5000,
    budget: 5000,
    mode: 'planned',
    sets: [10_000],
    moves: [],
  });
  const [service] = one.envelope.services;
  const [set] = one.envelope.sets;
  const known = Object.values(one.facts.services)[0];
  const held = Object.values(one.facts.sets)[0];
  if (service === undefined || set === undefined || known === undefined || held === undefined) throw new Error('empty');
  const names = Array.from({ length: 1000 }, (_, i) => ({
    ...service,
    service: `service-${i}` as typeof service.service,
  }));
  const sets = names.map((named, i) => ({
    ...set,
    service: named.service,
    ref: { ...set.ref, set: `set-${i}` as typeof set.ref.set },
  }));
  const situation: Situation = {
    ...one,
    envelope: { ...one.envelope, services: names, sets, to: shares([0, 60, 40]) } as Situation['envelope'],
    facts: {
      ...one.facts,
      services: recordOf(names.map((named) => [named.service, known] as const)),
      sets: recordOf(sets.map(({ ref }) => [ref.set, { ...held, state: { ...held.state, set: ref.set } }] as const)),
    },
  };
  const step = stepTo(situation, shares([30, 46, 24]), { direction: 'back' });

  const judge = prepare(situation);
  const objections = Array.from({ length: 20 }, () => judge.judge(step));

  expect(objections.map((each) => refusals(each).map(({ because }) => because))).toEqual(
    Array.from({ length: 20 }, () => []),
  );
}, 5000);
