import { describe, expect, it } from 'vitest';
import { parse } from '../../src/config/parse.ts';
import { EXAMPLE, edited, problemsOf, withValue } from './example.ts';

type Case = readonly [path: readonly (string | number)[], value: unknown, place: string, words: RegExp];

const CASES: readonly Case[] = [
  [['version'], 2, 'version', /write 1/],
  [['fleet'], 7, 'fleet', /put it in quotes/],
  [['regions'], ['us-east-1'], 'regions', /at least two/],
  [['regions', 1], 'us-east-1', 'regions[1]', /a second time/],
  [['regions', 1], 'toString', 'regions[1]', /meaning of its own/],
  [['store', 'region'], 'us-esat-1', 'store.region', /did you mean "us-east-1"/],
  [['people', 'operator-1', 'role'], 'operater', 'people.operator-1.role', /did you mean "operator"/],
  [['people', 'operator-1', 'identities'], [], 'people.operator-1.identities', /at least one identity/],
  [
    ['people', 'admin-1', 'identities', 0],
    { door: 'os', user: 'ops1' },
    'people.admin-1.identities[0]',
    /operator-1 has, too/,
  ],
  [['people', 'admin-1', 'identities', 0], { door: 'sandbox', user: 'x' }, 'people.admin-1.identities[0]', /loopback/],
  [
    ['people', 'admin-1', 'identities', 0],
    { door: 'oss', user: 'x' },
    'people.admin-1.identities[0].door',
    /did you mean "os"/,
  ],
  [
    ['people', 'approver-1', 'totpSecretFrom'],
    { env: 'A', file: 'b' },
    'people.approver-1.totpSecretFrom',
    /exactly one/,
  ],
  [['people', 'approver-1', 'totpSecretFrom'], {}, 'people.approver-1.totpSecretFrom', /exactly one/],
  [['people', 'admin-1', 'role'], 'approver', 'people', /only an admin/],
  [['providers'], {}, 'providers', /at least one provider/],
  [['providers', 'main', 'endpoint'], 'http://dns.example.com', 'providers.main.endpoint', /https/],
  [['providers', 'main', 'endpoint'], 'dns.example.com', 'providers.main.endpoint', /starts with https/],
  [
    ['providers', 'main', 'credentials'],
    { kind: 'sandbox', accountId: '000000000000' },
    'providers.main.endpoint',
    /loopback address/,
  ],
  [
    ['providers', 'partner', 'credentials', 'accessKeyId'],
    'partner key',
    'providers.partner.credentials.accessKeyId',
    /something else.*NAME of an environment variable/,
  ],
  [['notify', 1, 'urlFrom'], {}, 'notify[1].urlFrom', /exactly one/],
  [['changeWindows', 0, 'to'], '08:00', 'changeWindows[0].to', /two windows/],
  [['changeWindows', 0, 'days', 0], 'mondy', 'changeWindows[0].days[0]', /did you mean "monday"/],
  [['services'], {}, 'services', /at least one service/],
  [['services', 'each'], {}, 'services.each', /meaning of its own/],
  [['services', 'search', 'dependsOn'], ['search'], 'services.search.dependsOn[0]', /the service itself/],
  [['services', 'checkout', 'dependsOn'], ['search', 'search'], 'services.checkout.dependsOn[1]', /a second time/],
  [['services', 'search', 'home'], { 'us-east-1': '100%' }, 'services.search.home', /fewer than two regions/],
  [
    ['services', 'search', 'home'],
    { 'us-east-1': '50%', 'us-wset-2': '50%' },
    'services.search.home["us-wset-2"]'.replace('["us-wset-2"]', '.us-wset-2'),
    /did you mean "us-west-2"/,
  ],
  [
    ['services', 'catalogue', 'capacity', 'us-east-1'],
    '12000/m',
    'services.catalogue.capacity.us-east-1',
    /write 12000 requests\/s/,
  ],
  [['services', 'catalogue', 'capacity', 'us-east-1'], 0, 'services.catalogue.capacity.us-east-1', /above 0/],
  [
    ['services', 'catalogue', 'capacity'],
    { 'us-east-1': 1 },
    'services.catalogue.capacity.us-west-2',
    /a value for us-west-2/,
  ],
  [['services', 'catalogue', 'capacity', 'mars'], 1, 'services.catalogue.capacity.mars', /unknown region/],
  [['services', 'search', 'demand'], 0, 'services.search.demand', /above 0/],
  [['services', 'search', 'demand'], { each: 'request' }, 'services.search.demand.each', /did you mean "requests"/],
  [['services', 'search', 'demand'], { each: 'pager' }, 'services.search.demand.each', /answers with a number/],
  [
    ['services', 'search', 'capacity', 'each', 'reference'],
    'highest',
    'services.search.capacity.each.reference',
    /a number.*highest-of-24h/,
  ],
  [['services', 'search', 'forecastPeak'], '90%', 'services.search.forecastPeak', /from 100%.*120%/],
  [
    ['services', 'search', 'values'],
    { healthChek: 'x' },
    'services.search.values.healthCheck',
    /front-door names.*healthChek/,
  ],
  [['services', 'search', 'gates', 'traffic'], 'noen', 'services.search.gates.traffic', /a map with rule/],
  [
    ['services', 'search', 'gates', 'own'],
    { rule: 'state', signal: 'front-door' },
    'services.search.gates.own',
    /neither critical/,
  ],
  [
    ['services', 'search', 'gates', 'own'],
    { rule: 'state', signal: 'errors', critical: true },
    'services.search.gates.own.signal',
    /answers with a state/,
  ],
  [
    ['services', 'search', 'gates', 'own'],
    { rule: 'below', signal: 'errors', passBelow: 5, failFrom: 1, minimumSamples: 1, critical: true },
    'services.search.gates.own.failFrom',
    /cross/,
  ],
  [
    ['services', 'search', 'gates', 'own'],
    { rule: 'last-week', signal: 'errors', passWithin: '10%', failFrom: '20%', minimumSamples: 1, critical: true },
    'services.search.gates.own.signal',
    /withLastWeek: true/,
  ],
  [['services', 'search', 'sets'], {}, 'services.search.sets', /at least one/],
  [
    ['services', 'search', 'sets', 'search-api', 'provider'],
    'mian',
    'services.search.sets.search-api.provider',
    /did you mean "main"/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'zone'],
    '/hostedzone/Z1',
    'services.search.sets.search-api.zone',
    /write Z1/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'name'],
    'catalogue.example.com',
    'services.search.sets.search-api',
    /set catalogue-v4 of service catalogue has, too/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'type'],
    'a',
    'services.search.sets.search-api.type',
    /did you mean "A"/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'members'],
    { each: 'same' },
    'services.search.sets.search-api.members.each',
    /\{region\}/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'members'],
    { mars: 'x' },
    'services.search.sets.search-api.members.mars',
    /unknown region/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'members'],
    { 'us-east-1': 'a', 'us-west-2': 'b' },
    'services.search.home.eu-west-1',
    /without a member/,
  ],
  [['services', 'checkout', 'sets', 'checkout-api', 'part'], '70%', 'services.checkout.sets', /add up to 90 %/],
  [
    ['services', 'search', 'sets', 'checkout-api'],
    { name: 'x.example.com' },
    'services.search.sets.checkout-api',
    /service checkout has, too/,
  ],
  [
    ['services', 'search', 'sets', 'search-api', 'ttlSeconds'],
    60,
    'services.search.sets.search-api.ttlSeconds',
    /did you mean "ttl"/,
  ],
  [['signals', 'requests', 'kind'], 'cloudwatch', 'signals.requests.kind', /did you mean "cloudwatch-/],
  [['signals', 'requests', 'provider'], 'mian', 'signals.requests.provider', /did you mean "main"/],
  [['signals', 'requests', 'lookBack'], '10', 'signals.requests.lookBack', /a duration/],
  [['signals', 'running-capacity', 'lookBack'], '1h', 'serviceDefaults.capacity.each.now', /24h/],
  [['signals', 'running-capacity', 'awsRegion'], 'mars', 'signals.running-capacity.awsRegion', /an AWS region/],
  [['signals', 'pager', 'vantage'], 'us-west-1', 'signals.pager.vantage', /did you mean "us-west-2"/],
  [['signals', 'pager', 'region'], 'mars', 'signals.pager.region', /unknown region/],
  [['signals', 'errors', 'region'], 'us-east-1', 'signals.errors.region', /beside \{region\}/],
  [['signals', 'errors', 'derivedFrom'], 'errors', 'signals.errors.derivedFrom', /derived from itself/],
  [['signals', 'errors', 'derivedFrom'], 'requsts', 'signals.errors.derivedFrom', /did you mean "requests"/],
  [['signals', 'pager', 'derivedFrom'], 'errors', 'signals.pager.derivedFrom', /a signal that is several/],
  [['signals', 'ping', 'url'], 'http://169.254.169.254/{region}{service}', 'signals.ping.url', /allowPrivateAddress/],
  [['signals', 'ping', 'url'], 'https://example.com:{healthCheck}/{region}/{service}', 'signals.ping.url', /filled in/],
  [['signals', 'ping', 'expectStatus'], '299-200', 'signals.ping.expectStatus', /status codes/],
  [['signals', 'ping', 'needsNoTraffic'], 'yes', 'signals.ping.needsNoTraffic', /write true/],
  [['signals', 'ping', 'derivedform'], 'x', 'signals.ping.derivedform', /did you mean "derivedFrom"/],
  [['serviceDefaults', 'dependsOn'], [], 'serviceDefaults.dependsOn', /unknown key/],
  [['serviceDefault'], {}, 'serviceDefault', /did you mean "serviceDefaults"/],
];

describe('problems', () => {
  it.each(CASES)('%j as %j is told at %s', (path, value, place, words) => {
    const problems = problemsOf(withValue(path, value));

    const here = problems.filter((problem) => problem.path === place);
    expect(problems.map((problem) => problem.path)).toContain(place);
    expect(here.map(({ found, expected, suggestion }) => `${found}; ${expected}; ${suggestion}`).join('\n')).toMatch(
      words,
    );
    for (const { line, column } of problems) expect(line * column).toBeGreaterThan(0);
  });

  it('tells two equal keys, aliases, anchors, merge keys and tags where they stand', () => {
    const text = EXAMPLE.replace(
      'fleet: example-shop',
      'fleet: &name example-shop\nfleet: other\nspare: *name\n<<: 1\nmore: !!str x',
    );

    const told = problemsOf(text).map(({ found }) => found);

    expect(told).toEqual(
      expect.arrayContaining([
        'a YAML anchor (&)',
        'a second "fleet"',
        'a YAML alias (*)',
        'a YAML merge key (<<)',
        'a YAML tag (!)',
      ]),
    );
  });

  it('refuses names that every JavaScript object answers to', () => {
    const text = EXAMPLE.replace(
      '\nservices:\n',
      '\nservices:\n  __proto__: { tier: 1 }\n  constructor: { tier: 1 }\n',
    );

    const problems = problemsOf(text);

    expect(problems.map(({ found }) => found)).toEqual(['the name "__proto__"', 'the name "constructor"']);
  });

  it('does not fall for a placeholder that every JavaScript object answers to', () => {
    const text = withValue(['signals', 'ping', 'url'], 'https://{constructor}.{region}.{service}.example.com/');

    const problems = problemsOf(text);

    expect(problems.map(({ path }) => path)).toContain('services.search.values.constructor');
  });

  it('refuses two documents, an empty file and an oversized one', () => {
    const found = ['', '# nothing', `${EXAMPLE}---\nversion: 1\n`, `# ${'x'.repeat(5_000_000)}`].map(
      (text) => problemsOf(text)[0]?.found,
    );

    expect(found).toEqual(['an empty file', 'an empty file', 'a second YAML document (---)', '5000002 characters']);
  });

  it('refuses an alias bomb without unpacking it', () => {
    const levels = Array.from({ length: 40 }, (_, level) => `l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`);
    const bomb = ['l0: &l0 [x, x]', ...levels].join('\n');

    const problems = problemsOf(bomb);

    expect(problems.map(({ found }) => found)).toContain('a YAML anchor (&)');
  });

  it('refuses absurd nesting instead of failing on it', () => {
    for (const text of ['[', '{a: ', '- '].map((part) => part.repeat(50_000))) expect(problemsOf(text)).not.toEqual([]);
  });

  it('warns of what is doubtful and still reads the config', () => {
    const text = edited((file) => {
      file.setIn(['signals', 'ping', 'vantage'], 'outside');
      file.setIn(['safety', 'emergency', 'shortestBake'], '30s');
      file.setIn(['signals', 'unused'], file.getIn(['signals', 'pager']));
    });

    const parsed = parse(text, 'steer.yaml');

    expect(parsed.ok && parsed.warnings.map(({ path }) => path)).toEqual([
      'safety.emergency.shortestBake',
      'signals.ping.vantage',
      'signals.unused',
    ]);
  });
});
