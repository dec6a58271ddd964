import { hexOf, joined, MalformedDns, Reader, u16, u32 } from './bytes.ts';
import { ipv6Bytes, ipv6Text } from './ipv6.ts';
import { encodeName, readName } from './names.ts';
import { TYPE, typeName, typeNumber } from './types.ts';

/** What the data of a type is made of, one after the other. The last three take all that is left. */
type Field =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'name'
  | 'string'
  | 'bare'
  | 'type'
  | 'ipv4'
  | 'ipv6'
  | 'strings'
  | 'hex'
  | 'base64'
  | 'text';

const DIGEST: readonly Field[] = ['u16', 'u8', 'u8', 'hex'];
const KEY: readonly Field[] = ['u16', 'u8', 'u8', 'base64'];
const CERTIFICATE: readonly Field[] = ['u8', 'u8', 'u8', 'hex'];

/** By type number, from the RFC of each type. A type without a line is given as RFC 3597 says: `\# length hex`. */
const LAYOUTS: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
  [TYPE.A, ['ipv4']],
  [TYPE.NS, ['name']],
  [TYPE.CNAME, ['name']],
  [TYPE.SOA, ['name', 'name', 'u32', 'u32', 'u32', 'u32', 'u32']],
  [TYPE.PTR, ['name']],
  [TYPE.HINFO, ['string', 'string']],
  [TYPE.MX, ['u16', 'name']],
  [TYPE.TXT, ['strings']],
  [TYPE.SPF, ['strings']],
  [TYPE.RP, ['name', 'name']],
  [TYPE.AAAA, ['ipv6']],
  [TYPE.SRV, ['u16', 'u16', 'u16', 'name']],
  [TYPE.NAPTR, ['u16', 'u16', 'string', 'string', 'string', 'name']],
  [TYPE.DNAME, ['name']],
  [TYPE.DS, DIGEST],
  [TYPE.CDS, DIGEST],
  [TYPE.DNSKEY, KEY],
  [TYPE.CDNSKEY, KEY],
  [TYPE.SSHFP, ['u8', 'u8', 'hex']],
  [TYPE.TLSA, CERTIFICATE],
  [TYPE.SMIMEA, CERTIFICATE],
  [TYPE.OPENPGPKEY, ['base64']],
  [TYPE.URI, ['u16', 'u16', 'text']],
  [TYPE.CAA, ['u8', 'bare', 'text']],
  [TYPE.LUA, ['type', 'strings']],
]);

const isPrintable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

const shownText = (bytes: Uint8Array): string => {
  const inner = [...bytes].map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\') return `\\${character}`;
    return isPrintable(byte) ? character : `\\${String(byte).padStart(3, '0')}`;
  });
  return `"${inner.join('')}"`;
};

const readString = (reader: Reader): Uint8Array => reader.take(reader.number(1));

const READ: Readonly<Record<Field, (reader: Reader) => string>> = {
  u8: (reader) => String(reader.number(1)),
  u16: (reader) => String(reader.number(2)),
  u32: (reader) => String(reader.number(4)),
  name: readName,
  string: (reader) => shownText(readString(reader)),
  bare: (reader) => Buffer.from(readString(reader)).toString('latin1'),
  type: (reader) => typeName(reader.number(2)),
  ipv4: (reader) => [...reader.take(4)].join('.'),
  ipv6: (reader) => ipv6Text(reader.take(16)),
  strings: (reader) => {
    const all: string[] = [];
    while (reader.left > 0) all.push(shownText(readString(reader)));
    return all.join(' ');
  },
  hex: (reader) => hexOf(reader.take(reader.left)).toUpperCase(),
  base64: (reader) => Buffer.from(reader.take(reader.left)).toString('base64'),
  text: (reader) => shownText(reader.take(reader.left)),
};

/** The data with its names written out, so that it means the same in another message. */
export const unpackedData = (type: number, reader: Reader): Uint8Array => {
  const layout = LAYOUTS.get(type);
  // An update deletes with records that have no data at all.
  if (layout === undefined || !layout.includes('name') || reader.left === 0)
    return Uint8Array.from(reader.take(reader.left));
  const sizes: Partial<Record<Field, number>> = { u8: 1, u16: 2, u32: 4, type: 2 };
  const parts = layout.map((field) => {
    if (field === 'name') return encodeName(readName(reader));
    if (field === 'string') return reader.take((reader.bytes[reader.at] ?? 0) + 1);
    return reader.take(sizes[field] ?? reader.left);
  });
  if (reader.left !== 0) throw new MalformedDns(`${reader.left} bytes too many in the data of a ${typeName(type)}`);
  return joined(...parts);
};

/** Data in presentation format, one form for each value. Throws `MalformedDns` where it does not fit the type. */
export const presentData = (type: number, data: Uint8Array): string => {
  const layout = LAYOUTS.get(type);
  if (layout === undefined) return `\\# ${data.length}${data.length === 0 ? '' : ` ${hexOf(data)}`}`;
  const reader = new Reader(data);
  const words = layout.map((field) => READ[field](reader));
  if (reader.left !== 0) throw new MalformedDns(`${reader.left} bytes too many in the data of a ${typeName(type)}`);
  return words.join(' ');
};

const wrong = (what: string, wanted: string): TypeError => new TypeError(`"${what}" is not ${wanted}`);

const numberOf = (word: string, bytes: number): number => {
  if (/^\d{1,10}$/.test(word) && Number(word) < 2 ** (8 * bytes)) return Number(word);
  throw wrong(word, `a whole number of ${bytes} bytes`);
};

/** The bytes of a word, quoted or not, its escapes undone. */
const bytesOf = (word: string): Uint8Array => {
  const inner = /^".*"$/s.test(word) ? word.slice(1, -1) : word;
  const bytes = [...inner.matchAll(/\\(\d{3})|\\?([\s\S])/g)].map(([, digits, character = '']) =>
    digits === undefined ? character.charCodeAt(0) : Number(digits),
  );
  if (bytes.some((byte) => byte > 255)) throw wrong(word, 'text of bytes; write others as \\ and three digits');
  return Uint8Array.from(bytes);
};

const stringBytes = (word: string): Uint8Array => {
  const bytes = bytesOf(word);
  if (bytes.length > 255) throw wrong(word, 'a string of at most 255 bytes; cut it into several');
  return Uint8Array.of(bytes.length, ...bytes);
};

const ipv4Bytes = (word: string): Uint8Array => {
  const parts = word.split('.').map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255)) throw wrong(word, 'an IPv4 address');
  return Uint8Array.from(parts);
};

const blob = (words: readonly string[], encoding: 'hex' | 'base64'): Uint8Array => {
  const text = words.join('');
  const bytes = Buffer.from(text, encoding);
  const isWhole = encoding === 'hex' ? bytes.length * 2 === text.length : /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (!isWhole) throw wrong(text, encoding === 'hex' ? 'an even number of hexadecimal digits' : 'Base64');
  return Uint8Array.from(bytes);
};

type Greedy = 'strings' | 'hex' | 'base64' | 'text';

const WRITE: Readonly<Record<Exclude<Field, Greedy>, (word: string) => Uint8Array>> = {
  u8: (word) => Uint8Array.of(numberOf(word, 1)),
  u16: (word) => u16(numberOf(word, 2)),
  u32: (word) => u32(numberOf(word, 4)),
  name: encodeName,
  string: stringBytes,
  bare: stringBytes,
  type: (word) => u16(typeNumber(word)),
  ipv4: ipv4Bytes,
  ipv6: (word) => {
    const bytes = ipv6Bytes(word);
    if (bytes === null) throw wrong(word, 'an IPv6 address');
    return bytes;
  },
};

const WRITE_REST: Readonly<Record<Greedy, (words: readonly string[]) => Uint8Array>> = {
  strings: (words) => joined(...words.map(stringBytes)),
  hex: (words) => blob(words, 'hex'),
  base64: (words) => blob(words, 'base64'),
  text: (words) => bytesOf(words.join(' ')),
};

const isGreedy = (field: Field): field is Greedy => field in WRITE_REST;

/** Words of a presented value: quoted ones keep their spaces. */
const wordsOf = (value: string): readonly string[] =>
  value.match(/"(?:\\[\s\S]|[^"\\])*"|(?:\\[\s\S]|[^\s"\\])+/g) ?? [];

const genericData = (words: readonly string[], value: string): Uint8Array => {
  const [mark, length = '', ...rest] = words;
  const data = mark === '\\#' ? blob(rest, 'hex') : null;
  if (data !== null && data.length === Number(length)) return data;
  throw wrong(value, 'data of a type unknown here; write it as \\# length hexadecimal (RFC 3597)');
};

/** The wire form of a value in presentation format. Throws `TypeError` with what is wrong with it. */
export const encodeData = (type: number, value: string): Uint8Array => {
  const layout = LAYOUTS.get(type);
  const words = wordsOf(value);
  if (layout === undefined || words[0] === '\\#') return genericData(words, value);
  const last = layout.at(-1);
  const isOpen = last !== undefined && isGreedy(last);
  if (isOpen ? words.length < layout.length : words.length !== layout.length)
    throw wrong(value, `data of a ${typeName(type)}: ${layout.join(' ')}`);
  return joined(
    ...layout.map((field, index) =>
      isGreedy(field) ? WRITE_REST[field](words.slice(index)) : WRITE[field](words[index] ?? ''),
    ),
  );
};
