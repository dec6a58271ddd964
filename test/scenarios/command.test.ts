import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.ts';
import { sandboxCommand } from '../../src/compose/sandbox-command.ts';
import { parse } from '../../src/config/parse.ts';
import { SCENARIO_NAMES } from '../../src/sandbox/scenarios.ts';
import { scratchDirectory } from '../support/scratch-directory.ts';

/** `steer sandbox …` without a process: what it wrote, and its exit code. */
const typed = async (...words: readonly string[]) => {
  const said = { out: '', err: '' };
  const context: Pick<CliContext, 'stdout' | 'stderr' | 'signal'> = {
    stdout: {
      isTerminal: false,
      write: (text) => {
        said.out += text;
      },
    },
    stderr: {
      isTerminal: false,
      write: (text) => {
        said.err += text;
      },
    },
    signal: new AbortController().signal,
  };
  return { exit: await sandboxCommand(words, context), ...said };
};

describe('steer sandbox', () => {
  it('names every scenario with what steer must do in it', async () => {
    const { exit, out } = await typed('scenarios');

    expect(exit).toBe(0);
    for (const name of SCENARIO_NAMES) expect(out).toMatch(new RegExp(`^${name} +[A-Z].*\\.$`, 'm'));
  });

  it('prints a config that steer accepts without a warning', async () => {
    const { exit, out } = await typed('config');

    const parsed = parse(out, 'steer.yaml');

    expect(exit).toBe(0);
    expect(parsed).toMatchObject({ ok: true, warnings: [] });
  });

  it.each([
    [['drill', '--scenario', 'rain'], 'There is no scenario rain'],
    [['drill', '--seed', 'x'], '--seed wants a whole number'],
    [['drill', '--fast'], '--fast'],
    [['dance'], 'There is no "sandbox dance"'],
    [['demo', '--port', '70000'], '--port wants a port up to 65535, got "70000".'],
    [['demo', '--seed', 'x'], '--seed wants a whole number, got "x".'],
  ])('says what is wrong with %j, with exit code 2', async (words, problem) => {
    const { exit, err } = await typed(...words);

    expect(exit).toBe(2);
    expect(err).toContain(problem);
    expect(err).toContain('steer sandbox drill');
  });

  it('tells a drill as one JSON document, leaves the report where it was asked for, and ends with the exit code', async () => {
    const directory = scratchDirectory();

    const { exit, out } = await typed(
      ...['drill', '--scenario', 'foreign-edit', '--virtual', '--json', '--seed', '11', '--report', directory],
    );

    const told = JSON.parse(out);
    expect(exit).toBe(4);
    expect(told).toMatchObject({ scenario: 'foreign-edit', seed: 11, exit: 4, phase: 'HOLDING out (foreign-edit)' });
    expect(told.answers.asked).toBe(600);
    expect(told.reportFiles.length).toBe(2);
    for (const file of told.reportFiles) expect(existsSync(file)).toBe(true);
    expect(readFileSync(told.reportFiles[1], 'utf8')).toContain('foreign');
  });
});
