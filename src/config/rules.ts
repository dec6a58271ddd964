import type { Config } from '../domain/config.ts';
import { configFromJson } from './config-schema.ts';
import { valueText } from './describe.ts';
import { type ConfigChange, diff } from './diff.ts';
import { parse } from './parse.ts';
import { problemText } from './problem.ts';

const lastKey = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** What stands around a key: shares of a map like `home` are only told by it. */
const keyAbove = (path: string): string => lastKey(path.slice(0, Math.max(0, path.lastIndexOf('.'))));

/** `safety.planned.firstStep: 10% → 20%, weakens (how much moves before anybody has looked)`. */
export const changeText = ({ path, before, after, effect, because }: ConfigChange): string => {
  const text = (value: ConfigChange['before']): string => valueText(lastKey(path), value, keyAbove(path));
  const isWhole = typeof (before ?? after) === 'object';
  const what = before === null ? 'added' : after === null ? 'removed' : 'changed';
  const values = isWhole || before === null || after === null ? what : `${text(before)} → ${text(after)}`;
  return `${path}: ${values}, ${effect} (${because})`;
};

/** All that operations need to know of this room, in sentences. */
export const configRules = {
  parse: (
    text: string,
    name: string,
  ): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly problems: readonly string[] } => {
    const parsed = parse(text, name);
    return parsed.ok ? { ok: true, config: parsed.config } : { ok: false, problems: parsed.problems.map(problemText) };
  },
  compare: (
    inForce: Config,
    proposed: Config,
  ): { readonly changes: readonly string[]; readonly weakens: readonly string[] } => {
    const changes = diff(inForce, proposed);
    return {
      changes: changes.map(changeText),
      weakens: changes.filter(({ effect }) => effect === 'weakens').map(changeText),
    };
  },
  fromStored: configFromJson,
};
