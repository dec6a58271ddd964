import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemText } from '../../../src/config/problem.ts';
import { edited, problemsOf } from '../../config/example.ts';

const README = readFileSync(`${import.meta.dirname}/../../../providers/ns1/README.md`, 'utf8');

it('the config in the README is one that steer accepts', () => {
  const shown = parse(/```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? '');

  const text = edited((file) => {
    for (const [id, provider] of Object.entries(shown.providers)) file.setIn(['providers', id], provider);
    file.setIn(['services', 'search', 'sets'], shown.services.www.sets);
  });

  expect(problemsOf(text).map(problemText)).toEqual([]);
});
