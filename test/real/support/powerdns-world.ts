import { fetchTransport, type HttpTransport } from '../../../providers/http.ts';
import { openProvider } from '../../../providers/registry.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import type { OpenedProvider } from '../../../providers/vendor.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { ProviderConfig } from '../../../src/domain/config.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { COMMENTS, OTHER, OTHER_KEY } from '../../contracts/records/powerdns-world.ts';
import type { RecordsWorld } from '../../contracts/records/world.ts';
import {
  addressOf,
  BEGINNING,
  choicesOf,
  luaSet,
  MEMBERS,
  powerDnsConfig,
  SECRETS,
  type Way,
  type Weights,
  written,
} from '../../contracts/steering/powerdns-world.ts';
import type { SteeringWorld, WorldFault } from '../../contracts/steering/world.ts';
import { namedMembers } from '../../support/named-members.ts';
import { providerDeps } from '../../support/provider-deps.ts';
import { faultyDns } from './dns-servers/faulty-dns.ts';
import type { RunKey } from './dns-servers/key.ts';
import type { PowerDns } from './dns-servers/powerdns.ts';
import { addressesAt, ZONES } from './rfc2136-world.ts';

interface Zone {
  readonly rrsets: readonly {
    name: string;
    type: string;
    ttl: number;
    records: readonly { content: string }[];
    comments: Json;
  }[];
}

export const accountAt = (server: PowerDns, way: Way): ProviderConfig =>
  powerDnsConfig(way, {
    endpoint: `http://127.0.0.1:${server.apiPort}`,
    nameServers: [`127.0.0.1:${server.port}`],
    settings: way === 'update' ? { update: { server: `127.0.0.1:${server.port}`, keyName: 'steer.' } } : {},
  });

/** Everything but what a zone is born with taken away, and these sets put there. */
export const resetZone = async (server: PowerDns, zone: string, rrsets: readonly unknown[]): Promise<void> => {
  const { rrsets: held } = (await server.call('GET', `/zones/${zone}.`)) as Zone;
  const gone = held
    .filter(({ type }) => type !== 'SOA' && type !== 'NS')
    .map(({ name, type }) => ({ name, type, changetype: 'DELETE', records: [] }));
  const apart = held.filter(({ name, type }) => type === 'NS' && name !== `${zone}.`);
  const more = apart.map(({ name, type }) => ({ name, type, changetype: 'DELETE', records: [] }));
  if (gone.length + more.length > 0) await server.call('PATCH', `/zones/${zone}.`, { rrsets: [...gone, ...more] });
  if (rrsets.length > 0) await server.call('PATCH', `/zones/${zone}.`, { rrsets });
};

/** Sockets with faults of the connection between, for the API. */
export const faultyHttp = () => {
  const waiting: { readonly on: 'read' | 'write'; readonly fault: WorldFault }[] = [];
  let [requests, landed] = [0, 0];
  let onHung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });
  const hang = (signal: AbortSignal): Promise<never> => {
    onHung();
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
  };
  const http: HttpTransport = async (request, signal) => {
    const at = waiting.findIndex(({ on }) => (on === 'read') === (request.method === 'GET'));
    const fault = at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
    if (fault === 'reset-before') throw new Error('the connection was reset');
    if (fault === 'hang-before') return hang(signal);
    requests += 1;
    const answer = await fetchTransport(request, signal);
    if (request.method === 'PATCH' && answer.status === 204) landed += 1;
    if (fault === 'reset-after') throw new Error('the connection was reset');
    if (fault === 'hang-after') return hang(signal);
    return fault === 'garbage' ? { ...answer, status: 200, body: '<html>bad gateway</html>' } : answer;
  };
  return {
    http,
    fail: (on: 'read' | 'write', fault: WorldFault): void => void waiting.push({ on, fault }),
    hung: () => isHung,
    counts: () => ({ requests, landed }),
  };
};

export interface OpenedAt {
  readonly opened: OpenedProvider;
  readonly line: ReturnType<typeof faultyHttp>;
  readonly updates: ReturnType<typeof faultyDns>;
  /** Whatever the config points at holds other secrets from now on. */
  readonly forget: () => void;
}

export const openAt = async (server: PowerDns, key: RunKey, way: Way): Promise<OpenedAt> => {
  const [line, updates] = [faultyHttp(), faultyDns()];
  let secrets: Readonly<Record<string, string>> = { STEER_PDNS: server.apiKey, STEER_TSIG: key.secret };
  const opened = await openProvider(
    accountAt(server, way),
    null,
    providerDeps({
      clock: systemClock,
      policy: barePolicy,
      http: line.http,
      ...updates,
      secret: async (source) => ('env' in source ? (secrets[source.env] ?? null) : null),
    }),
  );
  const forget = (): void => {
    secrets = SECRETS;
  };
  return { opened, line, updates, forget };
};

/** Zones as every world begins, on a server that lives longer than one world. */
export const arrangeAt = async (server: PowerDns, key: RunKey, way: Way): Promise<SteeringWorld> => {
  for (const [zone, rrsets] of Object.entries(BEGINNING)) await resetZone(server, zone, rrsets);
  const began = systemClock.now();
  const { opened, line, updates, forget } = await openAt(server, key, way);

  const held = async (ref: SetRef) => {
    const { rrsets } = (await server.call('GET', `/zones/${ref.zone}?rrset_name=${ref.name}`)) as Zone;
    const set = rrsets.find(({ type }) => type === 'LUA');
    return { ttl: set?.ttl ?? null, weights: choicesOf((set?.records ?? []).map(({ content }) => content)) };
  };
  const edit = async (ref: SetRef, change: (weights: Weights) => Weights, ttl = 60): Promise<void> => {
    const { weights } = await held(ref);
    await server.call('PATCH', `/zones/${ref.zone}`, { rrsets: [luaSet(ref.name, [written(change(weights))], ttl)] });
  };
  const mapped = (member: string, to: (weight: number) => readonly [string, number]) => (weights: Weights) =>
    weights.map(([value, weight]) => (value === addressOf(member) ? to(weight) : ([value, weight] as const)));

  return {
    steering: namedMembers(opened.steering, MEMBERS),
    zones: { home: 'example.com.', other: 'example.net.' },
    propagationMs: 0,
    advance: async () => {},
    foreigner: {
      edit: async (ref, member, field) => {
        if (field === 'weight')
          await edit(
            ref,
            mapped(member, () => [addressOf(member), 99]),
          );
        if (field === 'ttl') await edit(ref, (weights) => weights, 300);
        if (field === 'value')
          await edit(
            ref,
            mapped(member, (weight) => ['203.0.113.9', weight]),
          );
      },
      remove: (ref, member) => edit(ref, (weights) => weights.filter(([value]) => value !== addressOf(member))),
      add: (ref, member, weight) =>
        edit(ref, (weights) => [
          ...weights.filter(([value]) => value !== addressOf(member)),
          [addressOf(member), weight],
        ]),
      fence: async (zone, { store, epoch }) => {
        const records = [{ content: `"steer store=${store} epoch=${epoch}"`, disabled: false }];
        const rrsets = [{ name: `_steer.${zone}`, type: 'TXT', ttl: 60, changetype: 'REPLACE', records }];
        await server.call('PATCH', `/zones/${zone}`, { rrsets });
      },
    },
    fail: (on, fault) => {
      if (fault === 'unauthorised') forget();
      else if (on === 'write' && way === 'update') updates.fail(on, fault);
      else line.fail(on, fault);
    },
    hung: () => Promise.race([line.hung(), updates.hung()]),
    landedWrites: () => (way === 'update' ? updates.counts().landed : line.counts().landed),
    isAnswered: async (ref, member) => {
      for (let asked = 0; asked < 60; asked += 1)
        if ((await addressesAt(server.port, ref.name)).includes(addressOf(member))) return true;
      return false;
    },
    unmanaged: async (ref): Promise<Json> => {
      const { ttl, weights } = await held(ref);
      return { ttl, values: weights.map(([value]) => value) };
    },
    paced: () => ({
      requests: line.counts().requests + updates.counts().messages,
      elapsedMs: systemClock.now() - began,
    }),
  };
};

/** Two empty zones on a server that lives longer than one world. */
export const arrangeRecordsAt = async (server: PowerDns, key: RunKey): Promise<RecordsWorld> => {
  // What a case takes away is there again for the next.
  const zones = (await server.call('GET', '/zones')) as readonly { name: string }[];
  for (const zone of ZONES)
    if (!zones.some(({ name }) => name === `${zone}.`))
      await server.call('POST', '/zones', {
        name: `${zone}.`,
        kind: 'Native',
        nameservers: [],
        soa_edit_api: 'INCREASE',
      });
  if (zones.some(({ name }) => name === 'zonetest.example.com.'))
    await server.call('DELETE', '/zones/zonetest.example.com.');
  for (const zone of ZONES) await resetZone(server, zone, []);
  const { opened, line, forget } = await openAt(server, key, 'api');
  const { records } = opened;
  if (records === null) throw new Error('no records');
  const held = async (zone: string, name: string, type: string) => {
    const { rrsets } = (await server.call('GET', `/zones/${zone}?rrset_name=${name}&rrset_type=${type}`)) as Zone;
    return rrsets[0];
  };
  return {
    records,
    zones: { home: 'example.com.', other: 'example.net.', absent: 'example.org.' },
    propagationMs: 0,
    advance: async () => {},
    foreigner: {
      mark: async (zone, { name, type }) => {
        const set = { ...(await held(zone, name, type)), changetype: 'REPLACE', comments: COMMENTS };
        await server.call('PATCH', `/zones/${zone}`, { rrsets: [set] });
      },
      other: async (zone) => {
        await server.call('PATCH', `/zones/${zone}`, { rrsets: [OTHER] });
        return OTHER_KEY;
      },
      zones: () => Promise.reject(new Error('the server lists all zones at once')),
    },
    beside: async (zone, { name, type }) => (await held(zone, name, type))?.comments ?? null,
    aliases: () => Promise.reject(new Error('the server has no aliases')),
    fail: (on, fault) => {
      if (fault === 'unauthorised') forget();
      else line.fail(on, fault);
    },
    hung: line.hung,
    landedWrites: () => line.counts().landed,
    rotate: () => Promise.reject(new Error('the key of a server that runs stays')),
  };
};
