import { isPlain, known, list, type Plain, text, whole } from './objects.ts';
import { invalid, Refusal } from './refusal.ts';
import { directional } from './validate-directional.ts';
import { assertOnce, record, TYPES } from './validate-records.ts';
import { orderOf, siteBacker, trafficController, type Words } from './validate-traffic.ts';

/** One record set as the vendor keeps it. */
export interface HeldSet {
  readonly owner: string;
  readonly type: string;
  readonly ttl: number | undefined;
  readonly rdata: readonly string[];
  readonly profile: Plain | undefined;
}

const LONGEST_TTL = 2_147_483_647;
const POOL_TYPES = ['A', 'AAAA'];
const DIRECTIONAL_TYPES = ['A', 'AAAA', 'PTR', 'MX', 'TXT', 'SRV', 'NAPTR', 'SPF'];

export const contextOf = (profile: Plain | undefined): string =>
  profile === undefined ? 'plain' : (/([A-Za-z]+)\.jsonschema$/.exec(String(profile['@context']))?.[1] ?? 'unknown');

const profileOf = (set: HeldSet, words: Words): Plain | undefined => {
  const { profile, type, rdata, owner, ttl } = set;
  if (profile === undefined) return undefined;
  const context = contextOf(profile);
  if (context === 'DirPool') {
    if (!DIRECTIONAL_TYPES.includes(type)) throw invalid(`a directional pool of ${type}`);
    return directional(profile, rdata.length, owner, ttl);
  }
  if (!POOL_TYPES.includes(type)) {
    throw new Refusal(400, 70004, 'Profile is only applicable for A or AAAA type resource record.');
  }
  if (context === 'TCPool') return trafficController(type, profile, rdata.length, words);
  if (context === 'SBPool') return siteBacker(type, profile, rdata.length, words);
  if (context === 'RDPool') {
    known('profile', profile, ['@context', 'order', 'description']);
    return { '@context': profile['@context'], order: orderOf(profile), description: profile['description'] ?? '' };
  }
  if (context === 'SFPool' || context === 'SLBPool') return profile;
  throw new Refusal(400, 110004, 'Given profile information is not valid.');
};

const assertCount = (type: string, count: number, profile: Plain | undefined): void => {
  if (count === 0) throw new Refusal(400, 70005, 'At least one field must be specified: rdata or profile');
  if (profile === undefined && count > 1 && POOL_TYPES.includes(type)) {
    throw invalid('several records of one name need a pool profile');
  }
  if (['CNAME', 'SOA', 'APEXALIAS'].includes(type) && count > 1) throw invalid(`more than one ${type} record`);
};

export interface Rules {
  readonly words: Words;
  /** Whether one value may stand in several groups of a directional pool: nobody has published it. */
  readonly sharedRecords: boolean;
}

/** The body of a POST or PUT as the vendor would keep it; throws the vendor's refusal. */
export const heldSet = (owner: string, type: string, body: unknown, { words, sharedRecords }: Rules): HeldSet => {
  if (!isPlain(body)) throw invalid('the body is no object');
  known('a record set', body, ['ownerName', 'rrtype', 'ttl', 'rdata', 'profile']);
  const named = body['ownerName'];
  if (named !== undefined && text('ownerName', named).replace(/\.$/, '') !== owner.replace(/\.$/, '')) {
    throw invalid('ownerName differs from the path');
  }
  const typed = body['rrtype'];
  if (typed !== undefined && text('rrtype', typed).split(' ')[0] !== type)
    throw invalid('rrtype differs from the path');
  const profile = body['profile'];
  if (profile !== undefined && !isPlain(profile)) throw invalid('profile');
  const mayBeName = profile !== undefined && POOL_TYPES.includes(type);
  const rdata = list('rdata', body['rdata']).map((value) => record(type, value, mayBeName));
  if (!sharedRecords || contextOf(profile) !== 'DirPool') assertOnce(rdata);
  assertCount(type, rdata.length, profile);
  const ttl = body['ttl'] === undefined ? undefined : whole('ttl', body['ttl'], 0, LONGEST_TTL);
  const set: HeldSet = { owner, type, ttl: ttl ?? (profile === undefined ? 86_400 : undefined), rdata, profile };
  const settled = profileOf(set, words);
  const isDirectional = contextOf(settled) === 'DirPool';
  return { ...set, ttl: isDirectional ? undefined : (set.ttl ?? 86_400), profile: settled };
};

export const isType = (type: string): boolean => TYPES[type] !== undefined;
