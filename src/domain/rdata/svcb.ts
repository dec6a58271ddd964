import { canonicalIpv4, canonicalIpv6 } from './address.ts';
import { bad, type Checked, good, shown, together } from './checked.ts';
import { base64Octets, wholeNumber } from './encodings.ts';
import type { Field } from './fields.ts';
import { octetsOf, octetText } from './octets.ts';
import { type Codec, domain, fixed, u16 } from './parts.ts';

/** Service parameter keys by number: RFC 9460 section 14.3.2, RFC 9461 section 5, RFC 9540 section 4. */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath', 'ohttp'];

const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** The value of a parameter as octets; null where only the key is written. */
type Value = readonly number[] | null;

const ascii = (value: readonly number[]): string => value.map((octet) => String.fromCharCode(octet)).join('');

const quoted = (value: readonly number[]): string => `"${value.map((octet) => octetText(octet, '"\\')).join('')}"`;

/** Items of a comma-separated list, in which a backslash saves a comma or a backslash (RFC 9460 appendix A.1). */
const itemsOf = (value: readonly number[]): readonly (readonly number[])[] => {
  const items: number[][] = [[]];
  for (let at = 0; at < value.length; at += 1) {
    const octet = value[at] ?? 0;
    if (octet === COMMA) items.push([]);
    else if (octet === BACKSLASH && at + 1 < value.length) items.at(-1)?.push(value[++at] ?? 0);
    else items.at(-1)?.push(octet);
  }
  return items;
};

const alpn = (value: readonly number[]): Checked<string> => {
  const items = itemsOf(value);
  if (items.some(({ length }) => length === 0 || length > 255)) return bad('alpn: each protocol has 1 to 255 octets');
  const saved = items.map((item) =>
    item.flatMap((octet) => (octet === COMMA || octet === BACKSLASH ? [BACKSLASH, octet] : [octet])),
  );
  return good(quoted(saved.flatMap((item, index) => (index === 0 ? item : [COMMA, ...item]))));
};

const hints =
  (key: string, read: (text: string) => Checked<string>) =>
  (value: readonly number[]): Checked<string> => {
    const addresses = together(ascii(value).split(',').map(read));
    return addresses.ok ? good(addresses.value.join(',')) : bad(`${key}: ${addresses.because}`);
  };

const numberOf = (key: string): Checked<number> => {
  const known = KEYS.indexOf(key);
  if (known >= 0) return good(known);
  const digits = /^key([0-9]|[1-9][0-9]{1,4})$/.exec(key)?.[1];
  const number = digits === undefined ? null : Number(digits);
  if (number === null || number >= 65_535) {
    return bad(`${shown(key)} is no parameter; expected one of ${KEYS.join(', ')}, or key9 to key65534`);
  }
  const name = KEYS[number];
  return name === undefined ? good(number) : bad(`"${key}" is written as ${name}`);
};

const keyText = (number: number): string => KEYS[number] ?? `key${number}`;

const mandatory = (value: readonly number[]): Checked<string> => {
  const numbers = together(ascii(value).split(',').map(numberOf));
  if (!numbers.ok) return bad(`mandatory: ${numbers.because}`);
  if (numbers.value.includes(0)) return bad('mandatory: it must not name itself');
  if (new Set(numbers.value).size < numbers.value.length) return bad('mandatory: a key is named twice');
  return good(
    numbers.value
      .toSorted((a, b) => a - b)
      .map(keyText)
      .join(','),
  );
};

const READERS: Readonly<Record<string, (value: readonly number[]) => Checked<string>>> = {
  mandatory,
  alpn,
  port: (value) => {
    const port = wholeNumber(ascii(value), 65_535);
    return port.ok ? good(String(port.value)) : bad(`port: ${port.because}`);
  },
  ipv4hint: hints('ipv4hint', canonicalIpv4),
  ipv6hint: hints('ipv6hint', canonicalIpv6),
  ech: (value) => {
    const list = base64Octets(ascii(value));
    return list.ok ? list : bad(`ech: ${list.because}`);
  },
};

const WITHOUT_VALUE: ReadonlySet<string> = new Set(['no-default-alpn', 'ohttp']);

const printed = (number: number, value: Value): Checked<string> => {
  const key = keyText(number);
  if (WITHOUT_VALUE.has(key)) return value === null ? good(key) : bad(`${key} takes no value`);
  if (value === null || value.length === 0) {
    return number < KEYS.length ? bad(`${key} needs a value: ${key}=…`) : good(key);
  }
  const text = (READERS[key] ?? ((octets) => good(quoted(octets))))(value);
  return text.ok ? good(`${key}=${text.value}`) : text;
};

interface Param {
  readonly number: number;
  readonly text: string;
}

const paramOf = ({ raw, quoted: inQuotes }: Field): Checked<Param> => {
  if (inQuotes) return bad(`"${raw}" is no parameter; write key="value"`);
  const at = raw.indexOf('=');
  const number = numberOf((at < 0 ? raw : raw.slice(0, at)).toLowerCase());
  if (!number.ok) return number;
  const octets = at < 0 ? null : octetsOf(raw.slice(at + 1));
  if (octets !== null && !octets.ok) return octets;
  const text = printed(number.value, octets === null ? null : octets.value.map(({ octet }) => octet));
  return text.ok ? good({ number: number.value, text: text.value }) : text;
};

const wrongTogether = (params: readonly Param[]): string | null => {
  const numbers = new Set(params.map(({ number }) => number));
  if (numbers.size < params.length) return 'a parameter is given twice';
  if (numbers.has(2) && !numbers.has(1)) return 'no-default-alpn needs alpn beside it';
  const needed =
    params
      .find(({ number }) => number === 0)
      ?.text.slice('mandatory='.length)
      .split(',') ?? [];
  const missing = needed.find((key) => !params.some(({ number }) => keyText(number) === key));
  return missing === undefined ? null : `mandatory names ${missing}, which is not given`;
};

const HEAD = fixed([u16('priority'), domain('target')]);

/** SVCB and HTTPS (RFC 9460): priority, target, parameters in the order of their numbers. */
export const serviceBinding: Codec = (fields) => {
  const head = HEAD(fields.slice(0, 2));
  if (!head.ok) return head;
  const params = together(fields.slice(2).map(paramOf));
  if (!params.ok) return params;
  const wrong = wrongTogether(params.value);
  if (wrong !== null) return bad(wrong);
  const sorted = params.value.toSorted((a, b) => a.number - b.number).map(({ text }) => text);
  return good([head.value, ...sorted].join(' '));
};
