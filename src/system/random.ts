import { randomBytes } from 'node:crypto';
import type { Random } from '../ports/chance.ts';

/** From the operating system, with all 53 bits that a number in [0, 1) can hold: ids made from it must not be guessed. */
export const systemRandom: Random = {
  next: () => {
    const bytes = randomBytes(8);
    return ((bytes.readUInt32BE(0) >>> 5) * 2 ** 26 + (bytes.readUInt32BE(4) >>> 6)) / 2 ** 53;
  },
};
