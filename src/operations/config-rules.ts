import { valueText } from '../config/describe.ts';
import { type ConfigChange, diff } from '../config/diff.ts';
import { parse } from '../config/parse.ts';
import { problemText } from '../config/problem.ts';
import type { Json } from '../domain/canonical.ts';
import type { ConfigRules } from './deps.ts';

/** `safety.planned.firstStep: 5% → 10%`, values in the units of the file, secrets left out. */
const changeText = ({ path, before, after, effect, because }: ConfigChange): string => {
  const text = (value: Json): string => (value === null ? 'nothing' : valueText(path, value));
  const why = effect === 'weakens' ? ` (weakens: ${because})` : '';
  return `${path}: ${text(before)} → ${text(after)}${why}`;
};

/** The config room's rules, in sentences. `fromStored` turns an accepted config in the journal back into a Config. */
export const configRules = (fromStored: ConfigRules['fromStored']): ConfigRules => ({
  parse: (text, name) => {
    const parsed = parse(text, name);
    return parsed.ok ? parsed : { ok: false, problems: parsed.problems.map(problemText) };
  },
  compare: (inForce, proposed) => {
    const changes = diff(inForce, proposed);
    const weakening = changes.filter(({ effect }) => effect === 'weakens');
    return { changes: changes.map(changeText), weakens: weakening.map(changeText) };
  },
  fromStored,
});
