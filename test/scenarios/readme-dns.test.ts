import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initialised, place } from '../compose/place.ts';

const README = join(import.meta.dirname, '..', '..', 'README.md');

/** The commands of the section, each with the lines that stand below it. */
const quoted = (
  readme: string,
): readonly { readonly words: readonly string[]; readonly lines: readonly string[] }[] => {
  const [, section = ''] = readme.split('## steer dns\n');
  const [, block = ''] = /```console\n([\s\S]*?)```/.exec(section) ?? [];
  return block
    .split(/^\$ steer /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...lines] = part.trimEnd().split('\n');
      return { words: command.split(' '), lines };
    });
};

/** Without what is another at every run: ids in the journal and of changes, instants. */
const shape = (line: string): string =>
  line
    .replace(/dns_[0-9a-z]+/, 'dns_ID')
    .replace(/change C\d+/, 'change C')
    .replace(/\d\d:\d\d:\d\d/g, 'TIME');

describe('README on steer dns', () => {
  it('shows what the sandbox says to the very commands', async () => {
    const made = await initialised(place());
    const shown = quoted(readFileSync(README, 'utf8'));

    const said: string[][] = [];
    for (const { words } of shown) {
      const { out, err } = await made.say(['--config', made.options.configFile, ...words]);
      said.push(`${out}${err}`.trimEnd().split('\n').map(shape));
    }

    expect(shown.length).toBeGreaterThan(3);
    expect(said).toEqual(shown.map(({ lines }) => lines.map(shape)));
  });
});
