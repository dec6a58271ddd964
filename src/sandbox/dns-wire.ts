import packet, { type Answer } from 'dns-packet';
import type { DnsRecord } from './dns-types.ts';

/** The character strings of a TXT value: `"a" "b"`, with `\"` and `\\` inside. */
const stringsOf = (data: string): string[] =>
  (data.match(/"(?:[^"\\]|\\.)*"/g) ?? [data]).map((text) => text.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1'));

const bare = (name: string): string => (name === '.' ? '.' : name.replace(/\.$/, ''));

const soaOf = (fields: readonly string[]) => {
  const [mname = '.', rname = '.', ...numbers] = fields;
  const [serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0] = numbers.map(Number);
  return { mname: bare(mname), rname: bare(rname), serial, refresh, retry, expire, minimum };
};

/** A record for the packet library; undefined for a type that this server cannot write. */
export const encodeRecord = (record: DnsRecord): Answer | undefined => {
  const name = bare(record.name);
  const ttl = record.ttlSeconds;
  const fields = record.data.trim().split(/\s+/);
  const [first = '', second = '', third = '', fourth = ''] = fields;
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return { type: record.type, name, ttl, data: record.data };
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return { type: record.type, name, ttl, data: bare(record.data) };
    case 'TXT':
      return { type: 'TXT', name, ttl, data: stringsOf(record.data) };
    case 'MX':
      return { type: 'MX', name, ttl, data: { preference: Number(first), exchange: bare(second) } };
    case 'SRV':
      return {
        type: 'SRV',
        name,
        ttl,
        data: { priority: Number(first), weight: Number(second), port: Number(third), target: bare(fourth) },
      };
    case 'SOA':
      return { type: 'SOA', name, ttl, data: soaOf(fields) };
    default:
      return undefined;
  }
};

const dataOf = (answer: Answer): string => {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
      return answer.data;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return `${answer.data}.`;
    case 'TXT':
      return [answer.data]
        .flat()
        .map((text) => `"${text.toString()}"`)
        .join(' ');
    case 'MX':
      return `${answer.data.preference ?? 0} ${answer.data.exchange}.`;
    default:
      return 'data' in answer ? JSON.stringify(answer.data) : '';
  }
};

export const decodeRecord = (answer: Answer): DnsRecord => ({
  name: `${answer.name}.`,
  type: answer.type,
  ttlSeconds: 'ttl' in answer ? (answer.ttl ?? 0) : 0,
  data: dataOf(answer),
});

/** The library keeps response codes in the low bits of the flags, and its types have no names for them. */
export const RCODES = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;

export const { decode, encode, AUTHORITATIVE_ANSWER, RECURSION_DESIRED, TRUNCATED_RESPONSE } = packet;
