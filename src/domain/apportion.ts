import { entriesOf, recordOf, sum } from './records.ts';

interface Seat<K> {
  readonly key: K;
  readonly quota: number;
  readonly remainder: number;
  given: number;
}

const checked = (serving: number, total: number, minimum: number): void => {
  if (!Number.isInteger(total) || !Number.isInteger(minimum) || minimum < 0)
    throw new RangeError(`total ${total} and minimum ${minimum} must be whole numbers, the minimum not below zero`);
  if (serving === 0) throw new RangeError('nothing serves: every part is zero');
  if (serving * minimum > total || total < 0)
    throw new RangeError(`${total} cannot give ${serving} parts ${minimum} each`);
};

/**
 * Integers that add up to `total`, in proportion to `parts`: the largest-remainder method (Hamilton). Each is within one
 * of its exact quota. A part of zero gets zero; a part above zero gets at least `minimum`, taken from the largest, because
 * a serving member that rounds to nothing would be drained by arithmetic. Ties go to the earlier key, so the same input
 * gives the same output everywhere. Throws when `total` cannot hold `minimum` for every part above zero, when nothing is
 * above zero, or when a part is negative or no number.
 */
export const apportion = <K extends string>(
  parts: Readonly<Record<K, number>>,
  total: number,
  minimum: number,
): Record<K, number> => {
  const entries = entriesOf<K, number>(parts);
  for (const [key, part] of entries)
    if (!Number.isFinite(part) || part < 0) throw new RangeError(`part ${key} is ${part}: expected zero or more`);
  const serving = entries.filter(([, part]) => part > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  checked(serving.length, total, minimum);

  const whole = sum(serving.map(([, part]) => part));
  const seats = serving.map(([key, part]): Seat<K> => {
    // Multiplied before it is divided, so that a quota that is a whole number comes out as one.
    const quota = (part * total) / whole;
    return { key, quota, remainder: quota - Math.floor(quota), given: Math.max(minimum, Math.floor(quota)) };
  });

  let rest = total - sum(seats.map(({ given }) => given));
  for (const seat of seats.toSorted((a, b) => b.remainder - a.remainder)) {
    if (rest <= 0) break;
    // One that the minimum has already lifted above its quota gets nothing more.
    if (seat.given > seat.quota) continue;
    seat.given += 1;
    rest -= 1;
  }
  for (; rest < 0; rest += 1) {
    // Among equals the one that was rounded up most: a larger part must not end below a smaller one.
    const largest = seats.reduce((best, seat) =>
      seat.given > best.given || (seat.given === best.given && seat.quota < best.quota) ? seat : best,
    );
    largest.given -= 1;
  }
  const given = new Map(seats.map((seat) => [seat.key, seat.given]));
  return recordOf(entries.map(([key]) => [key, given.get(key) ?? 0] as const));
};
