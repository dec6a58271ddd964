import { fieldsOf } from '../../src/domain/rdata/fields.ts';
import { octetsOf } from '../../src/domain/rdata/octets.ts';
import { textValue } from '../../src/domain/rdata/text.ts';
import { canonicalValue } from '../../src/domain/rdata.ts';
import type { DnsRecord, RecordContent } from './record.ts';

/** One part of a value that the vendor takes apart: its name there, and how it is written. */
type Part = readonly [name: string, kind: 'number' | 'word' | 'text' | 'host'];

const CERTIFICATE: readonly Part[] = [
  ['usage', 'number'],
  ['selector', 'number'],
  ['matching_type', 'number'],
  ['certificate', 'word'],
];

/** Types whose values the vendor keeps in parts, in the order of presentation format (OpenAPI of 2024-08, `data`). */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  CAA: [
    ['flags', 'number'],
    ['tag', 'word'],
    ['value', 'text'],
  ],
  CERT: [
    ['type', 'number'],
    ['key_tag', 'number'],
    ['algorithm', 'number'],
    ['certificate', 'word'],
  ],
  DNSKEY: [
    ['flags', 'number'],
    ['protocol', 'number'],
    ['algorithm', 'number'],
    ['public_key', 'word'],
  ],
  DS: [
    ['key_tag', 'number'],
    ['algorithm', 'number'],
    ['digest_type', 'number'],
    ['digest', 'word'],
  ],
  LOC: [
    ['lat_degrees', 'number'],
    ['lat_minutes', 'number'],
    ['lat_seconds', 'number'],
    ['lat_direction', 'word'],
    ['long_degrees', 'number'],
    ['long_minutes', 'number'],
    ['long_seconds', 'number'],
    ['long_direction', 'word'],
    ['altitude', 'number'],
    ['size', 'number'],
    ['precision_horz', 'number'],
    ['precision_vert', 'number'],
  ],
  NAPTR: [
    ['order', 'number'],
    ['preference', 'number'],
    ['flags', 'text'],
    ['service', 'text'],
    ['regex', 'text'],
    ['replacement', 'host'],
  ],
  SMIMEA: CERTIFICATE,
  SRV: [
    ['priority', 'number'],
    ['weight', 'number'],
    ['port', 'number'],
    ['target', 'host'],
  ],
  SSHFP: [
    ['algorithm', 'number'],
    ['type', 'number'],
    ['fingerprint', 'word'],
  ],
  TLSA: CERTIFICATE,
};

const URI: readonly Part[] = [
  ['priority', 'number'],
  ['weight', 'number'],
  ['target', 'text'],
];

/** Service bindings: two parts and the rest as one text. */
const BINDINGS: ReadonlySet<string> = new Set(['HTTPS', 'SVCB']);

/** Values that are one host name. */
const HOSTS: ReadonlySet<string> = new Set(['CNAME', 'NS', 'PTR']);

/** Types that steer reads and writes here; of others the vendor has more parts than are known. */
export const TYPES: readonly string[] = [
  'A',
  'AAAA',
  'MX',
  'TXT',
  'URI',
  ...HOSTS,
  ...BINDINGS,
  ...Object.keys(PARTS),
].sort();

/** The vendor writes names without the last dot; the root is the dot alone. */
const hostOf = (name: string): string => (name === '.' ? name : name.replace(/\.$/, ''));
const nameOf = (host: string): string => (host.endsWith('.') ? host : `${host}.`);

const quoted = (plain: string): string => `"${plain.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** A text without its quotes and escapes, as parts of a value hold it. */
const plainOf = (raw: string): string => {
  const octets = octetsOf(raw);
  return octets.ok ? Buffer.from(octets.value.map(({ octet }) => octet)).toString('utf8') : raw;
};

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const written = (value: unknown, kind: Part[1]): string => {
  if (kind === 'text') return quoted(text(value));
  return kind === 'host' ? nameOf(text(value)) : text(value);
};

const partOf = (raw: string, kind: Part[1]): string | number => {
  // Metres carry their unit in presentation format.
  if (kind === 'number') return Number(raw.replace(/m$/, ''));
  if (kind === 'text') return plainOf(raw);
  return kind === 'host' ? hostOf(raw) : raw;
};

/** Of these the text that the vendor renders is for people; only the parts are read. */
const isInParts = (type: string): boolean => PARTS[type] !== undefined || BINDINGS.has(type) || type === 'URI';

const presentationOf = ({ type, content, priority, data }: DnsRecord): string => {
  const parts = PARTS[type];
  if (parts !== undefined && data) return parts.map(([name, kind]) => written(data[name], kind)).join(' ');
  if (BINDINGS.has(type) && data) {
    return `${text(data['priority'])} ${nameOf(text(data['target']))} ${text(data['value'])}`.trim();
  }
  if (type === 'URI' && data) return `${text(priority)} ${text(data['weight'])} ${quoted(text(data['target']))}`;
  if (type === 'MX') return `${text(priority)} ${nameOf(text(content))}`;
  return HOSTS.has(type) ? nameOf(text(content)) : text(content);
};

/** The value of a record in its one form; null when it cannot be read. A TXT without quotes is the text itself. */
export const valueText = (record: DnsRecord): string | null => {
  const { type, content } = record;
  if (!TYPES.includes(type) || (isInParts(type) && !record.data)) return null;
  const isPlain = type === 'TXT' && !text(content).trimStart().startsWith('"');
  const value = isPlain ? textValue(text(content)) : canonicalValue(type, presentationOf(record));
  return value.ok ? value.value : null;
};

const inParts = (parts: readonly Part[], value: string): Readonly<Record<string, unknown>> => {
  const fields = fieldsOf(value);
  const raws = fields.ok ? fields.value.map(({ raw }) => raw) : [];
  return Object.fromEntries(parts.map(([name, kind], index) => [name, partOf(raws[index] ?? '', kind)]));
};

/** What is to be sent for a value in its one form. */
export const contentOf = (type: string, value: string): RecordContent => {
  const parts = PARTS[type];
  if (parts !== undefined) return { data: inParts(parts, value) };
  const [first = '', second = ''] = value.split(' ');
  if (BINDINGS.has(type)) {
    const rest = value.slice(first.length + second.length + 1).trim();
    return { data: { priority: Number(first), target: hostOf(second), value: rest } };
  }
  if (type === 'URI') {
    const { priority, ...data } = inParts(URI, value);
    return { priority: Number(priority), data };
  }
  if (type === 'MX') return { content: hostOf(second), priority: Number(first) };
  return { content: HOSTS.has(type) ? hostOf(value) : value };
};
