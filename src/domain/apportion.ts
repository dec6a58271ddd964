import { entriesOf, recordOf, sum } from './records.ts';

/**
 * Integers that add up to `total`, in proportion to `parts`: the largest-remainder method (Hamilton). Each is within one
 * of its exact quota. A part of zero gets zero; a part above zero gets at least `minimum`, taken from the largest, because
 * a serving member that rounds to nothing would be drained by arithmetic. Ties go to the earlier key, so the same input
 * gives the same output everywhere. Throws when `total` cannot hold `minimum` for every part above zero, or nothing is above zero.
 */
export const apportion = <K extends string>(
  parts: Readonly<Record<K, number>>,
  total: number,
  minimum: number,
): Record<K, number> => {
  const entries = entriesOf<K, number>(parts).sort(([a], [b]) => (a < b ? -1 : 1));
  const serving = entries.filter(([, part]) => part > 0);
  const whole = sum(serving.map(([, part]) => part));
  if (serving.length === 0) throw new RangeError('nothing serves: every part is zero');
  if (serving.length * minimum > total)
    throw new RangeError(`${total} cannot give ${serving.length} parts ${minimum} each`);

  const quotas = serving.map(([key, part]) => ({ key, quota: (part / whole) * total }));
  const given = new Map(quotas.map(({ key, quota }) => [key, Math.max(minimum, Math.floor(quota))]));
  const rest = (): number => total - sum(given.values());

  const byRemainder = quotas.toSorted((a, b) => b.quota - Math.floor(b.quota) - (a.quota - Math.floor(a.quota)));
  for (const { key, quota } of byRemainder) {
    if (rest() <= 0) break;
    if ((given.get(key) ?? 0) <= quota) given.set(key, (given.get(key) ?? 0) + 1);
  }
  while (rest() < 0) {
    const [largest] = [...given].toSorted(([, a], [, b]) => b - a)[0] ?? [];
    if (largest === undefined) break;
    given.set(largest, (given.get(largest) ?? 0) - 1);
  }
  return recordOf(entriesOf<K, number>(parts).map(([key]) => [key, given.get(key) ?? 0] as const));
};
