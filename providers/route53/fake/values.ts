import { nameProblem } from './names.ts';

/** One value of a record of a type: what is wrong with it, or undefined. */
type ValueRule = (value: string) => string | undefined;

const isIpv4 = (value: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) <= 255 && !/^0\d/.test(part));

const groupsOf = (half: string): number | undefined => {
  if (half === '') return 0;
  const parts = half.split(':');
  const last = parts.at(-1) ?? '';
  const tail = last.includes('.') ? parts.slice(0, -1) : parts;
  if (!tail.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) || (last.includes('.') && !isIpv4(last))) return undefined;
  return tail.length + (last.includes('.') ? 2 : 0);
};

const isIpv6 = (value: string): boolean => {
  const halves = value.split('::');
  const counts = halves.map(groupsOf);
  const total = counts.reduce<number>((sum, count) => sum + (count ?? Number.POSITIVE_INFINITY), 0);
  return halves.length === 1 ? total === 8 : halves.length === 2 && total <= 7;
};

const nameRule: ValueRule = (value) =>
  value === '' ? 'DomainNameEmpty (Domain name is empty)' : nameProblem(value.endsWith('.') ? value : `${value}.`);

/** Character strings in quotation marks, each at most 255 characters, escapes counted as sent. */
const textRule: ValueRule = (value) => {
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  if (strings.length === 0 || value.replace(/"(?:[^"\\]|\\.)*"/g, '').trim() !== '')
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
  return strings.some((text) => text.length > 257) ? 'CharacterStringTooLong (Value is too long)' : undefined;
};

const fieldsRule =
  (type: string, numbers: number): ValueRule =>
  (value) => {
    const fields = value.trim().split(/\s+/);
    if (fields.length !== numbers + 1)
      return `${type}RRDATANotEnoughFields (${type} record does not have ${numbers + 1} fields)`;
    if (!fields.slice(0, numbers).every((field) => /^\d+$/.test(field) && Number(field) <= 65_535))
      return `${type}RRDATAIllegalNumber (Value is not a number from 0 to 65535)`;
    return nameRule(fields.at(-1) ?? '');
  };

const RULES: Readonly<Record<string, ValueRule>> = {
  A: (value) => (isIpv4(value) ? undefined : 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)'),
  AAAA: (value) => (isIpv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)'),
  CNAME: nameRule,
  NS: nameRule,
  PTR: nameRule,
  TXT: textRule,
  SPF: textRule,
  MX: fieldsRule('MX', 1),
  SRV: fieldsRule('SRV', 3),
  CAA: (value) =>
    /^\d{1,3} [A-Za-z0-9]+ "[^"]*"$/.test(value) ? undefined : 'CAARRDATAIllegal (Value is not: flags tag "value")',
};

/** Errors of the values of one record set, in the service's form (`InvalidChangeBatch`). */
export const valueProblems = (type: string, values: readonly string[]): readonly string[] => {
  const rule = RULES[type];
  const bad = values
    .map((value) => ({ value, problem: rule?.(value) }))
    .filter(({ problem }) => problem !== undefined)
    .map(({ value, problem }) => `Invalid Resource Record: 'FATAL problem: ${problem} encountered with '${value}''`);
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  const single =
    type === 'CNAME' && values.length > 1 ? ['Invalid Resource Record: a CNAME record set has exactly one value'] : [];
  return [...bad, ...single, ...twice.map((value) => `Duplicate Resource Record: '${value}'`)];
};
