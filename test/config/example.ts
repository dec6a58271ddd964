import { readFileSync } from 'node:fs';
import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { type Parsed, parse } from '../../src/config/parse.ts';
import { type ConfigProblem, problemText } from '../../src/config/problem.ts';
import type { Config } from '../../src/domain/config.ts';

export const EXAMPLE = readFileSync(`${import.meta.dirname}/example.steer.yaml`, 'utf8');

type Path = readonly (string | number)[];

/** The example after some edits of its tree, as text again. */
export const edited = (edit: (file: Document) => void): string => {
  const file = parseDocument(EXAMPLE);
  edit(file);
  return String(file);
};

export const withValue = (path: Path, value: unknown): string => edited((file) => file.setIn(path, value));

export const without = (path: Path): string => edited((file) => file.deleteIn(path));

export const problemsOf = (text: string): readonly ConfigProblem[] => {
  const parsed: Parsed = parse(text, 'steer.yaml');
  return parsed.ok ? [] : parsed.problems;
};

export const configOf = (text: string): Config => {
  const parsed = parse(text, 'steer.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
  return parsed.config;
};

/** Every key and list position of the example. */
export const pathsOfExample = (): readonly Path[] => {
  const below = (node: unknown, path: Path): readonly Path[] => {
    if (isMap(node))
      return node.items.flatMap(({ key, value }) => {
        const place = [...path, isScalar(key) ? String(key.value) : ''];
        return [place, ...below(value, place)];
      });
    if (isSeq(node)) return node.items.flatMap((item, index) => [[...path, index], ...below(item, [...path, index])]);
    return [];
  };
  return below(parseDocument(EXAMPLE).contents, []);
};
