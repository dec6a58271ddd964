import { describe, expect, it } from 'vitest';
import { comparableName, compareKeys, keyText, plainChangeId, plainZoneId } from '../../../providers/route53/names.ts';

describe('names at Route 53', () => {
  it.each([
    ['WWW.Example.com', 'www.example.com.'],
    ['www.example.com.', 'www.example.com.'],
    ['\\052.example.com.', '*.example.com.'],
    ['a\\100b.example.com', 'a@b.example.com.'],
  ])('%s compares as %s', (name, comparable) => {
    expect(comparableName(name)).toBe(comparable);
  });

  it('takes ids with and without their prefix', () => {
    expect(['/hostedzone/Z1', 'hostedzone/Z1', 'Z1'].map(plainZoneId)).toEqual(['Z1', 'Z1', 'Z1']);
    expect(['/change/C1', 'C1'].map(plainChangeId)).toEqual(['C1', 'C1']);
  });

  it('sorts by labels from the right, then by type, with the dot counted', () => {
    const inOrder = [
      { name: 'example.com.', type: 'NS' },
      { name: 'example.com.', type: 'SOA' },
      { name: '\\052.example.com.', type: 'A' },
      { name: 'a-b.example.com.', type: 'A' },
      { name: 'a.example.com.', type: 'A' },
      { name: 'a.example.com.', type: 'AAAA' },
      { name: 'x.a.example.com.', type: 'A' },
      { name: 'b.example.com.', type: 'A' },
    ];

    expect(inOrder.toReversed().toSorted(compareKeys)).toEqual(inOrder);
  });

  it('has one text for one name and type', () => {
    expect(keyText({ name: 'WWW.example.com', type: 'A' })).toBe(keyText({ name: 'www.example.com.', type: 'A' }));
  });
});
