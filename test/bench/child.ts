import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a script of the bench in a process of its own, and reads the JSON that it prints. */
export const inChild = async (script: string, args: readonly string[]): Promise<unknown> => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, script), ...args]);
  return JSON.parse(stdout);
};
