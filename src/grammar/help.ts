import type { Door } from './request.ts';
import { OPTIONS, optionsFor, SYNONYMS, TABLE, VERBS, type VerbName } from './vocabulary.ts';

const column = (text: string, width: number): string => text.padEnd(width);

const synonymsOf = (verb: VerbName): readonly string[] =>
  Object.entries(SYNONYMS)
    .filter(([, meant]) => meant === verb)
    .map(([word]) => word);

/** `prefix` is what is typed before a verb: `steer ` or `/steer `. */
export const helpForVerb = (verb: VerbName, prefix: string, door: Door): readonly string[] => {
  const { usage, summary, example } = TABLE[verb];
  const also = synonymsOf(verb);
  const options = optionsFor(verb, door).map((name) => {
    const { takes, help } = OPTIONS[name];
    return `  ${column(takes === null ? `--${name}` : `--${name} ${takes}`, 26)} ${help}`;
  });
  return [
    `${prefix}${verb} ${usage}`.trimEnd(),
    `  ${summary}${also.length > 0 ? ` (also: ${also.join(', ')})` : ''}`,
    ...(options.length > 0 ? ['', ...options] : []),
    '',
    `Example: ${prefix}${example}`,
  ];
};

/** One line for each verb, from the table that also parses them. */
export const helpLines = (prefix: string): readonly string[] => {
  const width = Math.max(...VERBS.map((verb) => `${verb} ${TABLE[verb].usage}`.length));
  return VERBS.map((verb) =>
    `  ${column(`${verb} ${TABLE[verb].usage}`, width)}  ${TABLE[verb].summary}`.trimEnd(),
  ).concat(`  ${prefix}help VERB explains one`);
};
