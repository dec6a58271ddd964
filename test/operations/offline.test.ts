import { describe, expect, it } from 'vitest';
import { type Config, MODES, type SafetyLimits, type ServiceConfig } from '../../src/domain/config.ts';
import { serviceId } from '../../src/domain/ids.ts';
import { recordOf } from '../../src/domain/records.ts';
import { isInside } from '../../src/guardrails/change-window.ts';
import type { Evacuability } from '../../src/operations/evacuation.ts';
import { offlineEvacuability } from '../../src/operations/offline-evacuability.ts';
import { instantInside, offlineFacts } from '../../src/operations/offline-facts.ts';
import { CAPABILITIES } from '../readiness/arrange.ts';
import { EAST, EUROPE, type FleetOptions, fleetConfig, MODEL, WEST } from '../support/fleet-config.ts';

const VENDORS = { [MODEL]: CAPABILITIES };

const everyMode = (limits: Partial<SafetyLimits>): FleetOptions => ({
  limits: { drill: limits, planned: limits, emergency: limits },
});

const judged = (options: FleetOptions = {}): readonly Evacuability[] =>
  offlineEvacuability(fleetConfig(options), VENDORS).answers;

const withService = (config: Config, change: (service: ServiceConfig) => Partial<ServiceConfig>): Config => ({
  ...config,
  services: config.services.map((service) => ({ ...service, ...change(service) })),
});

const inMode = (config: Config, mode: string): readonly Evacuability[] =>
  offlineEvacuability(config, VENDORS).answers.filter((answer) => answer.mode === mode);

describe('what a config alone says about evacuations', () => {
  it('judges every region in every mode, with steps, minutes and what binds', () => {
    const answers = judged();

    expect(answers.map(({ region, mode }) => `${mode} ${region}`)).toEqual(
      MODES.flatMap((mode) => [EAST, WEST, EUROPE].map((region) => `${mode} ${region}`)),
    );
    expect(answers.every(({ possible, steps, minutes }) => possible && steps > 0 && minutes > 0)).toBe(true);
    expect(answers[0]?.binds).toEqual(['no step moves more than 20 %, and each bakes 1m 15s']);
  });

  it.each([
    ['a floor that no evacuation leaves', { minimumHealthyCapacity: 9000 }, 'at least 90 % must'],
    ['a budget of next to nothing', { capacityRemovedPerHour: 1 }, 'at most 0.01 % may'],
    ['as many serving regions as there are', { minimumServingRegions: 3 }, 'at least 3 must'],
    ['less time than it takes', { finishWithinMs: 60_000 }, 'finishWithin is 1m'],
  ])('finds %s on a quiet day', (_, limits, because) => {
    const answers = judged(everyMode(limits));

    expect(answers.filter(({ possible }) => possible)).toEqual([]);
    for (const answer of answers) expect(answer.because.join()).toContain(because);
  });

  it('says what stopped a move once, with how far it would get', () => {
    const [answer] = judged(everyMode({ minimumHealthyCapacity: 9000 }));

    expect(answer?.because).toHaveLength(1);
    expect(answer?.because[0]).toMatch(/largest possible part of it is \d.*at least 90 % must/);
  });

  it('waits for a small budget are what binds', () => {
    const answers = judged(everyMode({ capacityRemovedPerHour: 2000 }));

    const drill = answers.find(({ mode }) => mode === 'drill');
    expect(drill).toMatchObject({ possible: true });
    expect(drill?.binds.join()).toMatch(/waits .* for the budget/);
    expect(drill?.minutes).toBeGreaterThan(60);
  });

  it('leaves headroom unjudged where demand is a metric, and judges it where the file has both numbers', () => {
    const measured = fleetConfig(everyMode({ maximumDestinationUtilisation: 1000 }));
    const fixed = withService(measured, () => ({ demand: { kind: 'fixed', value: 1200 } }));

    const before = offlineEvacuability(measured, VENDORS);
    const after = offlineEvacuability(fixed, VENDORS);

    expect(before.answers.every(({ possible }) => possible)).toBe(true);
    expect(before.notJudged).toEqual([
      'checkout: headroom is not judged, because demand comes from a metric; use --live',
    ]);
    expect(after.answers.filter(({ possible }) => possible)).toEqual([]);
    expect(after.answers[0]?.because.join()).toContain('at most 10 % may');
    expect(after.notJudged.join()).toContain('as if all of the reference capacity ran');
  });

  it('takes unknown capacity to be in proportion to the home shares, and says so', () => {
    const home = recordOf([
      [EAST, 6000],
      [WEST, 4000],
      [EUROPE, 0],
    ]);
    const made = withService(fleetConfig({ ...everyMode({ minimumHealthyCapacity: 4500 }), home }), ({ capacity }) => ({
      capacity: recordOf(
        [EAST, WEST, EUROPE].map((region) => {
          const source = capacity[region];
          if (source?.kind !== 'signal') throw new Error('no signal');
          return [region, { ...source, reference: 'highest-of-24h' as const }] as const;
        }),
      ),
    }));

    const { facts, notJudged } = offlineFacts(made, VENDORS, 'planned');

    const capacity = facts.services[serviceId('checkout')]?.regions;
    expect([EAST, WEST, EUROPE].map((region) => capacity?.[region]?.capacityReference?.value)).toEqual([
      6000, 4000, 6000,
    ]);
    expect(notJudged.join()).toContain('as if it were in proportion to the home shares');
    expect(inMode(made, 'planned').find(({ region }) => region === EUROPE)).toMatchObject({
      possible: true,
      steps: 0,
      binds: ['it has no traffic to move'],
    });
  });

  it('does not depend on the hour: a change window is found in which to ask', () => {
    const window = { days: [3], fromMinute: 540, toMinute: 600 };
    const made = { ...fleetConfig(), changeWindows: [window] };

    expect(isInside(window, instantInside([window]))).toBe(true);
    expect(inMode(made, 'planned').every(({ possible }) => possible)).toBe(true);
    expect(inMode({ ...made, changeWindows: [{ ...window, days: [] }] }, 'planned')).toHaveLength(3);
  });

  it('a region that holds the store can be left in an emergency only', () => {
    const made = fleetConfig();
    const of = { ...made, store: { ...made.store, region: WEST } };

    const answers = offlineEvacuability(of, VENDORS).answers.filter(({ region }) => region === WEST);

    expect(answers.map(({ mode, possible }) => [mode, possible])).toEqual([
      ['drill', false],
      ['planned', false],
      ['emergency', true],
    ]);
    expect(answers[0]?.because.join()).toContain('steer and its store stand in us-west-2');
  });

  it('a set that is drained by remove needs no weights for a standby', () => {
    const made = withService(fleetConfig(), ({ sets }) => ({
      home: recordOf([
        [EAST, 5000],
        [WEST, 5000],
        [EUROPE, 0],
      ]),
      sets: sets.map((set) => ({ ...set, drain: 'remove' as const })),
    }));

    const { facts } = offlineFacts(made, VENDORS, 'planned');

    const [set] = Object.values(facts.sets);
    expect(set?.state.members.map(({ member, weight, present }) => [member, weight, present])).toEqual([
      ['m-eu-west-1', null, false],
      ['m-us-east-1', 127, true],
      ['m-us-west-2', 127, true],
    ]);
  });

  it('rule 7: a vendor of which nothing is known refuses', () => {
    const { answers } = offlineEvacuability(fleetConfig(), {});

    expect(answers.filter(({ possible }) => possible)).toEqual([]);
    expect(answers[0]?.because.join()).toContain('could not be read from model');
  });
});
