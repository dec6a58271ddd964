import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { openProvider } from '../../../providers/registry.ts';
import { providerId } from '../../../src/domain/ids.ts';
import { configOf, problemsOf, withValue } from '../../config/example.ts';
import { type GdnsdPlaces, worldFiles } from '../../contracts/steering/gdnsd-files.ts';
import { never, weightsOf } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { WWW } from './arrange.ts';

const PROVIDER = { vendor: 'gdnsd', credentials: { kind: 'secrets', secrets: {} } };
const SETTINGS = { configDirectory: '/etc/gdnsd', stateDirectory: '/var/lib/gdnsd' };

const withSettings = (settings: unknown): string => withValue(['providers', 'edge'], { ...PROVIDER, settings });

describe('an account at gdnsd in the config', () => {
  it('needs directories, no address and no secret', () => {
    const { providers } = configOf(withSettings(SETTINGS));

    expect(providers.find(({ provider }) => provider === 'edge')).toMatchObject({
      vendor: 'gdnsd',
      settings: SETTINGS,
    });
  });

  it.each([
    ['no state directory', { configDirectory: '/etc/gdnsd' }, /stateDirectory/],
    ['a relative path', { ...SETTINGS, weightsDirectory: 'steer' }, /weightsDirectory/],
    ['a key that there is not', { ...SETTINGS, port: 53 }, /port/],
  ])('is refused with %s', (_, settings, place) => {
    const problems = problemsOf(withSettings(settings));

    expect(problems.map(({ path }) => path).join(' ')).toMatch(place);
  });

  it('opens, reads the files of its machine, and says what it cannot do', async () => {
    const folder = scratchDirectory();
    const places: GdnsdPlaces = {
      configDirectory: join(folder, 'etc'),
      stateDirectory: join(folder, 'state'),
      runDirectory: folder,
      port: 53,
    };
    for (const [path, text] of Object.entries(worldFiles(places))) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const settings = { configDirectory: places.configDirectory, stateDirectory: places.stateDirectory };
    const config = configOf(withSettings(settings)).providers.find(({ provider }) => provider === providerId('edge'));
    if (config === undefined) throw new Error('the config has no such provider');

    const opened = await openProvider(config, null, providerDeps());
    const [reading] = await opened.steering.read([WWW], never());

    expect(reading?.sets.map(weightsOf)).toEqual([{ east: 100, west: 100, spare: null }]);
    expect(opened.records).toBe(null);
    expect(opened.check).toBe(null);
  });

  it('is in its README as the config takes it', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../providers/gdnsd/README.md'), 'utf8');
    const readme = parseDocument(/```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '');

    expect(readme.getIn(['providers', 'edge', 'vendor'])).toBe('gdnsd');
    expect(problemsOf(withValue(['providers', 'edge'], readme.getIn(['providers', 'edge'])))).toEqual([]);
  });
});
