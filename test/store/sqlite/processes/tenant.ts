// Takes the lease for longer than any test lasts, says who it is, and then lives on until it is killed.
import { writeSync } from 'node:fs';
import { openStore } from '../../../../src/store/sqlite/open-store.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { sha256 } from '../../../../src/system/hash.ts';
import { here, holderName } from '../../../../src/system/processes.ts';
import { systemRandom } from '../../../../src/system/random.ts';

const HOUR = 3_600_000;

const [path = ''] = process.argv.slice(2);
const { lease } = openStore(path, { clock: systemClock, hash: sha256 });
const held = await lease.acquire(holderName(here(), systemRandom), HOUR);
if (held === null) throw new Error('another process holds the lease');
writeSync(process.stdout.fd, `${held.holder}\n`);
await systemClock.sleep(HOUR, new AbortController().signal);
