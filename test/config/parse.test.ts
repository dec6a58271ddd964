import { describe, expect, it } from 'vitest';
import { parse } from '../../src/config/parse.ts';
import { problemText } from '../../src/config/problem.ts';
import { serviceOf } from '../../src/domain/config.ts';
import { gateId, regionId, serviceId, signalId } from '../../src/domain/ids.ts';
import { configOf, EXAMPLE, edited, problemsOf, withValue } from './example.ts';

const [east, west, europe] = [regionId('us-east-1'), regionId('us-west-2'), regionId('eu-west-1')] as const;

describe('parse', () => {
  it('reads the example without a warning', () => {
    const parsed = parse(EXAMPLE, 'example.steer.yaml');

    expect(parsed).toMatchObject({ ok: true, warnings: [] });
  });

  it('turns units into basis points, milliseconds and minutes', () => {
    const { safety, soloAfterMs, changeWindows, services } = configOf(EXAMPLE);

    expect(safety.planned.minimumHealthyCapacity).toBe(5000);
    expect(safety.planned.shortestBakeMs).toBe(180_000);
    expect(soloAfterMs).toBe(600_000);
    expect(changeWindows[1]).toEqual({ days: [5], fromMinute: 540, toMinute: 720 });
    expect(services[0]?.forecastPeak).toBe(12_000);
  });

  it('fills a service in from serviceDefaults, key by key, gates and sets by name', () => {
    const config = configOf(EXAMPLE);

    const checkout = serviceOf(config, serviceId('checkout'));
    const search = serviceOf(config, serviceId('search'));

    expect(checkout).toMatchObject({ tier: 1, unit: 'requests/s', home: { 'us-east-1': 5000 } });
    expect(checkout?.gates.map(({ gate }) => gate)).toContain(gateId('pager'));
    expect(checkout?.sets.map(({ ref, ttlSeconds }) => [ref.provider, ttlSeconds])).toEqual([
      ['main', 60],
      ['partner', 30],
    ]);
    expect(search).toMatchObject({ unit: 'queries/s', home: { 'us-east-1': 6000, 'us-west-2': 4000, 'eu-west-1': 0 } });
    expect(search?.gates.map(({ gate }) => gate)).not.toContain(gateId('traffic@us-east-1'));
  });

  it('makes one signal per region and service that use it, and points gates, capacity and demand at them', () => {
    const config = configOf(EXAMPLE);

    const checkout = serviceOf(config, serviceId('checkout'));
    const names = config.signals.map(({ signal }) => signal);

    expect(names).toContain(signalId('requests@checkout/us-east-1'));
    expect(names).not.toContain(signalId('requests@search/us-east-1'));
    expect(new Set(names).size).toBe(names.length);
    expect(checkout?.capacity[west]).toEqual({
      kind: 'signal',
      now: 'running-capacity@checkout/us-west-2',
      reference: 'highest-of-24h',
    });
    expect(checkout?.demand).toMatchObject({ byRegion: { 'eu-west-1': 'requests@checkout/eu-west-1' } });
    expect(checkout?.gates.find(({ gate }) => gate === gateId('errors@eu-west-1'))).toMatchObject({
      region: europe,
      signal: 'errors@checkout/eu-west-1',
      critical: true,
      failuresToHold: 1,
    });
    expect(checkout?.gates.find(({ gate }) => gate === gateId('pager'))).toMatchObject({
      region: null,
      signal: 'pager',
    });
  });

  it('fills region, service and values into every text of a signal', () => {
    const { signals } = configOf(EXAMPLE);

    const of = (name: string) => signals.find(({ signal }) => signal === signalId(name));

    expect(of('requests@checkout/us-west-2')).toMatchObject({
      region: west,
      service: 'checkout',
      backend: 'cloudwatch:us-west-2',
      vantage: 'us-west-2',
      source: { awsRegion: 'us-west-2', dimensions: { LoadBalancer: 'app/checkout/73e2d6bc24d8a067' } },
    });
    expect(of('requests@catalogue/us-east-1')).toMatchObject({
      source: { dimensions: { LoadBalancer: 'app/catalogue/us-east-1' } },
    });
    expect(of('ping@search/eu-west-1')).toMatchObject({
      source: { url: 'https://eu-west-1.search.example.com/healthz', expectStatus: { from: 200, to: 299 } },
    });
  });

  it('points a derived signal at the one of the same service and region', () => {
    const text = edited((file) => file.setIn(['signals', 'errors', 'derivedFrom'], 'running-capacity'));

    const { signals } = configOf(text);

    expect(signals.find(({ signal }) => signal === signalId('errors@search/us-east-1'))?.derivedFrom).toBe(
      'running-capacity@search/us-east-1',
    );
  });

  it('places what steer measures itself where the store stands', () => {
    const vantage = (text: string) =>
      configOf(text).signals.find(({ signal }) => signal === signalId('ping@search/us-east-1'))?.vantage;

    expect(vantage(EXAMPLE)).toBe('steer');
    expect(vantage(withValue(['store', 'region'], 'us-west-2'))).toBe('us-west-2');
  });

  it('takes the part of an only set as the whole, and writes names in full and in lower case', () => {
    const text = withValue(['services', 'search', 'sets', 'search-api', 'name'], 'Search.Example.com');

    const search = serviceOf(configOf(text), serviceId('search'));

    expect(search?.sets).toMatchObject([{ part: 10_000, ref: { name: 'search.example.com.' } }]);
    expect(search?.sets[0]?.members[east]).toBe('us-east-1');
  });

  it('gives a config that nobody can change', () => {
    const config = configOf(EXAMPLE);

    expect(Object.isFrozen(config.safety.planned)).toBe(true);
    expect(Object.isFrozen(config.services[0]?.sets[0]?.members)).toBe(true);
  });

  it('lets services call each other in a circle: they move as one wave', () => {
    const text = withValue(['services', 'search', 'dependsOn'], ['checkout']);

    expect(problemsOf(text)).toEqual([]);
  });

  it('tells every problem at once, with line, column, what was found, what is expected and what to type', () => {
    const text = EXAMPLE.replace('minimumHealthyCapacity: 50%', 'minimumHealthyCapacity: 0.5')
      .replace('minimumServingRegions: 1', 'minimumServingRegion: 1')
      .replace('dependsOn: [search]', 'dependsOn: [serach]')
      .replace('home: { us-east-1: 60%, us-west-2: 40%', 'home: { us-east-1: 60%, us-west-2: 45%');

    const told = problemsOf(text).map(problemText);

    const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
    expect(told).toEqual([
      `steer.yaml:${lineOf('minimumHealthyCapacity: 0.5')}:29: safety.planned.minimumHealthyCapacity: found 0.5, expected a percentage from 0.01% to 100%, such as 60%; write 50%`,
      expect.stringMatching(/safety\.emergency\.minimumServingRegions: found nothing, expected a whole number/),
      expect.stringMatching(/unknown key "minimumServingRegion".*did you mean "minimumServingRegions"\?/),
      `steer.yaml:${lineOf('dependsOn: [serach]')}:17: services.catalogue.dependsOn[0]: found the unknown service "serach", expected a service of this file: checkout, catalogue or search; did you mean "search"?`,
      `steer.yaml:${lineOf('us-west-2: 45%')}:5: services.search.home: found shares that add up to 105 %, expected shares that add up to 100%`,
    ]);
  });

  it('tells a mistake in serviceDefaults once and where it stands', () => {
    const text = EXAMPLE.replace('us-west-2: 30%, eu-west-1: 20% } # 0%', 'us-west-2: 30%, eu-west-1: 10% } # 0%');

    const problems = problemsOf(text);

    expect(problems.map(({ path }) => path)).toEqual(['serviceDefaults.home']);
  });
});
