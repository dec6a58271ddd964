import { describe, expect, it } from 'vitest';
import { attributed } from '../../src/executor/effects/attributed.ts';

const member = (name: string, kept: Parameters<typeof attributed>[1][number]['kept']) => ({ member: name, kept });

describe('whose answers are counted after a step', () => {
  it.each([
    ['an address in the record', member('east', { ResourceRecords: [{ Value: '192.0.2.1' }] }), '192.0.2.1'],
    ['a member that is called by its address', member('192.0.2.1', null), '192.0.2.1'],
    ['one of several addresses in one text', member('east', 'A 192.0.2.1 192.0.2.9'), '192.0.2.9'],
    ['a name, however it ends and is written', member('east', { rdata: ['East.Example.com.'] }), 'east.example.com'],
  ])('finds %s', (_, east, value) => {
    const found = attributed({ [value]: 40, '198.51.100.5': 20 }, [east, member('198.51.100.5', null)], east.member);

    expect(found).toEqual({ known: 60, fromMember: 40, strange: 0 });
  });

  it("rule 6: takes answers that no record holds for nobody's, never for the source being empty", () => {
    const alias = member('east', { AliasTarget: { DNSName: 'lb-east.example.com.' } });

    const found = attributed({ '192.0.2.1': 60 }, [alias, member('west', null)], 'east');

    expect(found).toEqual({ known: 0, fromMember: 0, strange: 60 });
  });

  it('does not take a longer address for a shorter one', () => {
    const found = attributed(
      { '192.0.2.1': 10 },
      [member('192.0.2.10', null), member('192.0.2.1', null)],
      '192.0.2.10',
    );

    expect(found).toEqual({ known: 10, fromMember: 0, strange: 0 });
  });
});
