import { z } from 'zod';
import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { Refusal } from './refusal.ts';
import { type FakeState, type FakeZone, nextId, recordKey } from './state.ts';

const FAKE_ZONE = z.strictObject({
  zone: z.string().optional(),
  ttl: z.int().min(1).max(2_147_483_647).optional(),
  hostmaster: z.string().includes('@').optional(),
});

const SERVERS = ['dns1.p01.nsone.net', 'dns2.p01.nsone.net'];

/** A zone as it is made, with the NS record of its apex. */
export const newZone = (state: FakeState, name: string, ttl = 3600, hostmaster = 'hostmaster@nsone.net'): FakeZone => {
  const answers = SERVERS.map((server) => ({ id: nextId(state), answer: [server] }));
  const apex = {
    id: nextId(state),
    zone: name,
    domain: name,
    type: 'NS',
    ttl,
    use_client_subnet: true,
    link: null,
    answers,
    filters: [],
    regions: {},
    meta: {},
  };
  return { name, ttl, hostmaster, records: new Map([[recordKey(name, 'NS'), apex]]) };
};

const shown = ({ name, ttl, hostmaster }: FakeZone) => ({
  id: name,
  zone: name,
  ttl,
  hostmaster,
  nx_ttl: 3600,
  serial: 1,
  dns_servers: SERVERS,
  networks: [0],
});

const shownWithRecords = (zone: FakeZone): unknown => ({
  ...shown(zone),
  records: [...zone.records.values()].map(({ id, domain, type, ttl, answers, filters }) => ({
    id,
    domain,
    type,
    ttl,
    tier: filters.length > 0 ? 2 : 1,
    short_answers: answers.map(({ answer }) => answer.join(' ')),
  })),
});

const readBody = (body: unknown, name: string): z.infer<typeof FAKE_ZONE> => {
  const read = FAKE_ZONE.safeParse(body);
  if (!read.success) throw new Refusal(400, `invalid zone: ${read.error.issues[0]?.message}`);
  if (read.data.zone !== undefined && read.data.zone !== name) throw new Refusal(400, 'a zone keeps its name');
  return read.data;
};

export const zoneIn = (state: FakeState, name: string): FakeZone => {
  const zone = state.zones.get(name);
  if (zone === undefined) throw new Refusal(404, 'zone not found');
  return zone;
};

export const answerZones = (state: FakeState): FakeResponse => json(200, [...state.zones.values()].map(shown));

export const answerZone = (method: string, name: string, body: () => unknown, state: FakeState): FakeResponse => {
  if (method === 'PUT') {
    if (state.zones.has(name)) throw new Refusal(409, 'zone already exists');
    const { ttl, hostmaster } = readBody(body(), name);
    const zone = newZone(state, name, ttl, hostmaster);
    state.zones.set(name, zone);
    state.landed += 1;
    return json(200, shown(zone));
  }
  const zone = zoneIn(state, name);
  switch (method) {
    case 'GET':
      return json(200, shownWithRecords(zone));
    case 'POST': {
      const { zone: _, ...fields } = readBody(body(), name);
      const changed = { ...zone, ttl: fields.ttl ?? zone.ttl, hostmaster: fields.hostmaster ?? zone.hostmaster };
      state.zones.set(name, changed);
      state.landed += 1;
      return json(200, shown(changed));
    }
    case 'DELETE':
      state.zones.delete(name);
      state.landed += 1;
      return json(200, {});
    default:
      throw new Refusal(405, 'method not allowed');
  }
};
