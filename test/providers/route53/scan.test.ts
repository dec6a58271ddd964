import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GroupKey, keyText } from '../../../providers/route53/names.ts';
import type { RecordSet } from '../../../providers/route53/record.ts';
import { type ListPage, type PageStart, scanZone } from '../../../providers/route53/scan.ts';
import { weighted } from './records.ts';

interface Listing {
  readonly list: ListPage;
  readonly calls: () => number;
}

type Order = (a: string, b: string) => number;

const forward: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const backward: Order = (a, b) => forward(b, a);

const startOf = (record: RecordSet): PageStart => ({
  name: record.Name,
  type: record.Type,
  identifier: record.SetIdentifier ?? null,
});

/** A zone that lists its names in whatever order, `size` records a page, and what begins a group before its members. */
const listingOf = (records: readonly RecordSet[], size: number, byName: Order): Listing => {
  let calls = 0;
  const compare = (a: PageStart, b: PageStart): number =>
    byName(`${a.name} ${a.type}`, `${b.name} ${b.type}`) || forward(a.identifier ?? '', b.identifier ?? '');
  const sorted = records.toSorted((a, b) => compare(startOf(a), startOf(b)));
  return {
    calls: () => calls,
    list: async (start) => {
      calls += 1;
      const first = sorted.findIndex((record) => compare(startOf(record), start) >= 0);
      const from = first < 0 ? sorted.length : first;
      const next = sorted[from + size];
      return { records: sorted.slice(from, from + size), next: next === undefined ? null : startOf(next) };
    },
  };
};

/** With names of one length below one zone, plain order and the vendor's are the same. */
const nameOf = (n: number): string => `n${String(n).padStart(3, '0')}.example.com.`;
const keyOf = (n: number): GroupKey => ({ name: nameOf(n), type: 'A' });

const zone = fc.record({
  sizes: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 }),
  wanted: fc.uniqueArray(fc.integer({ min: 0, max: 45 }), { minLength: 1, maxLength: 30 }),
  page: fc.integer({ min: 1, max: 15 }),
});

const recordsOf = (sizes: readonly number[]): RecordSet[] =>
  sizes.flatMap((size, n) =>
    Array.from({ length: size }, (_, member) => weighted(`m${member}`, 1, { Name: nameOf(n) })),
  );

const expectComplete = (
  found: ReadonlyMap<string, readonly RecordSet[]>,
  sizes: readonly number[],
  wanted: readonly number[],
): void => {
  const counts = wanted.map((n) => found.get(keyText(keyOf(n)))?.length ?? 0);
  expect(counts).toEqual(wanted.map((n) => sizes[n] ?? 0));
};

describe('reading some names of a zone', () => {
  it('finds every record of every wanted name, for no more than the whole zone or one page a name', async () => {
    await fc.assert(
      fc.asyncProperty(zone, async ({ sizes, wanted, page }) => {
        const records = recordsOf(sizes);
        const listing = listingOf(records, page, forward);

        const found = await scanZone(wanted.map(keyOf), listing.list);

        expectComplete(found, sizes, wanted);
        const absent = wanted.filter((n) => (sizes[n] ?? 0) === 0).length;
        const rests = wanted.reduce((sum, n) => sum + Math.max(0, Math.ceil((sizes[n] ?? 0) / page) - 1), 0);
        expect(listing.calls()).toBeLessThanOrEqual(Math.ceil(records.length / page) + absent);
        expect(listing.calls()).toBeLessThanOrEqual(wanted.length + rests);
      }),
    );
  });

  it('finds them too when the vendor sorts in another way than we think', async () => {
    await fc.assert(
      fc.asyncProperty(zone, async ({ sizes, wanted, page }) => {
        const listing = listingOf(recordsOf(sizes), page, backward);

        const found = await scanZone(wanted.map(keyOf), listing.list);

        expectComplete(found, sizes, wanted);
      }),
    );
  });

  it('is unreadable when a page begins where it began before', async () => {
    const stuck: ListPage = async (start) => ({ records: [weighted('m0', 1, { Name: start.name })], next: start });

    await expect(scanZone([keyOf(1)], stuck)).rejects.toMatchObject({ kind: 'unreadable' });
  });
});
