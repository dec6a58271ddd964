import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globMatches, globOf } from '../../../providers/gdnsd/glob.ts';
import { parseVscf, type Vscf, VscfError, vscfText } from '../../../providers/gdnsd/vscf.ts';

/** Without files and lines. */
const plain = (value: Vscf): unknown => {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'include':
      return { include: value.path };
    case 'list':
      return value.items.map(plain);
    case 'hash':
      return value.entries.map((entry) => [entry.key, plain(entry.value)]);
  }
};

describe('the language of gdnsd', () => {
  it.each([
    ['simple', 'options = {\n listen = [ 192.0.2.1, 192.0.2.2 ],\n}'],
    ['fat arrows and quotes', '"options" => {\n listen => [ 192.0.2.1 192.0.2.2 ]\n}'],
    ['compressed', 'options={listen=[192.0.2.1 192.0.2.2]}'],
    ['commented', '# one\noptions => { ; two\n listen => [ 192.0.2.1, # three\n 192.0.2.2 ] }'],
    ['escaped', 'opt\\105ons => { l\\isten => [ "192\\.0.2.1" 192.0.2.2 ] }'.replace('\\105', '\\105')],
  ])('reads the same of a text that is %s', (_, text) => {
    expect(plain(parseVscf(text, 'config'))).toEqual([['options', [['listen', ['192.0.2.1', '192.0.2.2']]]]]);
  });

  it('sees an include as a value and in the place of a key, and a quoted one as a text', () => {
    const text = 'a => $include{one}, $include{ "two" }, b => "$include"';

    expect(plain(parseVscf(text, 'config'))).toEqual([
      ['a', { include: 'one' }],
      [null, { include: 'two' }],
      ['b', '$include'],
    ]);
  });

  it('reads any text back that it has written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(plain(parseVscf(`key => ${vscfText(text)}`, 'config'))).toEqual([['key', text]]);
      }),
    );
  });

  it.each([
    ['a key twice', 'a => 1\nb => 2\na => 3', /line 3: the key a comes twice/],
    ['no value', 'a => 1\nb =>\n}', /line 3: a value is expected/],
    ['an open hash', 'a => {\n b => 1', /a key is expected/],
    ['an open quote', 'a => "one', /a key or a value is expected/],
    ['no arrow', 'a 1', /"=>" after a is expected/],
    ['something after a list', '[ a ] b', /the end of the file is expected/],
  ])('says where there is %s', (_, text, message) => {
    expect(() => parseVscf(text, 'config')).toThrow(VscfError);
    expect(() => parseVscf(text, 'config')).toThrow(message);
  });
});

describe('a glob of admin_state', () => {
  it('made of a text matches that text and no other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '*', '?', '[', ']', '\\', '!', '-'), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(globMatches(globOf(one), one)).toBe(true);
        expect(globMatches(globOf(one), other)).toBe(one === other);
      }),
    );
  });

  it.each([
    ['*/up', '192.0.2.1/up', true],
    ['*', 'a/b', true],
    ['192.0.2.?/up', '192.0.2.10/up', false],
    ['[!12]*', '1', false],
    ['[!12]*', '3x', true],
    ['[]x]', ']', true],
    ['[a', '[a', true],
    ['a.c', 'abc', false],
    ['[z-a]', 'b', false],
    ['A', 'a', false],
  ])('%s against %s', (glob, text, matches) => {
    expect(globMatches(glob, text)).toBe(matches);
  });
});
