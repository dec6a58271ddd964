import type { z } from 'zod';

/** What is wrong, and where, as Slack says it: `must be … [json-pointer:/blocks/0/text/text]`. */
export interface Finding {
  /** JSON pointer from the arguments of the call: `/blocks/0/text`. */
  readonly pointer: string;
  readonly message: string;
}

export const sentenceOf = ({ message, pointer }: Finding): string => `${message} [json-pointer:${pointer}]`;

const saying = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `invalid additional property: ${key}`).join(', ');
    case 'invalid_union':
      return 'unsupported type';
    case 'invalid_type':
      return issue.input === undefined ? 'missing required field' : `must be a ${issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
};

/** Checks one value; everything wrong with it at once. */
export const check = (schema: z.ZodType, value: unknown, pointer: string): readonly Finding[] => {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    pointer: [pointer, ...issue.path.map(String)].join('/'),
    message: saying(issue),
  }));
};
