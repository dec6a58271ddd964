import { parsedBody, validated } from './balancers.ts';
import { paged, Refusal, succeeded } from './envelope.ts';
import { BATCH, NEW_RECORD, type NewRecord } from './record-shapes.ts';
import type { Route } from './route.ts';
import { type FakeRecord, type FakeZone, timeText } from './state.ts';

/** Of a free plan (https://developers.cloudflare.com/dns/manage-dns-records/how-to/batch-record-changes/, 2026-11). */
const MOST_IN_A_BATCH = 200;

const [USUAL_PAGE, LARGEST_PAGE] = [100, 5_000_000];

const PROXIABLE: readonly string[] = ['A', 'AAAA', 'CNAME'];

const shownRecord = ({ modifiedAt, comment, proxied, ...record }: FakeRecord): Record<string, unknown> => ({
  ...record,
  ...(comment === null ? {} : { comment }),
  ...(PROXIABLE.includes(record.type) ? { proxied } : {}),
  proxiable: PROXIABLE.includes(record.type),
  meta: {},
  created_on: timeText(0),
  modified_on: timeText(modifiedAt),
});

const fullName = (zone: FakeZone, name: string): string => {
  if (name === '@') return zone.name;
  const lower = name.toLowerCase();
  if (lower === zone.name || lower.endsWith(`.${zone.name}`)) return lower;
  // A name outside the zone counts as relative to it.
  return `${lower}.${zone.name}`;
};

/** The vendor renders what it was given in parts; nobody writes this text. */
const contentOf = (given: NewRecord): string =>
  'content' in given ? given.content : Object.values(given.data).join(' ');

const made = (zone: FakeZone, id: string, raw: unknown, now: number): FakeRecord => {
  const given = validated(NEW_RECORD, raw, 9000);
  const proxied = 'proxied' in given && given.proxied === true;
  return {
    id,
    type: given.type,
    name: fullName(zone, given.name),
    content: contentOf(given),
    // A proxied record has no TTL of its own.
    ttl: proxied ? 1 : (given.ttl ?? 1),
    proxied,
    ...('priority' in given ? { priority: given.priority } : {}),
    ...('data' in given ? { data: given.data } : {}),
    comment: given.comment === undefined || given.comment === '' ? null : given.comment,
    tags: given.tags ?? [],
    modifiedAt: now,
  };
};

const assertFits = (records: ReadonlyMap<string, FakeRecord>, record: FakeRecord): void => {
  const others = [...records.values()].filter(({ id, name }) => id !== record.id && name === record.name);
  const isTwin = (other: FakeRecord): boolean =>
    other.type === record.type && other.content === record.content && other.priority === record.priority;
  if (others.some(isTwin)) throw new Refusal(400, 81058, 'An identical record already exists.');
  const [exclusive, near] = [record.type === 'CNAME', others.filter(({ type }) => type !== 'TXT' && type !== 'MX')];
  const clash = exclusive
    ? near.some(({ type }) => ['A', 'AAAA', 'CNAME'].includes(type))
    : ['A', 'AAAA'].includes(record.type) && near.some(({ type }) => type === 'CNAME');
  if (clash) throw new Refusal(400, 81053, 'An A, AAAA, or CNAME record with that host already exists.');
};

export const recordsRoutes = (newId: () => string): readonly Route[] => [
  {
    method: 'GET',
    path: /^\/zones\/([^/]+)\/dns_records$/,
    run: ({ zone, request: { query } }) => {
      const rows = [...zone().records.values()].filter(
        ({ name, type }) =>
          (query['name'] === undefined || name === query['name']) &&
          (query['type'] === undefined || type === query['type']),
      );
      return paged(rows.map(shownRecord), query, USUAL_PAGE, LARGEST_PAGE);
    },
  },
  {
    method: 'POST',
    path: /^\/zones\/([^/]+)\/dns_records\/batch$/,
    run: ({ zone, request, now }) => {
      const its = zone();
      const { deletes = [], puts = [], posts = [] } = validated(BATCH, parsedBody(request.body), 9207);
      if (deletes.length + puts.length + posts.length > MOST_IN_A_BATCH) {
        throw new Refusal(400, 9207, `a batch holds at most ${MOST_IN_A_BATCH} changes`);
      }
      const next = new Map(its.records);
      const taken = (id: string): FakeRecord => {
        const record = next.get(id);
        if (record === undefined) throw new Refusal(404, 81044, 'Record does not exist.');
        return record;
      };
      const land = (record: FakeRecord): FakeRecord => {
        assertFits(next, record);
        next.set(record.id, record);
        return record;
      };
      const gone = deletes.map(({ id }) => {
        const record = taken(id);
        next.delete(id);
        return record;
      });
      const replaced = puts.map(({ id, ...record }) => land(made(its, taken(id).id, record, now)));
      const added = posts.map((record) => land(made(its, newId(), record, now)));
      its.records.clear();
      for (const [id, record] of next) its.records.set(id, record);
      return succeeded({
        deletes: gone.map(shownRecord),
        patches: [],
        puts: replaced.map(shownRecord),
        posts: added.map(shownRecord),
      });
    },
  },
];
