import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/gates.ts';
import { gateId, signalId } from '../../src/domain/ids.ts';
import { areIndependent, PEOPLE, UNDECLARED } from '../../src/gates/independence.ts';
import { countsAsHealthyInEmergency, isProvenDead, quietHealth, regionHealth } from '../../src/gates/region-health.ts';
import { EAST, EUROPE, fromOutside, judgement, WEST } from './arrange.ts';

const health = (...judgements: Parameters<typeof regionHealth>[0]) => regionHealth(judgements, WEST, EAST);

describe('the health of a region', () => {
  it('is healthy where every gate passes', () => {
    expect(health(judgement('PASS'), fromOutside('PASS'), judgement('FAIL', { region: EAST }))).toBe('healthy');
  });

  it('is unknown without gates, and as soon as one gate does not pass', () => {
    expect(health()).toBe('unknown');
    expect(health(judgement('PASS', { region: EAST }))).toBe('unknown');
    for (const outcome of ['FAIL', 'INCONCLUSIVE', 'NO_DATA', 'ERROR'] as const)
      expect(health(judgement(outcome), fromOutside('PASS'))).toBe('unknown');
  });

  it('is dead after two independent FAILs, one of them seen from elsewhere', () => {
    expect(health(judgement('FAIL'), fromOutside('FAIL'))).toBe('dead');
    expect(health(judgement('FAIL'), fromOutside('FAIL'), fromOutside('PASS', { gate: gateId('third') }))).toBe('dead');
  });

  it('is not dead by two FAILs that one broken thing explains', () => {
    const inside = judgement('FAIL');

    expect(health(inside, inside)).toBe('unknown');
    expect(health(inside, fromOutside('FAIL', { backend: inside.backend }))).toBe('unknown');
    expect(health(inside, fromOutside('FAIL', { vantage: inside.vantage }))).toBe('unknown');
    expect(health(inside, fromOutside('FAIL', { evidence: inside.evidence }))).toBe('unknown');
    expect(health(inside, fromOutside('FAIL', { vantage: UNDECLARED }))).toBe('unknown');
    expect(health(inside, fromOutside('FAIL', { region: EUROPE }))).toBe('unknown');
  });

  it('is not dead when only the region itself and the region of steer say so', () => {
    const fromHost = fromOutside('FAIL', { vantage: EAST });

    expect(isProvenDead([judgement('FAIL'), fromHost], WEST, EAST)).toBe(false);
    expect(isProvenDead([judgement('FAIL'), fromHost], WEST, EUROPE)).toBe(true);
    expect(isProvenDead([judgement('FAIL'), fromHost], WEST, null)).toBe(true);
    expect(isProvenDead([judgement('FAIL'), fromOutside('FAIL', { vantage: 'steer' })], WEST, null)).toBe(false);
  });

  it('rule 6: silence is never proof of death', () => {
    const silent = fc.constantFrom<Outcome>('PASS', 'INCONCLUSIVE', 'NO_DATA', 'ERROR');
    const one = fc.record({ outcome: silent, backend: fc.string(), vantage: fc.string() });

    fc.assert(
      fc.property(fc.array(one), (parts) => {
        const judgements = [judgement('FAIL'), ...parts.map(({ outcome, ...rest }) => fromOutside(outcome, rest))];

        expect(isProvenDead(judgements, WEST, EAST)).toBe(false);
      }),
    );
  });

  it('rule 6: a drained region is judged by what needs no user traffic', () => {
    const judgements = [judgement('NO_DATA'), fromOutside('PASS')];

    expect(quietHealth(judgements, WEST, EAST)).toBe('healthy');
    expect(quietHealth([judgement('PASS')], WEST, EAST)).toBe('unknown');
    expect(quietHealth([judgement('PASS'), fromOutside('FAIL')], WEST, EAST)).toBe('unknown');
  });
});

describe('a region of unknown health in an emergency', () => {
  it('counts as healthy given a second signal or an override with both names', () => {
    const override = [{ code: 'gate-unknown' as const, because: 'seen by hand', names: ['errors', WEST] }];

    expect(countsAsHealthyInEmergency([judgement('NO_DATA'), fromOutside('PASS')], WEST, [])).toBe(true);
    expect(countsAsHealthyInEmergency([judgement('ERROR')], WEST, override)).toBe(true);
  });

  it('does not without them, without gates, or with a FAIL or something undecided', () => {
    expect(countsAsHealthyInEmergency([], WEST, [])).toBe(false);
    expect(countsAsHealthyInEmergency([judgement('NO_DATA')], WEST, [])).toBe(false);
    expect(countsAsHealthyInEmergency([judgement('FAIL'), fromOutside('PASS')], WEST, [])).toBe(false);
    expect(countsAsHealthyInEmergency([judgement('INCONCLUSIVE'), fromOutside('PASS')], WEST, [])).toBe(false);
  });
});

describe('independence', () => {
  it('is mutual, and nothing is independent of itself', () => {
    expect(areIndependent(judgement('PASS'), fromOutside('PASS'))).toBe(true);
    expect(areIndependent(fromOutside('PASS'), judgement('PASS'))).toBe(true);
    expect(areIndependent(judgement('PASS'), judgement('PASS'))).toBe(false);
  });
});

describe('a region that two people declare dead', () => {
  const declared = (...judgements: Parameters<typeof regionHealth>[0]) => regionHealth(judgements, WEST, EAST, true);

  it('rule 6: its own monitoring is silent and one probe from outside fails: unknown without their word, dead with it', () => {
    const world = [judgement('NO_DATA'), fromOutside('FAIL')];

    expect(health(...world)).toBe('unknown');
    expect(declared(...world)).toBe('dead');
    expect(declared(judgement('FAIL'), fromOutside('NO_DATA'))).toBe('dead');
  });

  it('rule 6: what drained regions are judged by counts their word, too', () => {
    expect(quietHealth([judgement('NO_DATA'), fromOutside('FAIL')], WEST, EAST, true)).toBe('dead');
    expect(quietHealth([judgement('FAIL'), fromOutside('NO_DATA')], WEST, EAST, true)).toBe('unknown');
  });

  it('rule 6: their word alone proves nothing, and does not make a healthy region unknown', () => {
    expect(declared()).toBe('unknown');
    expect(declared(judgement('NO_DATA'), fromOutside('ERROR'))).toBe('unknown');
    expect(declared(judgement('PASS'), fromOutside('PASS'))).toBe('healthy');
    expect(declared(judgement('FAIL', { region: EUROPE }))).toBe('unknown');
  });

  it('rule 6: a signal that is itself somebody’s word, or says not whence it comes, is no second one', () => {
    expect(declared(fromOutside('FAIL', { backend: PEOPLE.backend }))).toBe('unknown');
    expect(declared(fromOutside('FAIL', { vantage: PEOPLE.vantage }))).toBe('unknown');
    expect(declared(fromOutside('FAIL', { evidence: signalId(PEOPLE.evidence) }))).toBe('unknown');
    expect(declared(fromOutside('FAIL', { backend: UNDECLARED }))).toBe('unknown');
  });

  it('rule 6: whatever is silent, passes or is undecided beside it, without a measured FAIL nobody is dead', () => {
    const notFailed = fc.constantFrom<Outcome>('PASS', 'INCONCLUSIVE', 'NO_DATA', 'ERROR');
    const one = fc.record({ outcome: notFailed, backend: fc.string(), vantage: fc.string() });

    fc.assert(
      fc.property(fc.array(one), (parts) => {
        const judgements = parts.map(({ outcome, ...rest }) => fromOutside(outcome, rest));

        expect(isProvenDead(judgements, WEST, EAST, true)).toBe(false);
      }),
    );
  });

  it('rule 6: their word is worth exactly one FAIL that anybody could have measured from outside', () => {
    const outcome = fc.constantFrom<Outcome>('PASS', 'FAIL', 'INCONCLUSIVE', 'NO_DATA', 'ERROR');
    const place = fc.constantFrom<string>(WEST, EAST, 'outside', 'steer', PEOPLE.vantage, UNDECLARED);
    const backend = fc.constantFrom('http', 'metrics', PEOPLE.backend, UNDECLARED);
    const one = fc.record({ outcome, backend, vantage: place });

    fc.assert(
      fc.property(fc.array(one), (parts) => {
        const judgements = parts.map((part, i) =>
          fromOutside(part.outcome, { ...part, evidence: signalId(`signal-${i}`) }),
        );
        const word = fromOutside('FAIL', { ...PEOPLE, evidence: signalId(PEOPLE.evidence) });

        const said = isProvenDead(judgements, WEST, EAST, true);

        expect(said).toBe(isProvenDead([...judgements, word], WEST, EAST));
        expect(said || !isProvenDead(judgements, WEST, EAST)).toBe(true);
      }),
    );
  });
});
