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
