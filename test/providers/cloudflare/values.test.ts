import { describe, expect, it } from 'vitest';
import type { DnsRecord } from '../../../providers/cloudflare/record.ts';
import { contentOf, TYPES, valueText } from '../../../providers/cloudflare/values.ts';
import { cloudflareRecordsTraits } from '../../contracts/records/cloudflare-world.ts';
import { samplesOf } from '../../contracts/records/samples.ts';

const record = (type: string, content: Partial<DnsRecord>): DnsRecord => ({
  id: '1',
  type,
  name: 'www.example.com',
  ttl: 300,
  ...content,
});

describe('values of Cloudflare’s records', () => {
  it.each(TYPES)('of type %s are sent in the vendor’s form and read back in their one form', (type) => {
    const samples = samplesOf(type, cloudflareRecordsTraits);

    const back = samples.map((value) => valueText(record(type, contentOf(type, value))));

    expect(back).toEqual(samples);
  });

  it.each<readonly [string, string, object]>([
    ['MX', '10 mail1.example.net.', { content: 'mail1.example.net', priority: 10 }],
    ['MX', '0 .', { content: '.', priority: 0 }],
    ['CNAME', 'one.example.net.', { content: 'one.example.net' }],
    ['TXT', '"first" "second"', { content: '"first" "second"' }],
    ['SRV', '10 5 443 one.example.net.', { data: { priority: 10, weight: 5, port: 443, target: 'one.example.net' } }],
    ['CAA', '0 issue "ca.example.net"', { data: { flags: 0, tag: 'issue', value: 'ca.example.net' } }],
    [
      'URI',
      '10 1 "https://one.example.net/"',
      { priority: 10, data: { weight: 1, target: 'https://one.example.net/' } },
    ],
    ['HTTPS', '1 . alpn="h2,h3"', { data: { priority: 1, target: '.', value: 'alpn="h2,h3"' } }],
  ])('a %s %s is sent as the vendor wants it', (type, value, content) => {
    expect(contentOf(type, value)).toEqual(content);
  });

  it('a text without quotes is the text itself, quotes and backslashes in it too', () => {
    const values = ['v=spf1 -all', 'say "hello"', 'back\\slash'].map((content) =>
      valueText(record('TXT', { content })),
    );

    expect(values).toEqual(['"v=spf1 -all"', '"say \\"hello\\""', '"back\\\\slash"']);
  });

  it('keeps what stands between quotes in a part of a value', () => {
    const value = '0 issue "ca.example.net; policy=\\"ev\\" \\\\"';

    expect(contentOf('CAA', value)).toEqual({
      data: { flags: 0, tag: 'issue', value: 'ca.example.net; policy="ev" \\' },
    });
    expect(valueText(record('CAA', contentOf('CAA', value)))).toBe(value);
  });

  it.each([
    ['of a type that it does not know', record('OPENPGPKEY', { content: 'AQID' })],
    ['that is none of its type', record('A', { content: '192.0.2.256' })],
    ['without its parts', record('SRV', { content: '10 5 443 one.example.net' })],
  ])('a value %s cannot be read', (_, unread) => {
    expect(valueText(unread)).toBe(null);
  });
});
