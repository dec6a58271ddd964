import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM, toolPath } from './tools.ts';

/** As root, as in a container, Chromium has no sandbox; and the shared memory of a container is small. */
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** The system's Chromium, without a window. Nothing is ever downloaded. */
export const startBrowser = async (): Promise<Browser> => {
  const { PATH = '' } = process.env;
  const executablePath = toolPath(PATH, CHROMIUM);
  if (executablePath === null) throw new Error(`${CHROMIUM.command} is not installed: ${CHROMIUM.install}`);
  return chromium.launch({ executablePath, args: ARGUMENTS });
};

/** Numbered pictures of what a person saw, in a temporary directory that is kept to be looked at. */
export interface Album {
  readonly folder: string;
  readonly take: (page: Page, name: string) => Promise<void>;
}

/** Prints where the pictures are. */
export const openAlbum = (story: string): Album => {
  const folder = mkdtempSync(join(tmpdir(), `steer-${story}-`));
  process.stdout.write(`Screenshots of the story "${story}": ${folder}\n`);
  let taken = 0;
  return {
    folder,
    take: async (page, name) => {
      taken += 1;
      await page.screenshot({ path: join(folder, `${String(taken).padStart(2, '0')}-${name}.png`) });
    },
  };
};
