import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueText } from '../../src/config/describe.ts';
import { diff, weakens } from '../../src/config/diff.ts';
import type { Config } from '../../src/domain/config.ts';
import { configOf, EXAMPLE, edited, without, withValue } from './example.ts';

const IN_FORCE = configOf(EXAMPLE);

const changesOf = (text: string) => diff(IN_FORCE, configOf(text));

const effectsOf = (text: string) => changesOf(text).map(({ path, effect }) => `${path} ${effect}`);

describe('diff', () => {
  it('finds nothing where two files mean the same, in whatever order', () => {
    const text = edited((file) => {
      file.setIn(['regions'], ['eu-west-1', 'us-east-1', 'us-west-2']);
      file.setIn(['soloAfter'], '600s');
    });

    expect(changesOf(text)).toEqual([]);
    expect(changesOf(EXAMPLE)).toEqual([]);
  });

  it.each([
    [['safety', 'planned', 'minimumHealthyCapacity'], '40%', ['safety.planned.minimumHealthyCapacity weakens']],
    [['safety', 'planned', 'minimumHealthyCapacity'], '60%', ['safety.planned.minimumHealthyCapacity strengthens']],
    [['safety', 'drill', 'shortestBake'], '2m', ['safety.drill.shortestBakeMs weakens']],
    [['safety', 'drill', 'approvals'], 'none', ['safety.drill.approvals weakens']],
    [['soloAfter'], '20m', ['soloAfterMs strengthens']],
    [['changeWindows'], [], ['changeWindows weakens']],
    [['changeWindows', 0, 'to'], '18:00', ['changeWindows weakens']],
    [['changeWindows', 0, 'to'], '16:00', ['changeWindows strengthens']],
    [['people', 'operator-1', 'role'], 'approver', ['people[operator-1].role weakens']],
    [['people', 'operator-1', 'role'], 'viewer', ['people[operator-1].role strengthens']],
    [['people', 'operator-1', 'shared'], true, ['people[operator-1].shared strengthens']],
    [['providers', 'main', 'endpoint'], 'https://dns.example.com', ['providers[main].endpoint weakens']],
    [['providers', 'main', 'requestScheme'], 'old', ['providers[main].requestScheme neutral']],
    [
      ['services', 'catalogue', 'capacity', 'us-east-1'],
      13_000,
      ['services[catalogue].capacity.us-east-1.value weakens'],
    ],
    [
      ['services', 'catalogue', 'capacity', 'us-east-1'],
      11_000,
      ['services[catalogue].capacity.us-east-1.value strengthens'],
    ],
    [['services', 'search', 'demand'], 4000, ['services[search].demand.value weakens']],
    [['services', 'search', 'demand'], 5000, ['services[search].demand.value strengthens']],
    [['services', 'search', 'forecastPeak'], '110%', ['services[search].forecastPeak weakens']],
    [
      ['services', 'checkout', 'dependsOn'],
      ['catalogue', 'search'],
      ['services[checkout].dependsOn[search] strengthens'],
    ],
    [['services', 'catalogue', 'dependsOn'], [], ['services[catalogue].dependsOn[search] weakens']],
    [
      ['services', 'search', 'sets', 'search-api', 'ttl'],
      '30s',
      ['services[search].sets[search-api].ttlSeconds weakens'],
    ],
    [
      ['services', 'search', 'sets', 'search-api', 'drain'],
      'remove',
      ['services[search].sets[search-api].drain weakens'],
    ],
    [['signals', 'pager', 'backend'], 'another', ['signals[pager].backend weakens']],
    [['signals', 'pager', 'vantage'], 'outside', ['signals[pager].vantage weakens']],
    [['store', 'path'], './other.db', ['store.path weakens']],
    [['notify'], [{ kind: 'log' }], [expect.stringMatching(/^notify\[.*\] weakens$/)]],
  ])('rule 8: %j as %j', (path, value, expected) => {
    expect(effectsOf(withValue(path, value))).toEqual(expected);
  });

  it('rule 8: a gate, a service and a region that go weaken; each is told once and not key by key', () => {
    const gate = effectsOf(without(['services', 'checkout', 'gates', 'pager']));
    const service = effectsOf(
      edited((file) => {
        file.deleteIn(['services', 'search']);
        file.deleteIn(['services', 'catalogue', 'dependsOn']);
      }),
    );

    expect(gate).toEqual(['services[checkout].gates[pager] weakens']);
    expect(service).toContain('services[search] weakens');
    expect(service.filter((line) => line.startsWith('services[search]'))).toHaveLength(1);
  });

  it('rule 8: a threshold that lets more pass weakens at every gate made from it', () => {
    const effects = effectsOf(withValue(['serviceDefaults', 'gates', 'errors', 'passBelow'], 3));

    expect(effects).toHaveLength(9);
    expect(new Set(effects.map((effect) => effect.split(' ')[1]))).toEqual(new Set(['weakens']));
  });

  it('rule 8: a threshold from which a gate fails weakens both ways: it holds less, or calls a region dead sooner', () => {
    const path = ['serviceDefaults', 'gates', 'errors', 'failFrom'];

    const effects = [4, 6].flatMap((failFrom) => changesOf(withValue(path, failFrom)).map(({ effect }) => effect));

    expect(effects).toEqual(Array.from({ length: 18 }, () => 'weakens'));
  });

  it('rule 8: another kind of rule, capacity or demand is one change that weakens', () => {
    const text = edited((file) => {
      file.setIn(['services', 'search', 'demand'], { each: 'running-capacity' });
      file.setIn(['services', 'catalogue', 'capacity', 'eu-west-1'], { now: 'running-capacity', reference: 6000 });
    });

    const changes = changesOf(text).filter(({ path }) => path.startsWith('services'));

    expect(changes.map(({ path, effect }) => `${path} ${effect}`)).toEqual([
      'services[catalogue].capacity.eu-west-1 weakens',
      'services[search].demand weakens',
    ]);
  });

  it('blots out what a stolen credential could use', () => {
    const text = edited((file) => file.setIn(['providers', 'partner', 'assumeRole', 'externalId'], 'other-secret'));

    const told = JSON.stringify(changesOf(text));

    expect(told).toContain('[redacted]');
    expect(told).not.toMatch(/other-secret|example-shop"/);
  });

  it('gives paths by which values are shown in the units of the file', () => {
    const text = edited((file) => {
      file.setIn(['safety', 'planned', 'firstStep'], '20%');
      file.setIn(['safety', 'planned', 'shortestBake'], '4m');
      file.setIn(['services', 'search', 'home'], { 'us-east-1': '55%', 'us-west-2': '45%', 'eu-west-1': '0%' });
    });

    const shown = changesOf(text).map(({ path, before, after }) => [valueText(path, before), valueText(path, after)]);

    expect(shown).toEqual([
      ['60%', '55%'],
      ['40%', '45%'],
      ['10%', '20%'],
      ['3m', '4m'],
    ]);
  });

  it('rule 8: what weakens one way does not weaken back, limit by limit', () => {
    const keys = Object.keys(IN_FORCE.safety.planned).filter((key) => key !== 'approvals');

    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.integer({ min: 1, max: 9_999_000 }), (key, value) => {
        const limits = { ...IN_FORCE.safety.planned, [key]: value };
        const other: Config = { ...IN_FORCE, safety: { ...IN_FORCE.safety, planned: limits } };
        const [there, back] = [diff(IN_FORCE, other), diff(other, IN_FORCE)];
        expect(there.length).toBe(back.length);
        if (there.length > 0) expect(weakens(there)).not.toBe(weakens(back));
      }),
    );
  });

  it('tells what was added and removed', () => {
    const changes = changesOf(without(['people', 'approver-1', 'totpSecretFrom']));

    expect(changes).toMatchObject([
      {
        path: 'people[approver-1].totpSecretFrom',
        before: { env: 'STEER_TOTP_APPROVER_1' },
        after: null,
        effect: 'weakens',
      },
    ]);
  });
});
