import { canonicalIpv4, canonicalIpv6 } from '../../src/domain/rdata/address.ts';
import { canonicalName } from '../../src/domain/rdata/name.ts';
import { textValue } from '../../src/domain/rdata/text.ts';
import { canonicalValue, compareValues } from '../../src/domain/rdata.ts';

/**
 * A pool record as people write it: addresses in their short form (the vendor gives AAAA uncompressed), names in lower case
 * with the trailing dot. It is the member's name, so that a config may say `2001:db8::1`.
 */
export const memberName = (rdata: string): string => {
  const text = rdata.trim();
  const forms = [canonicalIpv4(text), canonicalIpv6(text), canonicalName(text.endsWith('.') ? text : `${text}.`)];
  for (const form of forms) if (form.ok) return form.value;
  return text;
};

const TEXTS: ReadonlySet<string> = new Set(['TXT', 'SPF']);

/** One value as steer writes it; null where it cannot be read. Texts come back in quotes or bare, as they were made. */
export const readValue = (type: string, rdata: string): string | null => {
  const value = canonicalValue(type, rdata);
  if (value.ok) return value.value;
  if (!TEXTS.has(type) || rdata.includes('"')) return null;
  const text = textValue(rdata);
  return text.ok ? text.value : null;
};

/** All of them in order; null as soon as one cannot be read. */
export const readValues = (type: string, rdata: readonly string[]): readonly string[] | null => {
  const values = rdata.map((one) => readValue(type, one));
  const read = values.filter((value) => value !== null);
  return read.length === values.length ? [...new Set(read)].toSorted(compareValues) : null;
};

export interface Placed {
  /** One for each text that was held: itself, the new one in its place, or null when it goes. */
  readonly slots: readonly (string | null)[];
  /** New ones for which there was no place. */
  readonly rest: readonly string[];
}

/**
 * Where the values of a set stand: one that stays keeps the vendor's own text and its place, a new one takes the place of one
 * that goes. So a value that is replaced and put back is again where it was.
 */
export const placed = (type: string, held: readonly string[], values: readonly string[]): Placed => {
  const read = held.map((text) => readValue(type, text) ?? text);
  const wanted = new Set(values);
  const fresh = values.filter((value) => !read.includes(value));
  const free = fresh.values();
  const slots = held.map((text, index) => (wanted.has(read[index] ?? text) ? text : (free.next().value ?? null)));
  return { slots, rest: [...free] };
};

export const placedTexts = (type: string, held: readonly string[], values: readonly string[]): readonly string[] => {
  const { slots, rest } = placed(type, held, values);
  return [...slots.filter((text) => text !== null), ...rest];
};
