import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../../src/ports/journal.ts';
import { DNS_STREAM } from '../../../src/run/dns-events.ts';
import { set, weighted } from '../../dns/arrange.ts';
import type { Desk } from '../../operations/arrange.ts';
import { type DnsDesk, dnsDesk, STEERED } from '../../support/dns-desk.ts';
import { sit } from '../terminal.ts';

const REPLACE = 'dns record replace -p model -z example.com -n www -t A -d 192.0.2.2 --apply'.split(' ');

const type = (made: DnsDesk, words: readonly string[], user = 'operator-1') => sit(made.desk, user, words);

const events = ({ desk }: DnsDesk) => desk.deps.journal.read(DNS_STREAM, 0);

/** The desk over a journal that appends in another way. */
const withAppend = ({ desk }: DnsDesk, append: Journal['append']): Desk => {
  const { journal } = desk.deps;
  const other: Journal = {
    store: journal.store,
    append,
    read: (stream, after) => journal.read(stream, after),
    readAll: (after, limit) => journal.readAll(after, limit),
    wait: (after, ms, signal) => journal.wait(after, ms, signal),
  };
  return { ...desk, deps: { ...desk.deps, journal: other } };
};

describe('what is steered', () => {
  const steered = ['-p', 'model', '-z', 'zone-1', '-n', STEERED.name, '-t', 'A'];

  it.each([
    ['a member', ['record', 'delete', ...steered, '-q', 'm-us-east-1']],
    ['its weight', ['weighted', 'set', ...steered, '-q', 'm-us-east-1', '-w', '7']],
    [
      'a CNAME over it',
      ['record', 'add', '-p', 'model', '-z', 'zone-1', '-n', STEERED.name, '-t', 'CNAME', '-d', 'x.example.net.'],
    ],
  ])('is never touched: %s', async (_, words) => {
    const made = await dnsDesk();
    const members = ['m-us-east-1', 'm-us-west-2'].map((name) => weighted(name, 10, STEERED));
    made.put(made.first, ...members);

    const said = await type(made, ['dns', ...words, '--apply'], 'admin-1');

    expect(said.exit).toBe(3);
    expect(said.err).toContain('REFUSED steered-record');
    expect(said.err).toContain('steer shift checkout FROM TO SHARE');
    expect(made.held(made.first)).toEqual(members);
    expect(await events(made)).toEqual([]);
  });

  it('has a marker that nobody else writes', async () => {
    const made = await dnsDesk();

    const said = await type(made, [
      'dns',
      'record',
      'add',
      '-p',
      'model',
      '-z',
      'zone-1',
      '-n',
      '_steer',
      '-t',
      'TXT',
      '-d',
      '"x"',
    ]);

    expect(said).toMatchObject({ exit: 3, out: expect.stringContaining('REFUSED steered-record') });
  });

  it('is another name at another account', async () => {
    const made = await dnsDesk();

    const said = await type(made, [
      'dns',
      'record',
      'add',
      '-p',
      'second',
      '-z',
      'zone-1',
      '-n',
      STEERED.name,
      '-t',
      'A',
      '-d',
      '192.0.2.1',
      '--apply',
    ]);

    expect(said.exit).toBe(0);
    expect(made.held(made.second)).toHaveLength(1);
  });
});

describe('a freeze', () => {
  it('that comes between look and intent stops the intent', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const { journal } = made.desk.deps;
    let isFrozen = false;
    const append: Journal['append'] = async (events) => {
      if (!isFrozen) {
        isFrozen = true;
        await type(made, ['freeze', '--reason', 'launch day', '--yes'], 'admin-1');
      }
      return journal.append(events);
    };

    const said = await sit(withAppend(made, append), 'operator-1', REPLACE);

    expect(said).toMatchObject({ exit: 3, err: expect.stringContaining('REFUSED freeze') });
    expect(made.first.landedWrites).toBe(0);
    expect(await events(made)).toEqual([]);
  });
});

describe('a store that fails', () => {
  it('rule 4: before the intent is on record lets nothing be sent', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const failing = async () => Promise.reject(new Error('disk full'));

    const said = await sit(withAppend(made, failing), 'operator-1', REPLACE);

    expect(said).toMatchObject({ exit: 1, err: expect.stringContaining('disk full') });
    expect(made.first.landedWrites).toBe(0);
  });

  it('after it does not hide what was done', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());
    const { deps } = made.desk;
    let appends = 0;
    const append: typeof deps.journal.append = async (events) => {
      appends += 1;
      if (appends > 1) throw new Error('disk full');
      return deps.journal.append(events);
    };

    const said = await sit(withAppend(made, append), 'operator-1', REPLACE);

    expect(said.exit).toBe(1);
    expect(said.out).toContain('landed www.example.com. A');
    expect(said.out).toContain('NOT on record, but done: the store failed after it (disk full)');
  });
});

describe('whatever is typed', () => {
  it('ends in an exit code and a sentence, and changes nothing without --apply', async () => {
    const made = await dnsDesk();
    made.put(made.first, set(), weighted('east', 10, { name: 'api.example.com.' }));
    const before = made.held(made.first);
    const word = fc.oneof(
      fc.constantFrom('providers', 'zone', 'record', 'geo', 'weighted', 'diff', 'copy', 'list', 'get', 'add', 'set'),
      fc.constantFrom('applyttl', 'replace', 'remove', 'delete', 'types', 'regions', 'model', 'second', '60', 'www'),
      fc.constantFrom('-p', '-z', '-n', '-t', '-d', '-q', '-g', '-r', '-w', '--ttl', '--json', '--dry-run', '--wait'),
      fc.constantFrom('example.com', 'A', 'TXT', '192.0.2.9', 'east', '{"Europe":["DE"]}', '@', '*', '--delete-extra'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );

    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), async (words) => {
        const said = await type(made, ['dns', ...words.filter((one) => !one.startsWith('--a'))]);

        expect([0, 1, 2, 3]).toContain(said.exit);
        expect(said.out.length + said.err.length).toBeGreaterThan(0);
        expect(said.err).not.toContain('    at ');
      }),
      { numRuns: 300 },
    );

    expect(made.held(made.first)).toEqual(before);
    expect(made.first.landedWrites + made.second.landedWrites).toBe(0);
    expect(await events(made)).toEqual([]);
  });
});
