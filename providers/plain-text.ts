import { fieldsOf } from '../src/domain/rdata/fields.ts';
import { octetsOf, octetText } from '../src/domain/rdata/octets.ts';

/** Octets that are no UTF-8 have no place in JSON. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (raw: string): string | null => {
  const octets = octetsOf(raw);
  if (!octets.ok) return null;
  try {
    return UTF8.decode(Uint8Array.from(octets.value, ({ octet }) => octet));
  } catch {
    return null;
  }
};

/** The fields of a value in presentation format as plain texts, escapes undone; null where one is no text. */
export const plainFields = (value: string): readonly string[] | null => {
  const fields = fieldsOf(value);
  if (!fields.ok) return null;
  const texts = fields.value.map(({ raw }) => decoded(raw));
  return texts.every((text) => text !== null) ? texts : null;
};

/** One field that was a text, as the presentation format has it. */
export const quotedField = (text: string): string =>
  `"${[...new TextEncoder().encode(text)].map((octet) => octetText(octet, '"\\')).join('')}"`;
