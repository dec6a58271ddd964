import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const CHECK = join(import.meta.dirname, '..', 'src', 'node-version.cjs');

/** Runs the check in a process whose Node says that it is another one. */
const checkedBy = async (version: string): Promise<{ readonly code: number; readonly said: string }> => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: ${JSON.stringify(version)} } });`;
  try {
    const { stderr } = await run(process.execPath, ['-e', `${pretend} require(${JSON.stringify(CHECK)})`]);
    return { code: 0, said: stderr };
  } catch (failure) {
    const { code, stderr } = failure as { code: number; stderr: string };
    return { code, said: stderr };
  }
};

describe('the check of the Node version', () => {
  it.each(['24.0.0', '24.21.0', '26.10.0', '100.0.0'])('lets Node %s pass in silence', async (version) => {
    expect(await checkedBy(version)).toEqual({ code: 0, said: '' });
  });

  it.each(['0.12.18', '8.17.0', '20.20.2', '22.12.0', '23.11.1', ''])(
    'stops Node "%s" and says what to type',
    async (version) => {
      const { code, said } = await checkedBy(version);

      expect(code).toBe(2);
      expect(said).toContain(`steer needs Node 24 or newer; this is Node ${version}.`);
      expect(said).toContain('npm ci');
    },
  );

  it('is written so that an old Node can read it', () => {
    const text = readFileSync(CHECK, 'utf8');

    expect(text).not.toMatch(/=>|`|\b(let|const|import|async|class)\b|\?\.|\?\?/);
  });
});
