import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditStore } from '../../src/store/audit.ts';
import { sha256 } from '../../src/system/hash.ts';
import { memoryStore, sqliteStore } from '../support/stores.ts';

/** What one of several writers does next, on what it believes: its own view is as old as `behind` appends. */
const attempts = fc.array(
  fc.record({
    writer: fc.nat(2),
    stream: fc.constantFrom('run_1', 'run_2', 'freezes'),
    behind: fc.constantFrom(0, 0, 0, 1, -1),
    events: fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 30 },
);

describe.each([
  ['memory', memoryStore, 60],
  ['SQLite', sqliteStore, 15],
] as const)('several writers on one store in %s', (_, arrange, numRuns) => {
  it('leave whole chains, versions without gaps, and nothing from an append with a stale version', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, async (tries) => {
        const { open } = arrange();
        const writers = [open(), open(), open()];
        const [reader] = writers;
        const expected = new Map<string, unknown[]>();

        for (const { writer, stream, behind, events } of tries) {
          const known = expected.get(stream) ?? [];
          const appended = await writers[writer]?.journal.append({
            stream,
            expectedVersion: known.length - behind,
            events: events.map((data) => ({ type: 'noted', data: JSON.parse(JSON.stringify(data)) })),
          });
          expect(appended?.ok).toBe(behind === 0);
          if (behind === 0) expected.set(stream, [...known, ...events]);
        }

        const report = reader && (await auditStore(reader.archive, sha256));
        expect(report?.findings).toEqual([]);
        expect(report?.events).toBe([...expected.values()].flat().length);
        for (const [stream, events] of expected) {
          const kept = (await reader?.journal.read(stream, 0)) ?? [];
          expect(kept.map(({ version }) => version)).toEqual(events.map((__, index) => index + 1));
          expect(kept.map(({ data }) => data)).toEqual(JSON.parse(JSON.stringify(events)));
        }
        for (const writer of writers) writer.close();
      }),
      { numRuns },
    );
  });
});
