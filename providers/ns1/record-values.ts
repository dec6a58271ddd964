import { fieldsOf } from '../../src/domain/rdata/fields.ts';
import { canonicalValue } from '../../src/domain/rdata.ts';
import { plainFields, quotedField } from '../plain-text.ts';
import { type Answer, answerText } from './record.ts';

/** How one field of RDATA stands in the `answer` of NS1. */
type FieldKind = 'plain' | 'name' | 'number' | 'text';

/** Fields in the order of the presentation format, which is that of NS1 too. */
const FIELDS: Readonly<Record<string, readonly FieldKind[]>> = {
  A: ['plain'],
  AAAA: ['plain'],
  CAA: ['number', 'plain', 'text'],
  CNAME: ['name'],
  MX: ['number', 'name'],
  NAPTR: ['number', 'number', 'text', 'text', 'text', 'name'],
  NS: ['name'],
  PTR: ['name'],
  SRV: ['number', 'number', 'number', 'name'],
  TXT: ['text'],
};

export const isKnownType = (type: string): boolean => FIELDS[type] !== undefined;

const printedField = (value: string | number, kind: FieldKind | undefined): string => {
  const text = `${value}`;
  if (kind === 'text') return quotedField(text);
  // NS1 shows names without the dot at their end.
  return kind === 'name' && !text.endsWith('.') ? `${text}.` : text;
};

/** An answer in presentation format and its one form; what is no value of the type is shown as NS1 has it. */
export const printedValue = (type: string, answer: Answer): string => {
  const kinds = FIELDS[type];
  if (kinds === undefined) return answerText(answer);
  const value = canonicalValue(type, answer.answer.map((field, index) => printedField(field, kinds[index])).join(' '));
  return value.ok ? value.value : answerText(answer);
};

const readField = (text: string, plain: string, kind: FieldKind): string | number => {
  if (kind === 'number') return Number(text);
  // Escapes of a name are the name's own spelling; those of a text are only how it is written down.
  return kind === 'text' ? plain : text;
};

/** NS1 takes one text for a TXT answer and cuts it where it must be cut: strings cut elsewhere cannot be said. */
const joined = (value: string, texts: readonly string[]): readonly string[] | null => {
  const whole = texts.join('');
  const back = canonicalValue('TXT', quotedField(whole));
  return back.ok && back.value === value ? [whole] : null;
};

/** The `answer` of NS1 for a value; null when it cannot be said in NS1's JSON. */
export const rdataOf = (type: string, value: string): readonly (string | number)[] | null => {
  const kinds = FIELDS[type];
  const plain = plainFields(value);
  const fields = fieldsOf(value);
  if (kinds === undefined || plain === null || !fields.ok) return null;
  if (type === 'TXT') return joined(value, plain);
  return kinds.map((kind, index) => readField(fields.value[index]?.raw ?? '', plain[index] ?? '', kind));
};
