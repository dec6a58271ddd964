import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstalledPackage, installPackage } from './support/installed-package.ts';

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installPackage();
}, 600_000);
afterAll(() => installed.remove());

describe('the package, installed into an empty directory', () => {
  it('holds code that plain Node runs, the pages and the licence, and no source or test', () => {
    const { files } = installed;

    expect(files).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'runbooks/README.md', 'src/steer.js']));
    expect(files.filter((name) => /\.ts$|\.test\.|^test\//.test(name))).toEqual([]);
  });

  it('helps without a config', async () => {
    const { code, out, err } = await installed.steer('--help');

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('evacuate REGION');
  });

  it('prints the schema of its config', async () => {
    const { code, out } = await installed.steer('config', 'schema');

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'object', properties: { version: {} } });
  });

  it('refuses what it does not know as usage', async () => {
    const { code, err, out } = await installed.steer('evacuat', 'us-east-1');

    expect(code).toBe(2);
    expect(out + err).toContain('evacuate');
  });

  it('moves a whole world and brings it home, in virtual time', async () => {
    const { code, out } = await installed.steer('sandbox', 'drill', '--virtual', '--scenario', 'calm');

    expect(code, out).toBe(0);
    expect(out).toContain('DONE');
  }, 150_000);
});
