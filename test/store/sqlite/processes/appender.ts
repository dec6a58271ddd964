// Appends to its own stream until it is killed, and says each version only once it has been acknowledged.
import { writeSync } from 'node:fs';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { sha256 } from '../../../../src/system/hash.ts';

const [path = '', stream = ''] = process.argv.slice(2);
const { signal } = new AbortController();
const { journal } = openStore(path, { clock: systemClock, hash: sha256 });

for (let version = (await journal.read(stream, 0)).length; ; version += 2) {
  const appended = await journal.append({
    stream,
    expectedVersion: version,
    events: [
      { type: 'intended', data: { version } },
      { type: 'landed', data: { version } },
    ],
  });
  if (!appended.ok) throw new Error(`expected version ${version} of ${stream}: ${JSON.stringify(appended)}`);
  writeSync(process.stdout.fd, `${version + 2}\n`);
  // SQLite's lock is not fair: a writer that never rests would starve the other, and the test would be slow.
  await systemClock.sleep(1, signal);
}
