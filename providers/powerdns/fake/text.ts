import { nameBytes } from '../../fake-kit/dns/wire.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  DS: 43,
  SSHFP: 44,
  TLSA: 52,
  SMIMEA: 53,
  CDS: 59,
  OPENPGPKEY: 61,
  URI: 256,
  CAA: 257,
  LUA: 65_402,
};

export const numberOf = (type: string): number | undefined => NUMBERS[type];

export const typeOf = (number: number): string =>
  Object.entries(NUMBERS).find(([, its]) => its === number)?.[0] ?? `TYPE${number}`;

const hex = (...bytes: readonly number[]): string => Buffer.from(bytes).toString('hex');
const plainName = (text: string): string => nameBytes(text.replace(/\.$/, '')).toString('hex');

const unescaped = (text: string): string =>
  text.replace(/\\(?:(\d{3})|([\s\S]))/g, (_, digits: string | undefined, character: string) =>
    digits === undefined ? character : String.fromCharCode(Number(digits)),
  );

const escaped = (character: string): string =>
  character === '"' || character === '\\' ? `\\${character}` : `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;

const strings = (text: string): string | null => {
  const parts = text.match(/"(?:[^"\\]|\\[\s\S])*"/g) ?? [];
  if (parts.length === 0 || parts.join(' ') !== text.trim().replace(/"\s+"/g, '" "')) return null;
  const all = parts.map((part) => Buffer.from(unescaped(part.slice(1, -1)), 'latin1'));
  if (all.some(({ length }) => length > 255)) return null;
  return all.map((bytes) => hex(bytes.length) + bytes.toString('hex')).join('');
};

const shownStrings = (data: Buffer): string => {
  const parts: string[] = [];
  for (let at = 0; at < data.length; at += 1 + data.readUInt8(at))
    parts.push(`"${data.toString('latin1', at + 1, at + 1 + data.readUInt8(at)).replace(/["\\]|[^ -~]/g, escaped)}"`);
  return parts.join(' ');
};

const shownName = (data: Buffer, start = 0): { readonly name: string; readonly next: number } => {
  const labels: string[] = [];
  let at = start;
  for (; data.readUInt8(at) > 0; at += 1 + data.readUInt8(at))
    labels.push(data.toString('latin1', at + 1, at + 1 + data.readUInt8(at)));
  return { name: `${labels.join('.')}.`, next: at + 1 };
};

const ipv4 = (text: string): string | null => {
  const parts = text.split('.').map(Number);
  return /^\d+\.\d+\.\d+\.\d+$/.test(text) && parts.every((part) => part < 256) ? hex(...parts) : null;
};

const soa = (text: string): string | null => {
  const [primary = '', mailbox = '', ...numbers] = text.split(' ');
  if (numbers.length !== 5 || !primary.endsWith('.') || !mailbox.endsWith('.')) return null;
  return (
    plainName(primary) + plainName(mailbox) + numbers.map((one) => Number(one).toString(16).padStart(8, '0')).join('')
  );
};

const lua = (text: string): string | null => {
  const [, type = '', code = ''] = /^(\S+) ([\s\S]*)$/.exec(text) ?? [];
  const number = NUMBERS[type];
  const data = strings(code);
  return number === undefined || data === null ? null : hex(number >> 8, number & 255) + data;
};

/** Types that DNS itself carries in the tests; of all others the text is kept as it is. */
const PARSE: Readonly<Record<string, (text: string) => string | null>> = {
  A: ipv4,
  TXT: strings,
  SOA: soa,
  LUA: lua,
  NS: (text) => (text.endsWith('.') ? plainName(text) : null),
  CNAME: (text) => (text.endsWith('.') ? plainName(text) : null),
};

const numbersFrom = (data: Buffer, start: number): number[] =>
  Array.from({ length: 5 }, (_, index) => data.readUInt32BE(start + index * 4));

const SHOW: Readonly<Record<string, (data: Buffer) => string>> = {
  A: (data) => [...data].join('.'),
  TXT: shownStrings,
  NS: (data) => shownName(data).name,
  CNAME: (data) => shownName(data).name,
  LUA: (data) => `${typeOf(data.readUInt16BE(0))} ${shownStrings(data.subarray(2))}`,
  SOA: (data) => {
    const primary = shownName(data);
    const mailbox = shownName(data, primary.next);
    return [primary.name, mailbox.name, ...numbersFrom(data, mailbox.next)].join(' ');
  },
};

/** Hexadecimal; null for content that the type does not have. */
export const parseContent = (type: string, content: string): string | null =>
  content === ''
    ? null
    : (PARSE[type]?.(content) ?? (PARSE[type] === undefined ? Buffer.from(content).toString('hex') : null));

export const showContent = (type: string, data: string): string => {
  const bytes = Buffer.from(data, 'hex');
  return SHOW[type]?.(bytes) ?? bytes.toString('utf8');
};
