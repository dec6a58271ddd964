// Takes the lease a few times, writes while it holds it, and sometimes stalls for longer than the lease lasts.
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { sha256 } from '../../../../src/system/hash.ts';

const LEASE_MS = 20;
const WRITES = 3;
const STREAM = 'tenures';

const [path = '', holder = '', tenures = ''] = process.argv.slice(2);
const { journal, lease } = openStore(path, { clock: systemClock, hash: sha256 });
const { signal } = new AbortController();

const write = async (epoch: number): Promise<boolean> => {
  for (;;) {
    const expectedVersion = (await journal.read(STREAM, 0)).length;
    const appended = await journal.append({
      stream: STREAM,
      expectedVersion,
      events: [{ type: 'wrote', data: { holder, epoch } }],
      epoch,
    });
    if (appended.ok) return true;
    if (appended.because === 'superseded') return false;
  }
};

for (let tenure = 0; tenure < Number(tenures); ) {
  const held = await lease.acquire(holder, LEASE_MS);
  if (held === null) {
    await systemClock.sleep(2, signal);
    continue;
  }
  tenure += 1;
  for (let written = 0; written < WRITES && (await write(held.epoch)); written += 1) {
    const isStalling = tenure % 2 === 0 && written === 0;
    await systemClock.sleep(isStalling ? 2 * LEASE_MS : 1, signal);
  }
  await lease.release(held);
}
