import { describe, expect, it } from 'vitest';
import { geo, set, weighted } from '../../dns/arrange.ts';
import { type DnsDesk, dnsDesk } from '../../support/dns-desk.ts';
import { type Said, sit } from '../terminal.ts';

const type = (made: DnsDesk, words: string, user = 'operator-1'): Promise<Said> =>
  sit(made.desk, user, ['dns', ...words.split(' ')]);

const AT = '-p model -z example.com';
const WWW = `${AT} -n www -t A`;

describe('steer dns providers', () => {
  it('lists every vendor within a hundred columns, without a config', async () => {
    const made = await dnsDesk();
    const open = async () => Promise.reject(new Error('no config'));

    const said = await sit(made.desk, 'x', ['dns', 'providers'], { actions: { open } });

    expect(said.exit).toBe(0);
    expect(said.out).toContain('route53');
    expect(Math.max(...said.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('tells everything of one, and for machines of all', async () => {
    const made = await dnsDesk();

    const [one, all, none] = [
      await type(made, 'providers route53'),
      await type(made, 'providers --json'),
      await type(made, 'providers nobody'),
    ];

    expect(one.out).toContain('drained by         zero, remove');
    expect(JSON.parse(all.out)).toContainEqual(
      expect.objectContaining({ vendor: 'route53', secrets: [], settings: [] }),
    );
    expect(none).toMatchObject({ exit: 2, err: expect.stringContaining('There are: route53, akamai') });
  });
});

describe('looking at records', () => {
  it('lists a zone, one line for each value, without the columns that say nothing', async () => {
    const made = await dnsDesk();
    made.put(made.first, set({ values: ['192.0.2.1', '192.0.2.2'] }), set({ name: 'a.example.com.' }));

    expect((await type(made, `record list ${AT}`)).out).toBe(
      [
        'a.example.com.    A  60  192.0.2.1',
        'www.example.com.  A  60  192.0.2.1',
        'www.example.com.  A  60  192.0.2.2',
        '',
      ].join('\n'),
    );
  });

  it('takes account and zone before the command too, and list where no command is named', async () => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const said = await type(made, '-p model record -z example.com. list -t a');

    expect(said).toMatchObject({ exit: 0, out: 'www.example.com.  A  60  192.0.2.1\n' });
    expect((await type(made, `record ${AT}`)).out).toBe(said.out);
    expect((await type(made, 'zone -p model')).out).toBe('zone-1  example.com.  3600  hostmaster@example.com\n');
  });

  it('shows weights and places', async () => {
    const made = await dnsDesk();
    made.put(made.first, weighted('east', 10), weighted('west', null), geo('eu', { Europe: ['DE'] }));

    expect((await type(made, `weighted list ${AT}`)).out).toBe(
      [
        'www.example.com.  A  east  60  weight 10  192.0.2.1',
        'www.example.com.  A  west  60  drained    192.0.2.1',
        '',
      ].join('\n'),
    );
    expect((await type(made, `geo get ${WWW} -g eu`)).out).toContain('place Europe: DE');
  });

  it('says that there is none, with an exit code', async () => {
    const made = await dnsDesk();

    expect(await type(made, `record get ${WWW}`)).toMatchObject({
      exit: 1,
      err: 'There is no www A in zone example.com.\n',
    });
  });

  it.each([
    ['record list -z example.com', 'Say which account: --provider NAME. There are: model, second.'],
    ['record list -p third -z example.com', 'There is no account third. There are: model, second.'],
    ['record list -p model -z example.org', 'model has no zone example.org. There are: example.com. (zone-1).'],
    ['record list -p model', 'Say the zone: -z NAME, or its id.'],
    [`record add ${WWW} -d 300.1.1.1`, '300.1.1.1'],
    [`record add ${WWW}`, 'Say the values: -d VALUE'],
    [`record applyttl soon ${WWW}`, 'is no TTL'],
    [`record applyttl 60 ${WWW}`, 'There is no www.example.com. A to give a TTL to.'],
    [`record add ${WWW} -d 192.0.2.1 --apply yes`, 'is no digest'],
    [`record add ${WWW} -d 192.0.2.1 --apply --dry-run`, 'two things'],
    [`weighted set ${WWW} -q east -w 0 -d 192.0.2.1`, 'Weight 0 means another thing at every vendor'],
    [`weighted set ${WWW} -q east -w 300 -d 192.0.2.1`, 'weights there are 1 to 255'],
    [`geo add ${WWW} -g eu -r nonsense`, 'is no map of regions'],
    [`geo add ${WWW} -g eu -r {"Mars":[]} -d 192.0.2.1`, 'There is no region "Mars"'],
    ['record delete -p model -z example.com -n www', 'Say the type: -t TYPE.'],
  ])('refuses %s in a sentence', async (words, says) => {
    const said = await type(await dnsDesk(), words);

    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining(says) });
  });

  it('names both zones where two have the name, and takes the id of one', async () => {
    const made = await dnsDesk();
    made.first.addZone('example.com.', 60, 'other@example.com');
    made.put(made.first, set());

    const said = await type(made, `record list ${AT}`);

    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('Type the id of one: zone-1, zone-2.') });
    expect((await type(made, 'record list -p model -z zone-1')).exit).toBe(0);
  });

  it('tells what the vendor says when it cannot be asked', async () => {
    const made = await dnsDesk();
    made.first.changeKey('key-2');

    const said = await type(made, `record list ${AT}`);

    expect(said).toMatchObject({ exit: 1, err: expect.stringContaining('(unauthorised: see "Vendor failures"') });
  });
});

describe('each change', () => {
  it.each([
    ['record add', `record add ${WWW} -d 192.0.2.2`, [set({ values: ['192.0.2.1', '192.0.2.2'] })]],
    ['record add with a TTL', `record add ${WWW} -d 192.0.2.1 --ttl 30`, [set({ ttlSeconds: 30 })]],
    ['record applyttl', `record applyttl 30 ${WWW}`, [set({ ttlSeconds: 30 })]],
    ['record replace', `record replace ${WWW} -d 192.0.2.9 --ttl 5`, [set({ values: ['192.0.2.9'], ttlSeconds: 5 })]],
    ['record remove', `record remove ${WWW} -d 192.0.2.1`, []],
    ['record delete', `record delete ${WWW}`, []],
  ])('%s does what its diff says', async (_, words, after) => {
    const made = await dnsDesk();
    made.put(made.first, set());

    const said = await type(made, `${words} --apply`);

    expect(said.exit).toBe(0);
    expect(made.held(made.first)).toEqual(after);
  });

  it('weighted set makes, changes and drains', async () => {
    const made = await dnsDesk();

    const exits = [
      await type(made, `weighted set ${WWW} -q east -w 10 -d 192.0.2.1 --ttl 60 --apply`),
      await type(made, `weighted set ${WWW} -q west -w 20 -d 192.0.2.2 --apply`),
      await type(made, `weighted set ${WWW} -q east -w drained --apply`),
    ].map(({ exit }) => exit);

    expect(exits).toEqual([0, 0, 0]);
    expect(made.held(made.first)).toEqual([weighted('east', null), weighted('west', 20, { values: ['192.0.2.2'] })]);
  });

  it('geo add makes a group, and adds to it', async () => {
    const made = await dnsDesk();

    await type(made, `geo add ${WWW} -g eu -r {"Europe":["DE"]} -d 192.0.2.1 --ttl 60 --apply`);
    const said = await type(made, `geo add ${WWW} -g eu -r {"Europe":["FR"]} --apply`);
    const ttl = await type(made, `geo applyttl 30 ${WWW} -g eu --apply`);

    expect([said.exit, ttl.exit]).toEqual([0, 0]);
    expect(made.held(made.first)).toEqual([{ ...geo('eu', { Europe: ['DE', 'FR'] }), ttlSeconds: 30 }]);
  });

  it('geo types and geo regions say what there is', async () => {
    const made = await dnsDesk();

    expect((await type(made, 'geo types -p model')).out).toContain('AAAA\n');
    expect((await type(made, 'geo regions -p model')).out).toBe('Europe  DE FR ES\nAsia    IN JP\n');
  });

  it('zones are made, changed and deleted by an admin', async () => {
    const made = await dnsDesk();
    const words = 'zone add -p model -n example.org -e ops@example.org -t 60 --apply';

    const refused = await type(made, words, 'operator-1');
    const exits = [
      await type(made, words, 'admin-1'),
      await type(made, 'zone update -p model -i zone-2 -t 90 --apply', 'admin-1'),
      await type(made, 'zone list -p model'),
      await type(made, 'zone delete -p model -z example.org --apply', 'admin-1'),
    ];

    expect(refused.exit).toBe(3);
    expect(exits.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
    expect(exits[1]?.out).toContain('- ttl 60\n+ ttl 90');
    expect(exits[2]?.out).toContain('zone-2  example.org.  90    ops@example.org');
    expect(made.first.zones.map(({ name }) => name)).toEqual(['example.com.']);
  });

  it('never makes a second zone of one name, and never deletes one that holds records or is steered', async () => {
    const made = await dnsDesk();
    const again = await type(made, 'zone add -p model -n example.com --apply', 'admin-1');
    const steered = await type(made, 'zone delete -p model -z example.com --apply', 'admin-1');
    made.put(made.first, set());
    const full = await type(made, 'zone delete -p model -z example.com --apply', 'admin-1');

    expect(again).toMatchObject({ exit: 2, err: expect.stringContaining('has zone example.com. (zone-1) already') });
    expect(steered).toMatchObject({ exit: 3, err: expect.stringContaining('REFUSED steered-record') });
    expect(full).toMatchObject({ exit: 3, err: expect.stringContaining('still has 1 record sets') });
    expect(made.first.zones).toHaveLength(1);
  });
});

describe('one zone at two accounts', () => {
  it('differs or not, as an exit code', async () => {
    const made = await dnsDesk();
    made.put(made.first, set(), weighted('east', 10, { name: 'api.example.com.' }));
    made.put(made.second, set({ ttlSeconds: 30 }), weighted('east', 10, { name: 'api.example.com.' }));

    const said = await type(made, 'diff model second -z example.com');
    made.put(made.second, set());
    const same = await type(made, 'diff model second -z example.com');

    expect(said.exit).toBe(1);
    expect(said.out).toBe(
      [
        'example.com.: - model, + second',
        'www.example.com. A (differs)',
        '- ttl 60',
        '+ ttl 30',
        '  192.0.2.1',
        "1 record set differs, 1 is the same. SOA and NS of the zone itself are each vendor's own.",
        '',
      ].join('\n'),
    );
    expect(same.exit).toBe(0);
  });

  it('is copied with its profiles, and is the same afterwards', async () => {
    const made = await dnsDesk();
    made.put(
      made.first,
      weighted('east', 10),
      weighted('west', null),
      geo('eu', { Europe: ['DE'] }),
      set({ name: 'api.example.com.' }),
    );
    made.first.edit('zone-1', geo('eu', {}), null);

    const shown = await type(made, 'copy model second -z example.com');
    const said = await type(made, 'copy model second -z example.com --apply');

    expect(shown).toMatchObject({ exit: 0, out: expect.stringContaining('Nothing has changed yet') });
    expect(said.exit).toBe(0);
    expect((await type(made, 'diff model second -z example.com')).exit).toBe(0);
  });

  it('is not half copied: what cannot be carried over stops it, until it is said to be left out', async () => {
    const made = await dnsDesk();
    made.put(made.first, set({ kept: { healthCheck: 'check-1' } }), set({ name: 'api.example.com.' }));

    const look = await type(made, 'copy model second -z example.com');
    const said = await type(made, 'copy model second -z example.com --apply');
    const before = made.held(made.second).length;
    const rest = await type(made, 'copy model second -z example.com --apply --without-the-rest');

    expect(look.out).toContain('Cannot be carried over:\n  www.example.com. A: loses healthCheck "check-1"');
    expect([look.exit, said.exit, rest.exit]).toEqual([3, 3, 0]);
    expect(before).toBe(0);
    expect(made.held(made.second)).toHaveLength(2);
  });
});
