import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { asAnswered } from './answers.ts';
import { invalid, notFound, noZone, Refusal } from './refusal.ts';
import { contextOf, type HeldSet } from './validate.ts';
import { fqdn, type Zones } from './zones.ts';

const LARGEST_PAGE = 1000;

/** Kinds that the query language knows, by the profile that they have. */
const KINDS: Readonly<Record<string, (context: string) => boolean>> = {
  ALL: () => true,
  RECORDS: (context) => context === 'plain',
  POOLS: (context) => context !== 'plain',
  RD_POOLS: (context) => context === 'RDPool',
  SB_POOLS: (context) => context === 'SBPool',
  TC_POOLS: (context) => context === 'TCPool',
  DIR_POOLS: (context) => context === 'DirPool',
  SF_POOLS: (context) => context === 'SFPool',
  SLB_POOLS: (context) => context === 'SLBPool',
};

const countOf = (what: string, value: string | undefined, otherwise: number, most: number): number => {
  if (value === undefined) return otherwise;
  if (!/^\d+$/.test(value)) throw invalid(what);
  if (Number(value) > most) {
    const message = 'Invalid Page Limit, the maximum number of records that can be retrieved are restricted to 1000.';
    throw new Refusal(400, 22_000, message);
  }
  return Number(value);
};

const matching = (sets: readonly HeldSet[], q: string | undefined): readonly HeldSet[] => {
  const terms = (q ?? '').split(' ').filter((term) => term !== '');
  return terms.reduce<readonly HeldSet[]>((left, term) => {
    const [field = '', value = ''] = term.split(':');
    if (field === 'owner') return left.filter(({ owner }) => owner.includes(value.toLowerCase()));
    const kinds = value.split(',').map((kind) => KINDS[kind]);
    if (field !== 'kind' || kinds.includes(undefined)) throw new Refusal(400, 200_001, 'Kind not supported.');
    return left.filter(({ profile }) => kinds.some((fits) => fits?.(contextOf(profile))));
  }, sets);
};

const onlyKnown = (query: FakeRequest['query'], keys: readonly string[]): void => {
  const strange = Object.keys(query).filter((key) => !keys.includes(key));
  if (strange.length > 0) throw invalid(`no parameter ${strange.join(', ')}`);
};

/** A page of the record sets of a zone, by offset. */
export const listSets = (
  zones: Zones,
  { query }: FakeRequest,
  at: { readonly zone: string; readonly type: string | null; readonly owner: string | null },
  ill: ReadonlySet<string>,
): FakeResponse => {
  onlyKnown(query, ['q', 'offset', 'limit', 'sort', 'reverse']);
  const all = zones
    .sets(at.zone)
    .filter(({ type }) => at.type === null || at.type === 'ANY' || type === at.type)
    .filter(({ owner }) => at.owner === null || fqdn(owner) === fqdn(at.owner));
  const sets = matching(all, query['q']);
  if (sets.length === 0) throw notFound();
  const limit = countOf('limit', query['limit'], 100, LARGEST_PAGE);
  const offset = countOf('offset', query['offset'], 0, Number.MAX_SAFE_INTEGER);
  const page = sets.slice(offset, offset + limit);
  return json(200, {
    zoneName: at.zone,
    rrSets: page.map((set) => asAnswered(set, ill)),
    queryInfo: { sort: 'OWNER', reverse: false, limit, ...(query['q'] === undefined ? {} : { q: query['q'] }) },
    resultInfo: { totalCount: sets.length, offset, returnedCount: page.length },
  });
};

export const zoneAnswer = (zones: Zones, name: string, account: string) => {
  if (!zones.has(name)) throw noZone();
  return {
    properties: {
      name: fqdn(name),
      accountName: account,
      owner: account,
      type: 'PRIMARY',
      dnssecStatus: 'UNSIGNED',
      status: 'ACTIVE',
      resourceRecordCount: zones.sets(name).length,
      lastModifiedDateTime: '2026-01-05T10:00Z',
    },
  };
};

/** A page of zones, by cursor: the name it goes on after, in base64. */
export const listZones = (zones: Zones, { query }: FakeRequest, account: string): FakeResponse => {
  onlyKnown(query, ['q', 'cursor', 'limit', 'sort', 'reverse']);
  const limit = countOf('limit', query['limit'], 100, LARGEST_PAGE);
  const [, wanted] = /(?:^| )name:(\S+)/.exec(query['q'] ?? '') ?? [];
  const names = zones.names().filter((name) => wanted === undefined || name.includes(wanted.toLowerCase()));
  if (names.length === 0) throw notFound();
  const after = query['cursor'] === undefined ? '' : atob(query['cursor']);
  const left = names.filter((name) => name > after);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return json(200, {
    queryInfo: { q: query['q'] ?? '', sort: 'name', reverse: false, limit },
    cursorInfo: last !== undefined && left.length > page.length ? { next: btoa(last) } : {},
    zones: page.map((name) => zoneAnswer(zones, name, account)),
  });
};
