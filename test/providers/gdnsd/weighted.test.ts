import { describe, expect, it } from 'vitest';
import { loadConfigTree } from '../../../providers/gdnsd/config.ts';
import { takeSnapshot } from '../../../providers/gdnsd/snapshot.ts';
import { weightedStanzas } from '../../../providers/gdnsd/weighted.ts';
import { never } from '../../contracts/steering/world.ts';
import { refusal } from './arrange.ts';

const hostWith = (files: Readonly<Record<string, string>>) => ({
  read: async (path: string) => files[path] ?? null,
  list: async (path: string) => {
    const names = Object.keys(files).flatMap((file) =>
      file.startsWith(`${path}/`) ? [file.slice(path.length + 1)] : [],
    );
    return names.length === 0 ? null : names.filter((name) => !name.includes('/')).sort();
  },
  writeAtomically: async () => {},
  control: async () => ({ code: 0, stdout: '', stderr: '' }),
  exclusively: <T>(work: () => Promise<T>) => work(),
});

const CONFIG = `plugins => { weighted => {
  service_types => up, up_thresh = 0.3
  plain => { a => [ 192.0.2.1, 1 ] b => [ 192.0.2.2, 2 ] }
  own => { service_types => [ web, xmpp ], up_thresh => 1, multi => TRUE, a => [ 192.0.2.1, 1 ] }
  both => { up_thresh => 0.2
    addrs_v4 => { multi => true, a => [ 192.0.2.1, 1 ] }
    addrs_v6 => { a => [ 2001:DB8:0::1, 1 ], $include{more} }
  }
  names => { a => [ LB1.Example.org., 3 ] }
  groups => { one => { multi => true, a => [ 192.0.2.1, 1 ], b => [ 192.0.2.2, 2 ] } two => { c => [ 192.0.2.3, 4 ] } }
  $include{d}
} }`;

const FILES = {
  '/etc/gdnsd/config': CONFIG,
  '/etc/gdnsd/more': 'b => [ 2001:db8::2, 5 ]',
  '/etc/gdnsd/d/one': 'first => { a => [ 192.0.2.1, 1 ] }',
  '/etc/gdnsd/d/two': 'second => $include{../file}',
  '/etc/gdnsd/file': 'a => [ 192.0.2.1, 1 ]\nb => [ 192.0.2.2, 1 ]',
};

const stanzas = async () => weightedStanzas(await loadConfigTree(hostWith(FILES), '/etc/gdnsd', never()));

describe('the weighted plugin of a config', () => {
  it('inherits its settings from the plugin to the resource to the family, with the defaults of gdnsd', async () => {
    const told = (await stanzas()).map(({ resource, family, shape, upThreshold, serviceTypes }) =>
      [resource, family, shape, upThreshold, serviceTypes.join('+')].join(' '),
    );

    expect(told).toEqual([
      'plain addrs_v4 single 0.3 up',
      'own addrs_v4 multi 1 web+xmpp',
      'both addrs_v4 multi 0.2 up',
      'both addrs_v6 single 0.2 up',
      'names cname single 0.3 up',
      'groups addrs_v4 grouped 0.3 up',
      'first addrs_v4 single 0.3 up',
      'second addrs_v4 single 0.3 up',
    ]);
  });

  it('names values as gdnsd names its states: short addresses, names as they are written', async () => {
    const values = (await stanzas()).flatMap(({ items }) => items.map(({ value }) => value));

    expect(values).toContain('2001:db8::1');
    expect(values).toContain('LB1.Example.org.');
  });

  it('knows the one file that all items of a resource stand in, and that there are several', async () => {
    const told = (await stanzas()).map(({ resource, family, file }) => [resource, family, file]);

    expect(told).toContainEqual(['second', 'addrs_v4', '/etc/gdnsd/file']);
    expect(told).toContainEqual(['first', 'addrs_v4', '/etc/gdnsd/d/one']);
    expect(told).toContainEqual(['both', 'addrs_v6', null]);
  });

  it.each([
    ['an include of itself', { '/etc/gdnsd/config': '$include{config}' }, 'unreadable', /more than 10 deep/],
    ['an include of nothing', { '/etc/gdnsd/config': '$include{gone}' }, 'unreadable', /there is no such file/],
    ['no config', {}, 'not-found', /check `configDirectory`/],
    [
      'a list for keys',
      { '/etc/gdnsd/config': '$include{l}', '/etc/gdnsd/l': '[ a ]' },
      'unreadable',
      /keys and values/,
    ],
    [
      'a weight that is none',
      { '/etc/gdnsd/config': 'plugins => { weighted => { x => { a => [ 192.0.2.1, many ] } } }' },
      'unreadable',
      /weighted!x/,
    ],
  ])('is unreadable with %s', async (_, files, kind, message) => {
    const settings = { configDirectory: '/etc/gdnsd', stateDirectory: '/var' };

    const met = await refusal(takeSnapshot(hostWith(files), settings, [], never()));

    expect(met.kind).toBe(kind);
    expect(met.message).toMatch(message);
  });

  it.each([
    ['options => { listen => 192.0.2.53 }', ['192.0.2.53:53']],
    [
      'options => { dns_port => 5353, listen => [ 127.0.0.1, "[::1]:53", ::1 ] }',
      ['127.0.0.1:5353', '[::1]:53', '[::1]:5353'],
    ],
    ['options => { listen => { 192.0.2.1:54 => { }, 192.0.2.2 => { } } }', ['192.0.2.1:54', '192.0.2.2:53']],
    ['options => { listen => any, dns_port => 5 }', ['127.0.0.1:5']],
    ['', ['127.0.0.1:53']],
  ])('is asked where %s says', async (config, servers) => {
    const settings = { configDirectory: '/etc/gdnsd', stateDirectory: '/var' };

    const snapshot = await takeSnapshot(hostWith({ '/etc/gdnsd/config': config }), settings, [], never());

    expect(snapshot.servers).toEqual(servers);
  });
});
