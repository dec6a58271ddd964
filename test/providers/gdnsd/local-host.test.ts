import { chmodSync, existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localHost } from '../../../providers/gdnsd/local-host.ts';
import { never } from '../../contracts/steering/world.ts';
import { scratchDirectory } from '../../support/scratch-directory.ts';
import { refusal } from './arrange.ts';

const NOBODY = 2 ** 22;

const arrange = () => {
  const directory = scratchDirectory();
  const program = join(directory, 'control');
  writeFileSync(program, '#!/bin/sh\necho "$@"; echo why >&2; [ "$3" = states ]\n');
  chmodSync(program, 0o755);
  const settings = { configDirectory: directory, stateDirectory: directory, gdnsdctl: program };
  return { directory, host: localHost(settings), lock: join(directory, 'steer.lock') };
};

describe('the machine of a gdnsd', () => {
  it('replaces a file as a whole, keeps its mode, and leaves nothing beside it', async () => {
    const { directory, host } = arrange();
    const path = join(directory, 'admin_state');
    writeFileSync(path, 'before');
    chmodSync(path, 0o640);

    await host.writeAtomically(path, 'after', never());

    expect(await host.read(path, never())).toBe('after');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(directory).sort()).toEqual(['admin_state', 'control']);
  });

  it('makes a file that is not there, takes one away, and does not mind when it is gone', async () => {
    const { directory, host } = arrange();
    const path = join(directory, 'steer', 'www');

    await host.writeAtomically(path, 'new', never());
    const made = await host.read(path, never());
    await host.writeAtomically(path, null, never());
    await host.writeAtomically(path, null, never());

    expect([made, await host.read(path, never())]).toEqual(['new', null]);
    expect(await host.list(join(directory, 'nowhere'), never())).toBe(null);
  });

  it('runs the control program with the directory of the config, and tells how it ended', async () => {
    const { directory, host } = arrange();

    const good = await host.control('states', never());
    const bad = await host.control('replace', never());

    expect(good).toEqual({ code: 0, stdout: `-c ${directory} states\n`, stderr: 'why\n' });
    expect(bad).toMatchObject({ code: 1, stderr: 'why\n' });
  });

  it('lets one write at a time, and gives the lock back also after a failure', async () => {
    const { host, lock } = arrange();
    const failing = host.exclusively(async () => {
      throw new Error('no');
    }, never());
    await expect(failing).rejects.toThrow('no');

    const inner = await host.exclusively(async () => {
      const pid = readFileSync(lock, 'utf8');
      return [pid, (await refusal(host.exclusively(async () => 'second', never()))).kind];
    }, never());

    expect(inner).toEqual([String(process.pid), 'busy']);
    expect(existsSync(lock)).toBe(false);
  });

  it('takes the lock of a process that is gone, or of one that cannot have been at it for so long', async () => {
    const { host, lock } = arrange();
    writeFileSync(lock, String(NOBODY));

    const first = await host.exclusively(async () => 'dead', never());
    writeFileSync(lock, String(process.pid));
    utimesSync(lock, 0, 0);
    const second = await host.exclusively(async () => 'old', never());

    expect([first, second]).toEqual(['dead', 'old']);
  });
});
