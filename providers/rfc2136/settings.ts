import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import { comparable, encodeName } from '../dns-wire/names.ts';
import { encodeData, presentData } from '../dns-wire/rdata.ts';
import { rrsetKey } from '../dns-wire/rrsets.ts';
import { TSIG_ALGORITHMS } from '../dns-wire/tsig.ts';
import { typeNumber } from '../dns-wire/types.ts';
import { ProviderError } from '../errors.ts';

const isName = (text: string): boolean => {
  try {
    encodeName(text);
    return text.endsWith('.');
  } catch {
    return false;
  }
};

const dnsName = z.string().refine(isName, { error: 'a name with its trailing dot' });

const member = z.string().regex(/^[\w-][\w.-]{0,62}$/, { error: 'a member called by letters, digits, - _ and .' });

const SCHEMA = z.strictObject({
  keyName: dnsName.describe(
    'Name of the TSIG key, with its trailing dot. Its secret is credentials.secrets.tsigSecret.',
  ),
  keyAlgorithm: z.enum(TSIG_ALGORITHMS).default('hmac-sha256').describe('Algorithm of the TSIG key.'),
  granularity: z
    .enum(['record-count', 'whole'])
    .describe('record-count: a member weighs as many addresses as it publishes. whole: it publishes all or none.'),
  pools: z
    .record(z.string(), z.record(member, z.array(z.string().min(1)).min(1)))
    .describe('By "name. TYPE": the values of each member, in the order in which they are published.'),
  zones: z.array(dnsName).default([]).describe('Zones to list: the protocol has no question for them.'),
  transfer: z.boolean().default(true).describe('Whether the key may transfer zones; else records cannot be listed.'),
  soaIsCompared: z
    .boolean()
    .default(true)
    .describe('False where the zone is signed apart from its data, so that the SOA shown is not the one compared.'),
});

/** What one member may publish, in its order. */
export interface Pool {
  readonly member: string;
  /** Presentation format. */
  readonly values: readonly string[];
}

export interface PooledSet {
  readonly name: string;
  readonly type: number;
  readonly pools: readonly Pool[];
}

const COUNTED = ['A', 'AAAA'];
const WHOLE = [...COUNTED, 'CNAME'];

const KEY = /^(\S+\.) ([A-Z]+)$/;

const pooled = (key: string, pools: Readonly<Record<string, readonly string[]>>): PooledSet => {
  const [, name = '', type = ''] = KEY.exec(key) ?? [];
  const number = typeNumber(type);
  const normal = (value: string): string => presentData(number, encodeData(number, value)).toLowerCase();
  return {
    name: comparable(name),
    type: number,
    pools: Object.entries(pools).map(([its, values]) => ({ member: its, values: values.map(normal) })),
  };
};

/** All that is wrong with one set of pools, a sentence each. */
const problemsOf = (
  key: string,
  pools: Readonly<Record<string, readonly string[]>>,
  types: readonly string[],
): string[] => {
  const [, name, type = ''] = KEY.exec(key) ?? [];
  if (name === undefined || !isName(name)) return ['a key such as "www.example.com. A"'];
  if (!types.includes(type)) return [`a set of type ${types.join(' or ')}, not ${type}`];
  if (Object.keys(pools).length === 0) return ['at least one member'];
  try {
    const all = pooled(key, pools).pools.flatMap(({ values }) => values);
    const twice = all.find((value, index) => all.indexOf(value) !== index);
    if (twice !== undefined) return [`each value once, but ${twice} stands there twice`];
    const isWide = Object.values(pools).some((values) => values.length > 1);
    return type === 'CNAME' && isWide ? ['one target for a CNAME'] : [];
  } catch (cause) {
    return [`values of type ${type}: ${cause instanceof Error ? cause.message : String(cause)}`];
  }
};

/** Settings of an account, strict. */
export const settingsSchema = SCHEMA.superRefine(({ pools, granularity }, context) => {
  for (const [key, its] of Object.entries(pools))
    for (const message of problemsOf(key, its, granularity === 'whole' ? WHOLE : COUNTED))
      context.addIssue({ code: 'custom', path: ['pools', key], message });
});

export interface Settings extends Omit<z.infer<typeof SCHEMA>, 'pools'> {
  /** By `rrsetKey`. */
  readonly pools: ReadonlyMap<string, PooledSet>;
}

const settingsOf = ({ pools, ...rest }: z.infer<typeof SCHEMA>): Settings => {
  const sets = Object.entries(pools).map(([key, its]) => pooled(key, its));
  return { ...rest, pools: new Map(sets.map((set) => [rrsetKey(set), set])) };
};

/** Null where they are not what the schema asks for. */
export const readSettings = (settings: Readonly<Record<string, Json>>): Settings | null => {
  const parsed = settingsSchema.safeParse(settings);
  return parsed.success ? settingsOf(parsed.data) : null;
};

/** Throws `rejected` with every problem. */
export const settingsFrom = (provider: string, settings: Readonly<Record<string, Json>>): Settings => {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return settingsOf(parsed.data);
  const problems = parsed.error.issues.map(({ path, message }) => `settings.${path.join('.')}: ${message}`);
  throw new ProviderError('rejected', `provider ${provider}: ${problems.join('; ')}`);
};
