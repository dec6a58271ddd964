import { readFile } from 'node:fs/promises';
import type { SecretSource } from '../domain/config.ts';
import type { Mount } from './mount.ts';

/** A secret from where the config says it is; null when nothing is there. What it is never reaches a message or a log. */
export const readSecret = async (source: SecretSource, mount: Pick<Mount, 'environment'>): Promise<string | null> => {
  if ('env' in source) return mount.environment[source.env] ?? null;
  return readFile(source.file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
};
