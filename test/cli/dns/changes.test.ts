import { describe, expect, it } from 'vitest';
import { DNS_STREAM } from '../../../src/run/dns-events.ts';
import { set } from '../../dns/arrange.ts';
import { type DnsDesk, dnsDesk, PROPAGATION_MS } from '../../support/dns-desk.ts';
import { type Said, sit } from '../terminal.ts';

const REPLACE = ['dns', 'record', 'replace', '-p', 'model', '-z', 'example.com', '-n', 'www', '-t', 'A'];

const type = (made: DnsDesk, words: readonly string[], user = 'operator-1'): Promise<Said> =>
  sit(made.desk, user, words);

const events = async ({ desk }: DnsDesk) =>
  (await desk.deps.journal.read(DNS_STREAM, 0)).map((event) => [event.type, event.data] as const);

const digestIn = (said: Said): string => /--apply ([0-9a-f]{12})/.exec(said.out)?.[1] ?? '';

describe('a change of records', () => {
  it('is a diff first, and changes nothing', async () => {
    const made = await dnsDesk();
    made.put(made.first, set({ kept: { healthCheck: 'check-1' } }));

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2'], 'nobody-known');

    expect(said.exit).toBe(0);
    expect(said.out).toBe(
      [
        'model, zone example.com. (zone-1): record replace',
        'www.example.com. A (changed)',
        '  ttl 60',
        '- 192.0.2.1',
        '+ 192.0.2.2',
        '  kept unchanged: healthCheck "check-1"',
        `Nothing has changed yet. To apply exactly this: --apply ${digestIn(said)}`,
        '',
      ].join('\n'),
    );
    expect(made.held(made.first)[0]?.values).toEqual(['192.0.2.1']);
    expect(await events(made)).toEqual([]);
  });

  it('is applied as it was shown, with the intent on record before and the outcome after', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const shown = await type(made, [...REPLACE, '-d', '192.0.2.2']);

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', digestIn(shown), '--reason', 'new host']);

    expect(said.exit).toBe(0);
    expect(said.out).toContain('landed www.example.com. A (change change-1)');
    expect(made.held(made.first)).toEqual([set({ values: ['192.0.2.2'] })]);
    expect(await events(made)).toEqual([
      [
        'dns.change-intended',
        expect.objectContaining({
          by: 'operator-1',
          door: 'cli',
          because: 'new host',
          verb: 'record replace',
          sets: [{ expects: set(), leaves: set({ values: ['192.0.2.2'] }) }],
        }),
      ],
      [
        'dns.changed',
        expect.objectContaining({
          outcomes: [{ what: 'www.example.com. A', outcome: 'landed', change: 'change-1', because: null }],
        }),
      ],
    ]);
  });

  it('rule 2: with a digest is refused once the zone has moved, and shows what it would be now', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const shown = await type(made, [...REPLACE, '-d', '192.0.2.2']);
    made.put(made.first, set({ ttlSeconds: 30 }));

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', digestIn(shown)]);

    expect(said.exit).toBe(3);
    expect(said.out).toContain('  ttl 30');
    expect(said.err).toContain('REFUSED base-moved');
    expect(made.held(made.first)[0]?.values).toEqual(['192.0.2.1']);
    expect(await events(made)).toEqual([]);
  });

  it('rule 2: is a conflict with its diff when somebody writes between look and write', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const { accounts } = made.desk.records;
    made.desk.records = {
      problems: [],
      accounts: accounts.map((account) => {
        const { records } = account;
        if (records === null) return account;
        return {
          ...account,
          records: {
            ...records,
            change: (zone, changes, comment, signal) => {
              made.put(made.first, set({ values: ['203.0.113.9'] }));
              return records.change(zone, changes, comment, signal);
            },
          },
        };
      }),
    };

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply']);

    expect(said.exit).toBe(3);
    expect(said.out).toContain('CONFLICT www.example.com. A');
    expect(said.out).toContain('  + 203.0.113.9');
    expect(made.held(made.first)[0]?.values).toEqual(['203.0.113.9']);
  });

  it.each([
    ['after', 'landed www.example.com. A: the answer was lost; a later look found it there', 0, '192.0.2.2'],
    ['before', 'FAILED www.example.com. A: the vendor failed before the write', 1, '192.0.2.1'],
  ] as const)('whose answer is lost %s the effect is looked for, and told truly', async (when, says, exit, value) => {
    const made = await dnsDesk();
    made.put(made.first, set());
    made.first.failNext({ on: 'write', when, kind: 'unknown-outcome' });

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply']);

    expect(said.out).toContain(says);
    expect(said.exit).toBe(exit);
    expect(made.held(made.first)[0]?.values).toEqual([value]);
  });

  it('that is there already sends nothing and records nothing', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const said = await type(made, [...REPLACE, '-d', '192.0.2.1', '--apply']);

    expect(said).toMatchObject({ exit: 0, out: expect.stringContaining('there is nothing to change') });
    expect(made.first.landedWrites).toBe(0);
    expect(await events(made)).toEqual([]);
  });

  it('is for operators; everybody may look at the diff', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply'], 'viewer-1');

    expect(said.exit).toBe(3);
    expect(made.first.landedWrites).toBe(0);
  });

  it('is refused while a freeze is in force', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    await type(made, ['freeze', '--reason', 'launch day', '--yes'], 'admin-1');

    const look = await type(made, [...REPLACE, '-d', '192.0.2.2']);
    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply']);

    expect(look).toMatchObject({ exit: 3, out: expect.stringContaining('+ 192.0.2.2') });
    expect(look.out).toContain('REFUSED freeze: admin-1 froze the fleet: launch day');
    expect(said).toMatchObject({ exit: 3, err: expect.stringContaining('REFUSED freeze') });
    expect(made.first.landedWrites).toBe(0);
  });

  it('waits until every name server has it, and says until when', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const typed = type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', '--wait', '2m']);
    await made.desk.clock.advance(PROPAGATION_MS + 10_000);
    const said = await typed;

    expect(said.exit).toBe(0);
    expect(said.err).toContain('until 10:02:00 UTC at the latest');
    expect(said.out).toContain('Every name server has it since');
  });

  it('that is not everywhere in time has landed all the same, and is told so', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const typed = type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', '--wait', '10s']);
    await made.desk.clock.advance(PROPAGATION_MS);
    const said = await typed;

    expect(said.exit).toBe(1);
    expect(said.out).toContain('NOT everywhere by 10:00:10 UTC');
  });

  it('answers a machine with one document', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const said = await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', '--json']);

    expect(JSON.parse(said.out)).toMatchObject({
      applied: true,
      provider: 'model',
      sets: [{ leaves: { values: ['192.0.2.2'] } }],
      results: [{ outcome: 'landed' }],
    });
  });

  it('stands in the history, with who asked and what became of it', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    await type(made, [...REPLACE, '-d', '192.0.2.2', '--apply', '--reason', 'new host']);

    const said = await type(made, ['history']);

    expect(said.out).toContain('operator-1 (cli)  changes DNS');
    expect(said.out).toContain('model record replace www.example.com. A: new host');
    expect(said.out).toContain('1 landed');
  });
});
