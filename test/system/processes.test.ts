import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Here, here, holderName, isGone } from '../../src/system/processes.ts';

const PLACE = '1f6c0d2e9b47';

/** A host on which nothing runs: whatever is not told from its own processes would be called gone here. */
const empty = (overrides: Partial<Here> = {}): Here => ({
  host: 'host-1',
  pid: 1,
  place: PLACE,
  mayExist: () => false,
  ...overrides,
});

const chance = { next: () => 0.5 };

const nameOf = (overrides: Partial<Here> = {}): string => holderName(empty({ pid: 4711, ...overrides }), chance);

describe('whether the process behind a name is gone', () => {
  it('is true for a process of this very place that the operating system does not know', () => {
    const asked: number[] = [];
    const self = empty({
      mayExist: (pid) => {
        asked.push(pid);
        return false;
      },
    });

    const gone = isGone(nameOf(), self);

    expect(gone).toBe(true);
    expect(asked).toEqual([4711]);
  });

  it('rule 3: is never true while a process has its number, whoever that is', () => {
    const gone = isGone(nameOf(), empty({ mayExist: () => true }));

    expect(gone).toBe(false);
  });

  it.each([
    ['another host', nameOf({ host: 'host-2' }), empty()],
    ['another container or another boot', nameOf({ place: '000000000000' }), empty()],
    ['a process that did not know its place', nameOf({ place: null }), empty()],
    ['a process that does not know its own place', nameOf(), empty({ place: null })],
    ['two that do not know their place', nameOf({ place: null }), empty({ place: null })],
  ])('rule 3: is not known of %s', (_, holder, self) => {
    expect(isGone(holder, self)).toBe(false);
  });

  it.each([
    '',
    'executor-1',
    'adopt:store_1',
    'host-1:4711:abc',
    `host-1:0:abc:${PLACE}`,
    `host-1:-1:abc:${PLACE}`,
    `host-1:-4711:abc:${PLACE}`,
    `host-1:4711.5:abc:${PLACE}`,
    `host-1:1e3:abc:${PLACE}`,
    `host-1:2147483648:abc:${PLACE}`,
    `host-1:99999999999999999999:abc:${PLACE}`,
    `host-1: 4711:abc:${PLACE}`,
    `host-1:4711:abc:${PLACE} `,
    `host-1:4711:abc:${PLACE}\n`,
    `HOST-1:4711:abc:${PLACE}`,
    `host-1:4711:abc:${PLACE.toUpperCase()}`,
    `host-2:1:host-1:4711:abc:${PLACE}`,
    `host-1:4711:abc:${PLACE}:000000000000`,
  ])('rule 3: is not known from the hostile name %j, and nobody is asked', (holder) => {
    const asked: number[] = [];
    const self = empty({
      mayExist: (pid) => {
        asked.push(pid);
        return false;
      },
    });

    const gone = isGone(holder, self);

    expect(gone).toBe(false);
    expect(asked).toEqual([]);
  });

  it('rule 3: only a name of this very host and place is ever taken for one that is gone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (holder) => {
        expect(isGone(holder, empty())).toBe(false);
      }),
    );
  });

  it('holds for whatever a host is called, colons too', () => {
    const self = empty({ host: 'a:1:b:000000000000' });

    const gone = isGone(nameOf({ host: self.host }), self);

    expect(gone).toBe(true);
  });

  it('is seen of real processes: not while they live, and once they were killed', async () => {
    const self = here();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const holder = holderName({ ...self, pid: child.pid ?? 0 }, chance);

    const alive = isGone(holder, self);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const dead = isGone(holder, self);

    expect(alive).toBe(false);
    expect(dead).toBe(self.place !== null);
    expect(isGone(holderName(self, chance), self)).toBe(false);
  });
});
