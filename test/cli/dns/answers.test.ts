import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import type { ServerSeen } from '../../../src/domain/seen-answers.ts';
import type { SetState } from '../../../src/domain/steering.ts';
import { FLEET_STREAM } from '../../../src/run/events.ts';
import { set, weighted } from '../../dns/arrange.ts';
import { type DnsDesk, dnsDesk, STEERED } from '../../support/dns-desk.ts';
import { type Said, sit } from '../terminal.ts';

const type = (made: DnsDesk, words: string): Promise<Said> =>
  sit(made.desk, 'viewer-1', ['dns', 'answers', ...words.split(' ').filter((word) => word !== '')]);

const seen = (
  server: string,
  counts: Readonly<Record<string, number>>,
  more: Partial<ServerSeen> = {},
): ServerSeen => ({
  server,
  address: '192.0.2.53',
  asked: Object.values(counts).reduce((sum, count) => sum + count, 0),
  replies: Object.entries(counts).map(([value, count]) => ({ data: [value], count })),
  noSuchName: 0,
  overTcp: 0,
  failures: [],
  isBeyondReach: false,
  ...more,
});

const EAST = '192.0.2.1';
const WEST = '192.0.2.2';

const steered =
  (weights: Readonly<Record<string, readonly [number | null, string]>>) => async (ref: { set: SetState['set'] }) => ({
    granularity: 'weight' as const,
    state: {
      set: ref.set,
      members: Object.entries(weights).map(([member, [weight, value]]) => ({
        member,
        weight,
        present: true,
        ttlSeconds: 60,
        healthCheck: null,
        kept: { value },
        cost: { elements: 1, characters: 1 },
      })),
    },
  });

const arrange = async (servers: readonly ServerSeen[] = []): Promise<DnsDesk> => {
  const made = await dnsDesk();
  made.desk.nameServers = {
    servers: ['ns1.example.net:53', 'ns2.example.net:53'],
    ask: () => servers,
    steered: steered({ 'us-east-1': [60, EAST], 'us-west-2': [40, WEST], 'eu-west-1': [null, '192.0.2.3'] }),
  };
  return made;
};

describe('steer dns answers', () => {
  it('shows each value with a bar, its share and what is configured, and each server', async () => {
    const made = await arrange([
      seen('ns1.example.net:53', { [EAST]: 182, [WEST]: 118 }),
      seen('ns2.example.net:53', { [EAST]: 170, [WEST]: 130 }),
    ]);

    const said = await type(made, STEERED.name);

    expect(said.err).toBe('');
    expect(said.out.split('\n')).toEqual([
      'n1.checkout.example.com. A: 600 answers to 600 questions, 2 servers',
      '  member     answers                                seen   share       95 % sure  configured',
      '  us-east-1  192.0.2.1  [##############|.........]   352  58.7 %  54.7 to 62.5 %        60 %',
      '  us-west-2  192.0.2.2  [##########|.............]   248  41.3 %  37.5 to 45.3 %        40 %',
      '  eu-west-1  192.0.2.3  [|.......................]     0     0 %      0 to 0.6 %        none',
      '  # is what was answered, | where it should end',
      'Agrees with model, as steered: by chance alone it looks at least so unlike 50 times in 100.',
      '  server              address       answered  us-east-1  us-west-2  eu-west-1',
      '  ns1.example.net:53  192.0.2.53  300 of 300     60.7 %     39.3 %        0 %  agrees',
      '  ns2.example.net:53  192.0.2.53  300 of 300     56.7 %     43.3 %        0 %  agrees',
      'No answer from eu-west-1 in 600: its share is below 0.5 % (3/n, 95 % sure).',
      'Asked directly, from one place: of an anycast server one sees one location.',
      '',
    ]);
    expect(said.exit).toBe(0);
  });

  it('tells of what should not be, and ends with 1', async () => {
    const made = await arrange([
      seen('ns1.example.net:53', { [EAST]: 150, [WEST]: 100, '192.0.2.3': 50 }),
      seen('ns2.example.net:53', {}, { asked: 3, failures: [{ because: 'does not answer with authority', count: 3 }] }),
      seen(
        'ns3.example.net:53',
        {},
        { address: '2001:db8::53', asked: 3, failures: [{ because: 'x', count: 3 }], isBeyondReach: true },
      ),
    ]);

    const said = await type(made, STEERED.name);

    expect(said.exit).toBe(1);
    expect(said.out).toContain('DIFFERS from model, as steered: something answers that should not.');
    expect(said.out).toContain('! ns2.example.net:53 (192.0.2.53): does not answer with authority, 3 of 3 times.');
    expect(said.out).toContain('ns3.example.net:53 (2001:db8::53) was not asked: this machine has no way there.');
  });

  it('compares with the records of the closest zone where the name is not steered', async () => {
    const made = await arrange([seen('ns1.example.net:53', { [EAST]: 300 })]);
    made.put(made.first, weighted('east', 10), { ...weighted('west', null), values: [WEST] });

    const said = await type(made, 'www.example.com -p model');

    expect(said.out).toContain('Agrees with model, zone example.com.');
    expect(said.out).toMatch(/east +192\.0\.2\.1 +\[#{23}\|\] +300 +100 %/);
  });

  it('only shows what it saw where nothing is known, and says why', async () => {
    const made = await arrange([seen('ns1.example.net:53', { [EAST]: 30, [WEST]: 10 })]);
    made.put(made.first, set());
    made.put(made.second, set());

    const [two, none] = [await type(made, 'www.example.com'), await type(made, 'www.example.org')];

    expect(two.out).toContain(
      'Not compared: several zones hold it: model (zone-1), second (zone-1); say which account',
    );
    expect(two.out).toMatch(/192\.0\.2\.1 +\[#+\.+\] +30 +75 %/);
    expect(none.out).toContain('Not compared: no account has a zone for it.');
    expect([two.exit, none.exit]).toEqual([0, 0]);
  });

  it('asks although the vendor does not answer, for that is when somebody looks', async () => {
    const made = await arrange([seen('ns1.example.net:53', { [EAST]: 300 })]);
    made.desk.nameServers = {
      ...made.desk.nameServers,
      steered: () => Promise.reject(new ProviderError('unavailable', 'no answer within 8 s')),
    };

    const said = await type(made, STEERED.name);

    expect(said.out).toContain('Not compared: model could not be asked: no answer within 8 s (unavailable).');
    expect(said.out).toMatch(/192\.0\.2\.1 +\[#{24}\] +300 +100 %/);
  });

  it('asks what it was told to, where and how often it was told', async () => {
    const made = await arrange();
    const asked: unknown[] = [];
    made.desk.nameServers = {
      ...made.desk.nameServers,
      ask: (questions) => {
        asked.push(questions);
        return [seen('[::1]:53', { [EAST]: 5 })];
      },
    };

    const said = await type(
      made,
      `${STEERED.name} -t a --queries 1000 --server [::1]:53 --server ns9.example.net:5353 --json`,
    );

    expect(asked).toEqual([
      { name: STEERED.name, type: 'A', servers: ['[::1]:53', 'ns9.example.net:5353'], queries: 1000 },
    ]);
    expect(JSON.parse(said.out)).toMatchObject({ answered: 5, verdict: { verdict: 'too-few', needed: 13 } });
  });

  it.each([
    ['--queries 0', /--queries "0": write a whole number from 1 to 10000/],
    ['--queries 20000', /from 1 to 10000/],
    ['--server ns1', /--server "ns1" is no server. Write host:port/],
    ['-t MX', /Answers of type MX cannot be compared. There are: A, AAAA/],
    ['-t NOPE', /NOPE/],
    ['-p nobody', /There is no account nobody. There are: model/],
  ])('refuses %s with what to type instead', async (words, sentence) => {
    const made = await arrange();

    const said = await type(made, `${STEERED.name} ${words}`);

    expect(said.exit).toBe(2);
    expect(said.err).toMatch(sentence);
  });

  it('asks servers that are typed also where the config in force cannot be read', async () => {
    const made = await arrange([seen('[::1]:53', { [EAST]: 300 })]);
    await made.desk.model.store.journal.append({
      stream: FLEET_STREAM,
      expectedVersion: (await made.desk.model.store.journal.read(FLEET_STREAM, 0)).length,
      events: [
        {
          type: 'config.accepted',
          data: { config: 'unreadable', digest: 'forced', by: null, second: null, changes: [] },
        },
      ],
    });

    const [known, unknown] = [await type(made, `${STEERED.name} --server [::1]:53`), await type(made, STEERED.name)];

    expect(known).toMatchObject({
      exit: 0,
      out: expect.stringContaining('Not compared: The config in force cannot be'),
    });
    expect(unknown).toMatchObject({ exit: 1, err: expect.stringContaining('cannot be read') });
  });

  it('says what to type where nobody knows the servers', async () => {
    const made = await arrange();
    made.desk.nameServers = { ...made.desk.nameServers, servers: [] };

    const said = await type(made, STEERED.name);

    expect(said.exit).toBe(2);
    expect(said.err).toContain('Nobody knows which servers answer for n1.checkout.example.com.');
  });

  it('reads well without colour, and needs no more than 100 columns', async () => {
    const made = await arrange([seen('ns1.example.net:53', { [EAST]: 180, [WEST]: 120 })]);

    const said = await type(made, STEERED.name);

    expect(said.out).not.toContain('\u001b');
    expect(Math.max(...said.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
