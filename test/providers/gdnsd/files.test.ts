import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forcing, ownStates, parseAdminState, withOwnStates } from '../../../providers/gdnsd/admin-state.ts';
import { withWeights } from '../../../providers/gdnsd/weights-file.ts';
import { parseZoneFile } from '../../../providers/gdnsd/zone-file.ts';

const FOREIGN = '# first\n192.0.2.1/* => DOWN\n';

describe('admin_state', () => {
  it("keeps every line that is not steer's, whatever states steer forces down", () => {
    const states = fc.uniqueArray(
      fc.constantFrom('192.0.2.8/up', '2001:db8::1/web', 'lb.example.org./[x]*', 'a b/"c"'),
    );
    fc.assert(
      fc.property(fc.constantFrom('', FOREIGN, '*/web => UP'), states, states, (text, first, second) => {
        const once = parseAdminState(withOwnStates(parseAdminState(text, 'a'), first), 'a');
        const twice = parseAdminState(withOwnStates(once, second), 'a');

        expect([...ownStates(twice)].sort()).toEqual([...second].sort());
        expect(second.every((state) => forcing(twice.rules, state)?.forced === 'DOWN')).toBe(true);
        expect(withOwnStates(twice, []).trimEnd()).toBe(text.trimEnd());
        expect(withOwnStates(twice, second)).toBe(withOwnStates(once, second));
      }),
    );
  });

  it('leaves its lines where they are between those of others', () => {
    const text = `${FOREIGN}# steer: begin\n"a/up" => DOWN\n# steer: end\n# last\n*/web => UP\n`;

    const written = withOwnStates(parseAdminState(text, 'a'), ['b/up']);

    expect(written).toMatch(
      /^# first\n192\.0\.2\.1\/\* => DOWN\n# steer: begin.*\n"b\/up" => DOWN\n# steer: end\n# last\n/,
    );
  });

  it('goes by the last line that matches', () => {
    const { rules } = parseAdminState('*/up => DOWN\n192.0.2.*/up => UP\n192.0.2.2/up => DOWN/30\n', 'a');

    const told = ['10.0.0.1/up', '192.0.2.1/up', '192.0.2.2/up', '192.0.2.2/web'].map(
      (state) => forcing(rules, state)?.forced ?? null,
    );

    expect(told).toEqual(['DOWN', 'UP', 'DOWN', null]);
  });

  it.each([
    ['a state that is neither', 'a/up => MAYBE', /line 1 is not/],
    ['a hash', 'a/up => { x => y }', /line 1 is not/],
    ['a key twice', 'a/up => UP\na/up => DOWN', /line 2: the key a\/up comes twice/],
    ['a list', '[ a ]', /are expected/],
    ['an end without a beginning', '# steer: end\n', /once each/],
    ['two beginnings', '# steer: begin\n# steer: begin\n# steer: end\n', /once each/],
  ])('is unreadable with %s, as gdnsd ignores it or nobody can say whose lines are whose', (_, text, message) => {
    expect(() => parseAdminState(text, 'a')).toThrow(message);
  });

  it("does not take somebody's glob between its own lines for its own", () => {
    const admin = parseAdminState('# steer: begin\n*/up => DOWN\n# steer: end\n', 'a');

    expect(() => ownStates(admin)).toThrow(/line 2 of admin_state stands between steer's own lines/);
  });
});

describe('a file with weights', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const item = fc.record({
    name,
    weight: fc.integer({ min: 1, max: 1_048_575 }),
    arrow: fc.constantFrom('=>', '='),
    tail: fc.constantFrom('', ',', ' # why', ' ; why'),
  });

  it('changes numbers and nothing else', () => {
    const items = fc.uniqueArray(item, { selector: (one) => one.name, minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 1_048_575 }), (all, weight) => {
        const textOf = (weights: readonly number[]): string =>
          [
            '# by steer',
            ...all.map((one, index) => `${one.name} ${one.arrow} [ 192.0.2.${index}, ${weights[index]} ]${one.tail}`),
            '',
          ].join('\n');
        const held = all.map((one) => one.weight);
        const [first] = all;

        const written = withWeights(textOf(held), new Map([[first?.name ?? '', weight]]), 'f');

        expect(written).toBe(textOf([weight, ...held.slice(1)]));
      }),
    );
  });

  it.each([
    ['two items in a line', 'a => [ 192.0.2.1, 1 ] b => [ 192.0.2.2, 1 ]', /line 1 is not one item/],
    ['a setting', 'a => [ 192.0.2.1, 1 ]\nup_thresh => 0.5', /line 2 is not one item/],
    ['an include', '$include{more}', /line 1 is not one item/],
    ['an item over two lines', 'a => [ 192.0.2.1,\n 1 ]', /line 1 is not one item/],
    ['an item twice', 'a => [ 192.0.2.1, 1 ]\na => [ 192.0.2.2, 1 ]', /line 2 is not one item/],
    ['not the item that is asked for', 'b => [ 192.0.2.1, 1 ]', /has no item "a"/],
  ])('is not rewritten when it has %s', (_, text, message) => {
    expect(() => withWeights(text, new Map([['a', 5]]), 'f')).toThrow(message);
  });
});

describe('a zone file', () => {
  const TEXT = `$TTL 1h
@ SOA ns1 host ( 1 7200 ; serial
  30M 3D 60 )
  NS ns1
ns1 A 127.0.0.1
www 30 DYNA weighted!app
    IN 1h30m TXT "not ; a comment" ; but this is
Api.Example.com. IN 600/10 DYNC weighted!api
$ORIGIN sub
$TTL 90
deep DYNA geoip!far
`;

  it('names each record in full, with its longest and shortest TTL', () => {
    const { records, hasIncludes } = parseZoneFile(TEXT, 'example.com', 5);

    const told = records
      .filter(({ type }) => type.startsWith('DYN') || type === 'TXT')
      .map(({ name, type, ttlSeconds, minimumTtlSeconds, data }) => [name, type, ttlSeconds, minimumTtlSeconds, data]);
    expect(told).toEqual([
      ['www.example.com.', 'DYNA', 30, 15, 'weighted!app'],
      ['www.example.com.', 'TXT', 5400, 2700, '"not ; a comment"'],
      ['api.example.com.', 'DYNC', 600, 10, 'weighted!api'],
      ['deep.sub.example.com.', 'DYNA', 90, 45, 'geoip!far'],
    ]);
    expect(hasIncludes).toBe(false);
  });

  it('takes the TTL of the server where the zone has none, and tells that it includes more', () => {
    const { records, hasIncludes } = parseZoneFile('$INCLUDE more\nwww DYNA weighted!app\n', 'example.com', 7);

    expect(records).toMatchObject([{ name: 'www.example.com.', ttlSeconds: 7, minimumTtlSeconds: 3 }]);
    expect(hasIncludes).toBe(true);
  });
});
