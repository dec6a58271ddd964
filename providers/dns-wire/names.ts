import { joined, MalformedDns, type Reader } from './bytes.ts';

const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;
/** More than a name can have labels: a chain of pointers that is longer runs in a circle. */
const MOST_POINTERS = 128;
const POINTER = 0xc0;

const BACKSLASH = 0x5c;
const DOT = 0x2e;

/** One byte as it stands in a presented label: dots and backslashes escaped, everything unprintable as three digits. */
const shownByte = (byte: number): string => {
  if (byte === DOT || byte === BACKSLASH) return `\\${String.fromCharCode(byte)}`;
  return byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`;
};

const shownLabel = (label: Uint8Array): string => [...label].map(shownByte).join('');

/** The labels of a presented name, each as its bytes. Throws `TypeError` for a name that DNS cannot hold. */
const labelsOf = (name: string): readonly Uint8Array[] => {
  if (name === '.') return [];
  const labels: number[][] = [[]];
  const pattern = /\\(\d{3})|\\([^\d])|(\.)|([^\\])/gy;
  let end = 0;
  for (const [whole, digits, escaped, dot, plain] of name.matchAll(pattern)) {
    end += whole.length;
    if (dot !== undefined) labels.push([]);
    else labels.at(-1)?.push(digits === undefined ? (escaped ?? plain ?? '').charCodeAt(0) : Number(digits));
  }
  // The dot at the end is the root; one that is escaped belongs to its label.
  if (labels.length > 1 && labels.at(-1)?.length === 0) labels.pop();
  const bad = labels.find((label) => label.length === 0 || label.length > LONGEST_LABEL || label.some((b) => b > 255));
  if (end !== name.length || bad !== undefined)
    throw new TypeError(`"${name}" is no name: labels have 1 to 63 characters`);
  return labels.map((label) => Uint8Array.from(label));
};

/** The wire form, uncompressed. Throws `TypeError` for a name that DNS cannot hold. */
export const encodeName = (name: string): Uint8Array => {
  const parts = labelsOf(name).map((label) => Uint8Array.of(label.length, ...label));
  const wire = joined(...parts, Uint8Array.of(0));
  if (wire.length > LONGEST_NAME) throw new TypeError(`"${name}" is no name: it has more than 255 characters`);
  return wire;
};

/** Reads a name where the reader stands, following pointers, in presentation format with its trailing dot, its case kept. */
export const readName = (reader: Reader): string => {
  const labels: string[] = [];
  const { bytes } = reader;
  let at = reader.at;
  let after: number | null = null;
  for (let pointers = 0; pointers < MOST_POINTERS; ) {
    const length = bytes[at];
    if (length === undefined) throw new MalformedDns('a name runs past the end of its message');
    if (length >= POINTER) {
      const low = bytes[at + 1];
      if (low === undefined) throw new MalformedDns('a pointer is cut short');
      after ??= at + 2;
      at = ((length & 0x3f) << 8) | low;
      pointers += 1;
      continue;
    }
    if (length > LONGEST_LABEL || at + 1 + length > bytes.length) throw new MalformedDns('a label is too long');
    at += 1 + length;
    if (length === 0) {
      reader.at = after ?? at;
      return `${labels.join('.')}.`;
    }
    labels.push(shownLabel(bytes.subarray(at - length, at)));
  }
  throw new MalformedDns('the pointers of a name run in a circle');
};

/** Lower case with its trailing dot: names are compared without case (RFC 4343). */
export const comparable = (name: string): string => {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
};

/** Whether a name is the zone's own or below it. */
export const isWithin = (name: string, zone: string): boolean => {
  const [its, apex] = [comparable(name), comparable(zone)];
  return its === apex || apex === '.' || its.endsWith(`.${apex}`);
};
