import { type FakeResponse, json } from '../../fake-kit/wire.ts';
import { FAKE_RECORD, type FakeRecord, type FakeRecordInput, FIELDS_OF_TYPE } from './record-schema.ts';
import { Refusal } from './refusal.ts';
import { type FakeState, type FakeZone, nextId, recordKey } from './state.ts';

export const shownRecord = (record: FakeRecord): unknown => ({
  ...record,
  tier: record.filters.length > 0 ? 2 : 1,
  networks: [0],
  feeds: [],
});

const OUTPUTS = ['id', 'tier', 'networks', 'feeds'];

/** Throws what NS1 would say to a body that it does not take. */
const readInput = (body: unknown): FakeRecordInput => {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const given = Object.fromEntries(entries.filter(([key]) => !OUTPUTS.includes(key)));
  const read = FAKE_RECORD.safeParse(typeof body === 'object' ? given : body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(400, `invalid record at ${issue?.path.join('.') || 'its top'}: ${issue?.message}`);
};

const assertPlace = (input: FakeRecordInput, zone: FakeZone, domain: string, type: string): void => {
  const isElsewhere =
    (input.zone !== undefined && input.zone !== zone.name) ||
    (input.domain !== undefined && input.domain !== domain) ||
    (input.type !== undefined && input.type !== type);
  if (isElsewhere) throw new Refusal(400, 'zone, domain and type of the body must be those of the path');
  if (domain !== zone.name && !domain.endsWith(`.${zone.name}`)) {
    throw new Refusal(400, `${domain} does not lie in the zone ${zone.name}`);
  }
};

const assertSound = (record: FakeRecord): void => {
  const fields = FIELDS_OF_TYPE[record.type];
  if (fields === undefined) throw new Refusal(400, `there is no record type ${record.type}`);
  const isLinked = record.link !== null && record.link !== '';
  if (isLinked && record.answers.length > 0) throw new Refusal(400, 'a linked record has no answers of its own');
  for (const { answer, region } of record.answers) {
    if (answer.length !== fields) throw new Refusal(400, `an answer of type ${record.type} has ${fields} fields`);
    if (region !== undefined && record.regions[region] === undefined) {
      throw new Refusal(400, `the region ${region} of an answer is not among the regions`);
    }
  }
};

const withIds = (record: FakeRecord, state: FakeState): FakeRecord => ({
  ...record,
  answers: record.answers.map((answer) => ({ ...answer, id: answer.id ?? nextId(state) })),
});

/** The record after a PUT (on nothing) or a POST (on `held`): what is sent replaces, what is not sent stays. */
export const writtenRecord = (
  body: unknown,
  state: FakeState,
  zone: FakeZone,
  place: { readonly domain: string; readonly type: string },
  held: FakeRecord | undefined,
): FakeRecord => {
  const input = readInput(body);
  assertPlace(input, zone, place.domain, place.type);
  if (held === undefined && input.answers === undefined && !input.link) throw new Refusal(400, 'answers are needed');
  const record: FakeRecord = {
    id: held?.id ?? nextId(state),
    zone: zone.name,
    ...place,
    ttl: input.ttl ?? held?.ttl ?? zone.ttl,
    use_client_subnet: input.use_client_subnet ?? held?.use_client_subnet ?? true,
    link: input.link ?? held?.link ?? null,
    answers: input.answers ?? held?.answers ?? [],
    filters: input.filters ?? held?.filters ?? [],
    regions: input.regions ?? held?.regions ?? {},
    meta: input.meta ?? held?.meta ?? {},
  };
  assertSound(record);
  return withIds(record, state);
};

interface RecordCall {
  readonly method: string;
  readonly domain: string;
  readonly type: string;
  readonly body: () => unknown;
}

export const answerRecord = ({ method, domain, type, body }: RecordCall, state: FakeState, zone: FakeZone) => {
  const key = recordKey(domain, type);
  const held = zone.records.get(key);
  const place = { domain, type };
  const land = (record: FakeRecord): FakeResponse => {
    zone.records.set(key, record);
    state.landed += 1;
    return json(200, shownRecord(record));
  };
  if (method === 'PUT') {
    if (held !== undefined) throw new Refusal(400, 'record already exists');
    return land(writtenRecord(body(), state, zone, place, undefined));
  }
  if (held === undefined) throw new Refusal(404, 'record not found');
  switch (method) {
    case 'GET':
      return json(200, shownRecord(held));
    case 'POST':
      return land(writtenRecord(body(), state, zone, place, held));
    case 'DELETE':
      zone.records.delete(key);
      state.landed += 1;
      return json(200, {});
    default:
      throw new Refusal(405, 'method not allowed');
  }
};
