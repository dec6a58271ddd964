import { Resolver } from 'node:dns/promises';
import { openProvider } from '../../../providers/registry.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { nothingBeside } from '../../contracts/records/rfc2136-world.ts';
import type { RecordsWorld } from '../../contracts/records/world.ts';
import { POOLS, rfc2136Config, SETTINGS } from '../../contracts/steering/rfc2136-world.ts';
import type { SteeringWorld } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import type { Daemon } from './dns-servers/daemon.ts';
import { faultyDns } from './dns-servers/faulty-dns.ts';
import { nsupdate, type RunKey, transferred } from './dns-servers/key.ts';

export const ZONES = ['example.com', 'example.net'];

const poolOf = (name: string, member: string): readonly string[] => POOLS[`${name} A`]?.[member] ?? [];

const adding = (name: string, values: readonly string[], ttl = 60): string[] =>
  values.map((value) => `update add ${name} ${ttl} A ${value}`);

const publishing = (name: string, weights: Readonly<Record<string, number>>): string[] => [
  `update delete ${name}`,
  ...Object.entries(weights).flatMap(([member, weight]) => adding(name, poolOf(name, member).slice(0, weight))),
];

/** What the server answers to anybody, asked by Node's own resolver. */
export const addressesAt = async (port: number, name: string): Promise<readonly string[]> => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return resolver.resolve4(name).catch(() => []);
};

export const accountAt = (server: Daemon, key: RunKey) =>
  rfc2136Config({
    endpoint: `dns://127.0.0.1:${server.port}`,
    nameServers: [],
    settings: JSON.parse(JSON.stringify({ ...SETTINGS, keyAlgorithm: key.algorithm })),
  });

/** Zones as every world begins, on a server that lives longer than one world. */
export const arrangeAt = async (server: Daemon, key: RunKey): Promise<SteeringWorld> => {
  const { port } = server;
  const hand = (zone: string, lines: readonly string[]) => nsupdate(port, key, zone, lines);
  await hand('example.com', [
    'update delete _steer.example.com.',
    ...publishing('www.example.com.', { east: 2, west: 2 }),
    ...publishing('api.example.com.', { east: 2, west: 2 }),
  ]);
  await hand('example.net', [
    'update delete _steer.example.net.',
    ...publishing('far.example.net.', { east: 1, west: 3 }),
  ]);

  const began = systemClock.now();
  const line = faultyDns();
  let { secret } = key;
  const { steering } = await openProvider(
    accountAt(server, key),
    null,
    providerDeps({ clock: systemClock, policy: barePolicy, ...line, secret: async () => secret }),
  );
  const edit = (ref: SetRef, lines: readonly string[]) => hand(ref.zone, lines);
  const gone = (ref: SetRef, values: readonly string[]) =>
    values.map((value) => `update delete ${ref.name} A ${value}`);
  const retold = async (ref: SetRef) => {
    const held = await addressesAt(port, ref.name);
    return [`update delete ${ref.name} A`, ...adding(ref.name, held, 300)];
  };

  return {
    steering,
    zones: { home: 'example.com.', other: 'example.net.' },
    propagationMs: 0,
    advance: async () => {},
    foreigner: {
      edit: async (ref, member, field) => {
        const pool = poolOf(ref.name, member);
        if (field === 'weight') await edit(ref, adding(ref.name, pool));
        if (field === 'ttl') await edit(ref, await retold(ref));
        if (field === 'value') await edit(ref, [...gone(ref, pool.slice(0, 1)), ...adding(ref.name, ['203.0.113.9'])]);
      },
      remove: (ref, member) => edit(ref, gone(ref, poolOf(ref.name, member))),
      add: (ref, member, weight) => {
        const pool = poolOf(ref.name, member);
        return edit(ref, adding(ref.name, pool.length === 0 ? ['203.0.113.7'] : pool.slice(0, weight)));
      },
      fence: (zone, { store, epoch }) => {
        const name = `_steer.${zone}`;
        return hand(zone, [
          `update delete ${name} TXT`,
          `update add ${name} 60 TXT "steer store=${store} epoch=${epoch}"`,
        ]);
      },
    },
    fail: (on, fault) => {
      if (fault === 'unauthorised') secret = Buffer.from('another secret of this length 123').toString('base64');
      else line.fail(on, fault);
    },
    hung: line.hung,
    landedWrites: () => line.counts().landed,
    isAnswered: async (ref, member) => {
      const held = await addressesAt(port, ref.name);
      return poolOf(ref.name, member).some((address) => held.includes(address));
    },
    unmanaged: async (ref): Promise<Json> => {
      const pooled = Object.values(POOLS[`${ref.name} A`] ?? {}).flat();
      return (await addressesAt(port, ref.name)).filter((address) => !pooled.includes(address)).toSorted();
    },
    paced: () => ({ requests: line.counts().messages, elapsedMs: systemClock.now() - began }),
  };
};

/** Two empty zones on a server that lives longer than one world. */
export const arrangeRecordsAt = async (server: Daemon, key: RunKey): Promise<RecordsWorld> => {
  const known = { ...key };
  const line = faultyDns();
  let { secret } = key;
  const { records } = await openProvider(
    accountAt(server, key),
    null,
    providerDeps({ clock: systemClock, policy: barePolicy, ...line, secret: async () => secret }),
  );
  if (records === null) throw new Error('no records');
  for (const zone of ZONES) await emptied(server, known, zone);
  return {
    ...nothingBeside,
    records,
    zones: { home: 'example.com.', other: 'example.net.', absent: 'example.org.' },
    propagationMs: 0,
    advance: async () => {},
    fail: (on, fault) => {
      if (fault === 'unauthorised') secret = Buffer.from('another secret of this length 123').toString('base64');
      else line.fail(on, fault);
    },
    hung: line.hung,
    landedWrites: () => line.counts().landed,
    rotate: () => Promise.reject(new Error('the key of a server that runs stays')),
  };
};

/** Takes everything away but what a zone is born with, by names out of a transfer of BIND's own tool. */
const emptied = async (server: Daemon, key: RunKey, zone: string): Promise<void> => {
  const names = (await transferred(server.port, key, zone)).filter(
    ({ name, type }) => name !== `${zone}.` || (type !== 'SOA' && type !== 'NS'),
  );
  if (names.length === 0) return;
  const lines = [...new Set(names.map(({ name, type }) => `update delete ${name} ${type}`))];
  await nsupdate(server.port, key, zone, lines);
};
