import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../providers/dns-wire/bytes.ts';
import { ProviderError } from '../../../providers/errors.ts';
import { luaData, parseSnippet, printSnippet } from '../../../providers/powerdns/lua.ts';

const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.'));
const choices = fc.uniqueArray(fc.record({ weight: fc.nat(10_000), value: address }), {
  minLength: 1,
  maxLength: 40,
  selector: ({ value }) => value,
});

describe('the grammar of weights', () => {
  it('reads what it writes, however long it is', () => {
    fc.assert(
      fc.property(choices, (its) => {
        const content = printSnippet({ type: 'A', choices: its });

        expect(parseSnippet(content)).toEqual({ type: 'A', choices: its });
        expect([...content.matchAll(/"([^"]*)"/g)].every(([, part = '']) => part.length <= 255)).toBe(true);
      }),
    );
  });

  it('reads the same with spaces and cut at any place', () => {
    const code = "pickwrandom({ {75, '192.0.2.1'} , {0,'192.0.2.2'} })";
    const whole = parseSnippet(`A "${code}"`);

    expect(whole?.choices).toEqual([
      { weight: 75, value: '192.0.2.1' },
      { weight: 0, value: '192.0.2.2' },
    ]);
    for (let at = 1; at < code.length; at += 1)
      expect(parseSnippet(`A "${code.slice(0, at)}" "${code.slice(at)}"`)).toEqual(whole);
  });

  it('knows targets of a CNAME and IPv6 addresses', () => {
    expect(parseSnippet(`CNAME "pickwrandom({{1,'east.example.com.'}})"`)?.choices).toHaveLength(1);
    expect(parseSnippet(`AAAA "pickwrandom({{1,'2001:db8::1'}})"`)?.choices).toHaveLength(1);
  });

  it.each([
    ['another function', `A "pickrandom({'192.0.2.1'})"`],
    ['a program around it', `A ";if os.time() > 0 then return pickwrandom({{1,'192.0.2.1'}}) end"`],
    ['something behind it', `A "pickwrandom({{1,'192.0.2.1'}}) .. ''"`],
    ['a comment in it', `A "pickwrandom({{1,'192.0.2.1'}--[[x]]})"`],
    ['a fraction', `A "pickwrandom({{0.5,'192.0.2.1'}})"`],
    ['a negative weight', `A "pickwrandom({{-1,'192.0.2.1'}})"`],
    ['an octal-looking weight', `A "pickwrandom({{010,'192.0.2.1'}})"`],
    ['a weight that the server cannot add up', `A "pickwrandom({{9999999999,'192.0.2.1'}})"`],
    ['the same value twice', `A "pickwrandom({{1,'192.0.2.1'},{2,'192.0.2.1'}})"`],
    ['a value of another type', `A "pickwrandom({{1,'2001:db8::1'}})"`],
    ['an expression for a value', `A "pickwrandom({{1,'192.0.2.'..1}})"`],
    ['no choice at all', `A "pickwrandom({})"`],
    ['a type that it does not weigh', `TXT "pickwrandom({{1,'192.0.2.1'}})"`],
    ['broken Lua', `A "pickwrandom({{1,'192.0.2.1'}"`],
    ['text without quotes', `A pickwrandom({{1,'192.0.2.1'}})`],
  ])('does not read %s', (_, content) => {
    expect(parseSnippet(content)).toBeNull();
  });

  it.each([
    ['a quote in a value', "192.0.2.1'}}) --"],
    ['an empty value', ''],
  ])('never writes %s', (_, value) => {
    expect(() => printSnippet({ type: 'A', choices: [{ weight: 1, value }] })).toThrow(ProviderError);
  });

  it('goes on the wire as the type and then the code', () => {
    expect(hexOf(luaData(`A "pickwrandom("`))).toBe(`00010c${Buffer.from('pickwrandom(').toString('hex')}`);
  });
});
