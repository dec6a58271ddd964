import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../src/ports/journal.ts';
import type { RunReport } from '../../src/report/report.ts';
import { reportOf } from '../../src/report/story.ts';
import { at, RunJournal } from '../support/run-events.ts';
import { EAST, evacuationEnvelope, GOAL, HOME, WEST } from '../support/run-plan.ts';
import { evacuated, expired, onlyProposed, rolledBack, stopped } from '../support/run-stories.ts';

const reported = (events: readonly StoredEvent[]): RunReport => {
  const report = reportOf(events, { fleet: [], asOf: null });
  if (report === null) throw new Error('the story has no proposal');
  return report;
};

const seconds = (n: number) => ({ value: n * 1000, why: null });
const unknown = (why: unknown) => ({ value: null, why });

describe('the numbers of an evacuation in three steps', () => {
  it('time to 50, 90 and 99 % drained is that of the first sampling that shows it', () => {
    const { drained } = reported(evacuated()).numbers;

    // 400 arrived before the first write; 190, 8 and 4 are the first at or below 200, 40 and 4. The start was at 120 s.
    expect(drained.map(({ part, observed }) => [part, observed])).toEqual([
      [5000, seconds(300 - 120)],
      [9000, seconds(510 - 120)],
      [9900, seconds(540 - 120)],
    ]);
  });

  it('TTL arithmetic falls in a straight line for one TTL after each propagation', () => {
    const { drained } = reported(evacuated()).numbers;

    // 24 % → 8 % from 280 to 340 s passes 20 % at 295 s; 8 % → 0 from 450 to 510 s passes 4 % at 480 and 0.4 % at 507 s.
    expect(drained.map(({ byTtl }) => byTtl)).toEqual([seconds(295 - 120), seconds(480 - 120), seconds(507 - 120)]);
  });

  it('decision, propagation, DNS time, recovery and holds are measured from the right instants', () => {
    const { numbers } = reported(evacuated());

    expect(numbers.toApproval).toEqual(seconds(90));
    expect(numbers.toStart).toEqual(seconds(30));
    expect(numbers.toDecide).toEqual(seconds(120));
    expect(numbers.longestPropagation).toEqual(seconds(33));
    expect(numbers.dnsTime).toEqual(seconds(450 - 120));
    // At 480 s the traffic had moved (5 %), but a gate was INCONCLUSIVE; at 510 s all passed.
    expect(numbers.actualRecovery).toEqual(seconds(510 - 120));
    expect(numbers.heldTime).toEqual(seconds(30 + 60));
    expect(numbers.wholeRun).toEqual(seconds(570 - 120));
    expect(numbers.restoreTime).toEqual(unknown('this run brought no traffic back'));
  });

  it('budget, headroom, residue and gate data are counted by the rules of the fleet', () => {
    const { numbers } = reported(evacuated());

    expect(numbers.budgetByService).toEqual([{ service: 'checkout', sum: 1500, highestDrop: 1500 }]);
    // checkout weighs 3 of the fleet's 4.
    expect(numbers.budgetSum).toEqual({ value: 1125, why: null });
    // 498 of 800 is 62.25 %, the limit 75 %.
    expect(numbers.smallestHeadroom).toEqual({
      headroom: { value: 1275, why: null },
      at: at(540),
      region: WEST,
      service: 'checkout',
    });
    expect(numbers.residue).toEqual({ value: 40, why: null });
    // 3 gates at 16 samplings, one without data.
    expect(numbers.judgements).toBe(48);
    expect(numbers.gateData).toEqual({ value: 9792, why: null });
  });
});

describe('numbers that cannot be known are null and say why', () => {
  it('a roll back measures the way out until the turn, and the way back from it', () => {
    const { numbers, times } = reported(rolledBack());

    expect(times.turned).toBe(at(505));
    expect(numbers.drained[0]?.observed).toEqual(seconds(180));
    expect(numbers.drained[1]?.observed).toEqual(unknown('never seen: at most 87.5 % of the way'));
    expect(numbers.drained[1]?.byTtl).toEqual(seconds(360));
    expect(numbers.drained[2]?.byTtl).toEqual(unknown('the steps that have landed do not lead there'));
    expect(numbers.restoreTime).toEqual(seconds(660 - 505));
    // The gates failed when the traffic had moved, so users had not recovered.
    expect(numbers.actualRecovery.value).toBeNull();
    expect(numbers.failedJudgements).toBe(1);
    expect(numbers.budgetByService[0]?.sum).toBe(1500);
  });

  it('a stopped run reports what was reached, and that nothing came back', () => {
    const { numbers, phase } = reported(stopped());

    expect(phase).toBe('STOPPED (person)');
    expect(numbers.drained[0]?.observed).toEqual(unknown('never seen: at most 2.5 % of the way'));
    expect(numbers.residue).toEqual(unknown('no step has propagated'));
    expect(numbers.dnsTime).toEqual(unknown('no step has propagated'));
  });

  it.each([
    ['expired', expired(), 'nobody approved it'],
    ['only proposed', onlyProposed(), 'nobody approved it'],
  ])('a run that is %s has no durations', (_name, events, whyUnapproved) => {
    const { numbers } = reported(events);

    expect(numbers.toApproval).toEqual(unknown(whyUnapproved));
    expect(numbers.toDecide).toEqual(unknown('the run never started'));
    expect(numbers.drained.map(({ observed }) => observed.value)).toEqual([null, null, null]);
    expect(numbers.smallestHeadroom.headroom).toEqual(unknown('the run never started'));
    expect(numbers.gateData).toEqual(unknown('no gate was judged'));
    expect(numbers.heldTime).toEqual(seconds(0));
  });

  it('a source that reports no traffic leaves the drained times unknown, never zero', () => {
    const silent = new RunJournal()
      .started()
      .observed(120, null)
      .intended(125, { step: 1, progress: 10_000, weights: [null, 50, 50], served: [1, 0.6] })
      .bothLand(127, 1)
      .propagated(160, 1)
      .observed(240, null);

    const { numbers } = reported(silent.events);

    expect(numbers.drained[2]?.observed).toEqual(
      unknown('no sampling after the first write had the traffic of every region'),
    );
    expect(numbers.drained[2]?.byTtl.value).not.toBeNull();
    expect(numbers.actualRecovery).toEqual(unknown('no sampling showed all traffic where the plan sends it'));
  });

  it('a source that was empty before the first write leaves nothing to measure', () => {
    const dead = new RunJournal()
      .started(evacuationEnvelope())
      .observed(120, 0)
      .intended(125, { step: 1, progress: 10_000, weights: [null, 50, 50], served: [1, 0.6] })
      .bothLand(127, 1)
      .observed(150, 0);

    const { numbers } = reported(dead.events);

    expect(numbers.drained[0]?.observed.why).toContain('nothing left to measure');
  });
});

describe('a restore', () => {
  const plan = evacuationEnvelope();
  const restore = (region: typeof EAST | null) => ({
    ...plan,
    source: null,
    destinations: [EAST],
    request: { ...plan.request, verb: 'restore' as const, region },
    sets: plan.sets.map((set) => ({
      ...set,
      base: {
        ...set.base,
        members: set.base.members.map((member) => ({ ...member, weight: member.member === 'east' ? null : 50 })),
      },
      from: GOAL,
      to: HOME,
    })),
  });
  const journal = (region: typeof EAST | null) =>
    new RunJournal()
      .started(restore(region))
      .observed(120, 0)
      .intended(125, { step: 1, progress: 10_000, weights: [40, 30, 30], served: [0.85, 1] })
      .bothLand(130, 1)
      .propagated(160, 1)
      .observed(180, 150)
      .observed(210, 300)
      .observed(240, 396)
      .baked(240, 1)
      .add(240, { type: 'wave.completed', data: { wave: 0 } })
      .add(241, { type: 'run.finished', data: { trafficProven: true, residue: 30, because: 'proven' } }).events;

  it('follows the region that comes home, by the traffic that arrives there again', () => {
    const { numbers, title, followed } = reported(journal(EAST));

    expect([title, followed]).toEqual(['restore us-east-1', EAST]);
    // 200 of the 400 are passed at 210 s, 360 and 396 at 240 s.
    expect(numbers.drained.map(({ observed }) => observed)).toEqual([seconds(90), seconds(120), seconds(120)]);
    expect(numbers.drained[0]?.byTtl).toEqual(seconds(190 - 120));
    expect(numbers.restoreTime).toEqual(seconds(40));
    expect(numbers.budgetSum).toEqual({ value: 0, why: null });
  });

  it('of all regions follows none, and says so', () => {
    const { numbers } = reported(journal(null));

    expect(numbers.drained[0]?.observed).toEqual(
      unknown('several regions come home at once: no single one can be followed'),
    );
  });
});
