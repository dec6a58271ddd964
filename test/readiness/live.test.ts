import { describe, expect, it } from 'vitest';
import { type RegionId, runId, serviceId, setId } from '../../src/domain/ids.ts';
import { entriesOf, keysOf, recordOf } from '../../src/domain/records.ts';
import { type Finding, notOk } from '../../src/readiness/finding.ts';
import { liveFindings } from '../../src/readiness/live.ts';
import { EAST, EUROPE, MODEL, WEST } from '../support/fleet-config.ts';
import { CAPABILITIES, config, EVERYWHERE, facts, record, STORE, withSixth } from './arrange.ts';

const OWN = { store: STORE, epoch: 7 };

const told = (findings: readonly Finding[]): readonly string[] =>
  notOk(findings).map(({ level, check, says }) => `${level} ${check}: ${says}`);

const checked = (region: string, more: Parameters<typeof record>[1] = {}) =>
  record(region, { healthCheck: `hc-${region}`, ...more });

const HEALTHY = recordOf(EVERYWHERE.map((region) => [`hc-${region}`, 'healthy' as const]));

describe('the records beside the config', () => {
  it('have no finding where they are what the config says', () => {
    const of = config();

    const findings = liveFindings(of, facts(of), OWN);

    expect(told(findings)).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual('read members shares ttl fail-open families markers'.split(' '));
  });

  it('rule 7: a set that could not be read is a finding, and nothing good is said of it', () => {
    const of = config();

    const findings = liveFindings(of, { ...facts(of), sets: {}, missing: ['model could not be read: denied'] }, OWN);

    expect(findings.map(({ level, says }) => [level, says])).toEqual([['fail', 'model could not be read: denied']]);
  });

  it('name the region without a record', () => {
    const of = config();

    const [first] = told(liveFindings(of, facts(of, [record('us-east-1'), record('us-west-2')]), OWN));

    expect(first).toMatch(/^fail members: .* has no record for m-eu-west-1 \(eu-west-1\)/);
  });

  it('a record that steer has taken away is not missing', () => {
    const of = config({ drain: 'remove' });
    const out = [{ region: EUROPE, service: serviceId('checkout'), run: runId('run_1'), since: 0 }];

    const findings = liveFindings(of, facts(of, [record('us-east-1'), record('us-west-2')], {}, { out }), OWN);

    expect(told(findings).filter((line) => line.includes('members'))).toEqual([]);
  });

  it('name the member that no region owns', () => {
    const of = config();
    const members = [...EVERYWHERE.map((region) => record(region)), record('canary')];

    const findings = told(liveFindings(of, facts(of, members), OWN));

    expect(findings).toEqual([expect.stringMatching(/^fail members: .* holds m-canary, which no region/)]);
  });

  it.each([
    [85, 85, 85, []],
    // 33.3, 33.7 and 33 % of 255: what whole weights can hold.
    [85, 86, 84, []],
    [128, 64, 63, [EAST, WEST, EUROPE]],
  ])('with the weights %d %d %d tell where traffic is away from home', (east, west, europe, away) => {
    const of = config();
    const members = [
      record('us-east-1', { weight: east }),
      record('us-west-2', { weight: west }),
      record('eu-west-1', { weight: europe }),
    ];

    const findings = told(liveFindings(of, facts(of, members), OWN)).join();

    expect(findings === '').toBe(away.length === 0);
    for (const region of away) expect(findings).toContain(`${region} `);
  });

  it('offers to bring home what steer has taken out', () => {
    const of = config();
    const members = [record('us-east-1', { weight: null }), record('us-west-2'), record('eu-west-1')];
    const out = [{ region: EAST, service: serviceId('checkout'), run: runId('run_1'), since: 0 }];

    const findings = liveFindings(of, facts(of, members, {}, { out }), OWN);

    expect(findings.find(({ check }) => check === 'shares')?.remedy).toContain('steer restore us-east-1');
  });

  it.each([
    [[60, 60, 60], 60, null],
    [[60, 60, 30], 60, /mixes TTLs of 30s, 1m/],
    [[90, 90, 90], 60, /TTL of 1m 30s, the config says 1m/],
    [[120, 120, 120], 120, null],
    [[121, 121, 121], 121, /TTL of 2m 1s: a dead region keeps/],
  ])('with TTLs of %j where the config says %d', ([east = 0, west = 0, europe = 0], ttlSeconds, expected) => {
    const of = config({ ttlSeconds });
    const members = [
      record('us-east-1', { ttlSeconds: east }),
      record('us-west-2', { ttlSeconds: west }),
      record('eu-west-1', { ttlSeconds: europe }),
    ];

    const findings = told(liveFindings(of, facts(of, members), OWN)).join();

    expect(findings === '').toBe(expected === null);
    if (expected !== null) expect(findings).toMatch(expected);
  });

  it('tell an alias that weight 0 is not known to drain, until it was seen to', () => {
    const of = config();
    const members = EVERYWHERE.map((region) => record(region, { ttlSeconds: null }));
    const seen = { [MODEL]: { capabilities: CAPABILITIES, zeroOnAliasProven: true } };

    const before = told(liveFindings(of, facts(of, members), OWN));
    const after = told(liveFindings(of, facts(of, members, {}, { vendors: seen }), OWN));
    const removed = told(liveFindings(config({ drain: 'remove' }), facts(of, members), OWN));

    expect(before).toEqual([expect.stringMatching(/^fail fail-open: .* is an alias/)]);
    expect([...after, ...removed]).toEqual([]);
  });
});

describe('how a drained region would be answered after all', () => {
  const of = config();
  const openings = (members: Parameters<typeof facts>[1], checks: Parameters<typeof facts>[2] = {}) =>
    told(liveFindings(of, facts(of, members, checks), OWN)).filter((line) => line.includes('fail-open'));

  it('rule 1: a set in which everybody is drained fails', () => {
    const found = openings(EVERYWHERE.map((region) => record(region, { weight: null })));

    expect(found).toEqual([
      expect.stringContaining('every record is drained, so the vendor answers all of them equally'),
    ]);
  });

  it('a drained record without a check gets everything once the checked others fail', () => {
    const members = [record('us-east-1', { weight: null }), checked('us-west-2'), checked('eu-west-1')];

    expect(openings(members, HEALTHY)).toEqual([
      expect.stringMatching(/^fail .*m-us-east-1 \(us-east-1\) is drained and has no health check/),
    ]);
  });

  it('nothing fails open where no record has a check, or all have healthy ones', () => {
    const bare = [record('us-east-1', { weight: null }), record('us-west-2'), record('eu-west-1')];
    const all = [checked('us-east-1', { weight: null }), checked('us-west-2'), checked('eu-west-1')];

    expect([...openings(bare), ...openings(all, HEALTHY)]).toEqual([]);
  });

  it('the only record without a check is named before anybody tries to drain it', () => {
    const members = [record('us-east-1'), checked('us-west-2'), checked('eu-west-1')];

    expect(openings(members, HEALTHY)).toEqual([expect.stringMatching(/leaving us-east-1 by weight 0 is refused/)]);
  });

  it('a check that fails, one that is unknown and one that no signal reads are three different things to repair', () => {
    const members = EVERYWHERE.map((region) => checked(region));

    const found = openings(members, { 'hc-us-east-1': 'unhealthy', 'hc-us-west-2': 'unknown' });

    expect(found).toEqual([
      expect.stringMatching(/^warn .*the check of m-us-east-1 \(us-east-1\) fails/),
      expect.stringMatching(/^warn .*the check of m-us-west-2 \(us-west-2\) is unknown \(disabled/),
      expect.stringMatching(/^fail .*no signal reads the health check of m-eu-west-1 \(eu-west-1\)/),
    ]);
  });

  it('when the checks of all that serve fail, the drained one is answered now', () => {
    const members = [checked('us-east-1', { weight: null }), checked('us-west-2'), checked('eu-west-1')];

    const found = openings(members, { ...HEALTHY, 'hc-us-west-2': 'unhealthy', 'hc-eu-west-1': 'unhealthy' });

    expect(found).toEqual([expect.stringContaining('the drained m-us-east-1 (us-east-1) is answered now')]);
  });
});

describe('A and AAAA of one name', () => {
  it('must lead to the same regions', () => {
    const made = config();
    const members = recordOf(entriesOf<RegionId, string>(made.services[0]?.sets[0]?.members ?? {}).slice(0, 2));
    const of = withSixth(made, { members });
    const live = facts(of);
    const sixth = setId('checkout/0-v6');
    const own = live.sets[sixth];
    if (own === undefined) throw new Error('no such set');
    const two = { ...own, state: { ...own.state, members: own.state.members.slice(0, keysOf(members).length) } };

    const found = told(liveFindings(of, { ...live, sets: { ...live.sets, [sixth]: two } }, OWN));

    expect(found.filter((line) => line.includes('families'))).toEqual([
      expect.stringMatching(/^fail families: .* only in eu-west-1 \(A only\)/),
    ]);
  });

  it('and share the traffic alike', () => {
    const of = withSixth(config());
    const live = facts(of);
    const sixth = setId('checkout/0-v6');
    const own = live.sets[sixth];
    if (own === undefined) throw new Error('no such set');
    const moved = own.state.members.map((one) => (one.member === 'm-us-east-1' ? { ...one, weight: null } : one));
    const drained = { ...own, state: { ...own.state, members: moved } };

    const found = told(liveFindings(of, { ...live, sets: { ...live.sets, [sixth]: drained } }, OWN));

    expect(found.join('\n')).toMatch(/warn families: .* us-east-1 33\.33 % of A and 0 % of AAAA/);
  });
});

describe('the markers of the zones', () => {
  const of = config();

  it.each([
    [null, null],
    [{ store: STORE, epoch: 7 }, null],
    [{ store: 'store_other', epoch: 1 }, /steered by store store_other, this one is store_own/],
    [{ store: STORE, epoch: 8 }, /epoch 8, this store has granted 7: it is an old copy/],
  ])('rule 3: %j', (fence, expected) => {
    const found = told(liveFindings(of, facts(of, undefined, {}, { fences: { 'zone-0': fence } }), OWN)).join();

    expect(found === '').toBe(expected === null);
    if (expected !== null) expect(found).toMatch(expected);
  });
});
