import { describe, expect, it } from 'vitest';
import { gateId, signalId } from '../../../src/domain/ids.ts';
import { overrideChoices } from '../../../src/slack/views/break-glass.ts';
import { envelope, WEST } from '../../cli/fixtures.ts';
import { floor, headroom, ttl } from '../../cli/objection-fixtures.ts';
import { gateUnknown, impossible } from './refusals.ts';

describe('what a break-glass may set aside', () => {
  it("rule 12: is nothing where one refusal is nobody's to override", () => {
    expect(overrideChoices({ envelope: null, objections: [headroom, floor] })).toEqual([]);
  });

  it('rule 12: is each code that refuses, with the gates and destinations by name, and no warning', () => {
    const gate = {
      gate: gateId('errors'),
      region: WEST,
      signal: signalId('errors-west'),
      rule: { kind: 'state' },
      critical: true,
      failuresToHold: 1,
    } as const;
    const [service] = envelope().services;
    if (service === undefined) throw new Error('the fixture has no service');
    const withGates = envelope({ services: [{ ...service, gates: [gate, { ...gate, gate: gateId('p99') }] }] });

    const choices = overrideChoices({
      envelope: withGates,
      objections: [headroom, { ...gateUnknown, service: service.service }, impossible, ttl],
    });

    expect(choices.map(({ code, names }) => [code, names])).toEqual([
      ['headroom', []],
      ['gate-unknown', ['errors', 'us-west-2']],
    ]);
  });

  it('is headroom where a fact is missing', () => {
    const choices = overrideChoices({ envelope: null, objections: [{ ...headroom, code: 'facts-missing' }] });

    expect(choices.map(({ code }) => code)).toEqual(['headroom']);
  });
});
