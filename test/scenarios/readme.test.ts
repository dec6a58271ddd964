import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandboxDrill } from '../../src/compose/drill-command.ts';
import { SCENARIO_NAMES } from '../../src/sandbox/scenarios.ts';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** A line of output without its numbers, names of the moment and cut-off ends: what a reader recognises. */
const shape = (line: string): string =>
  line
    .replace(/ …$/, '')
    .replace(/(?:us-east-1|us-west-2|eu-west-1)/g, 'R')
    .replace(/\[[#.]+\]/g, '[]')
    .replace(/[0-9a-f]{12}/g, 'H')
    .replace(/<?\d+(?:[.:]\d+)*(?:[hms] \d+)*[hms]?/g, '0')
    .replace(/\s+/g, ' ')
    .replace(/0(?: 0)+/g, '0')
    .trim();

describe('README', () => {
  it('shows output of the very shape that the drill prints', async () => {
    const lines: string[] = [];
    let text = '';
    const exit = await sandboxDrill({
      scenario: 'calm',
      seed: 7,
      virtual: true,
      json: false,
      output: { write: (part) => (text += part), isTerminal: false, columns: 100 },
      reportDirectory: null,
      signal: new AbortController().signal,
    });
    lines.push(...text.split('\n').map(shape));
    const quoted = (/```text\n([\s\S]*?)```/.exec(readme)?.[1] ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '' && line !== '…');

    const strangers = quoted.filter((line) => !lines.some((printed) => printed.startsWith(shape(line))));

    expect(exit).toBe(0);
    expect(quoted.length).toBeGreaterThan(12);
    expect(strangers).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name);

    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  it('names every scenario', () => {
    expect(SCENARIO_NAMES.filter((name) => !readme.includes(name))).toEqual([]);
  });

  it('maps every room of the code', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());

    const missing = rooms.filter(({ name }) => !readme.includes(`src/${name}`)).map(({ name }) => name);

    expect(missing).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);

    expect(links.filter((target) => !existsSync(join(root, target)))).toEqual([]);
    expect(links.length).toBeGreaterThan(3);
  });
});
