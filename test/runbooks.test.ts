import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OBJECTION_CODES } from '../src/domain/objections.ts';
import { OVERRIDABLE } from '../src/guardrails/overridable.ts';

const page = readFileSync(join(import.meta.dirname, '..', 'runbooks', 'README.md'), 'utf8');

const section = (title: string): string => {
  const [, after = ''] = page.split(`## ${title}\n`);
  return after.split('\n## ')[0] ?? '';
};

const rows = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^\| `([a-z-]+)` \|(.*)$/gm)].map(([, code = '', rest = '']) => [code, rest]));

const unionIn = (file: string, name: string): string[] => {
  const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
  const [, body = ''] = new RegExp(`export type ${name} =([^;]+);`).exec(source) ?? [];
  return [...body.matchAll(/'([^']+)'/g)].map(([, word = '']) => word).sort();
};

describe('runbooks', () => {
  it('has an entry for every refusal, and no entry for what cannot be refused', () => {
    const entries = [...rows(section('Refusals')).keys()].sort();

    expect(entries).toEqual([...OBJECTION_CODES].sort());
  });

  it.each([...OBJECTION_CODES])('says truly who may override %s', (code) => {
    const entry = rows(section('Refusals')).get(code) ?? '';

    expect(entry.includes('an admin and a second person')).toBe(OVERRIDABLE.has(code));
  });

  it('has an entry for every cause of a hold', () => {
    const entries = [...section('Holds').matchAll(/^### ([a-z-]+)$/gm)].map(([, cause = '']) => cause).sort();

    expect(entries).toEqual(unionIn('src/run/events.ts', 'HoldCause'));
  });

  it('has an entry for every reason of a stop', () => {
    const entries = [...rows(section('Why a run stopped')).keys()].sort();

    expect(entries).toEqual(unionIn('src/run/events.ts', 'StopReason'));
  });

  it('has an entry for every kind of vendor failure', () => {
    const entries = [...rows(section('Vendor failures')).keys()].sort();

    expect(entries).toEqual(unionIn('providers/errors.ts', 'ProviderFailure'));
  });
});
