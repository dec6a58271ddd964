import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { comparable, encodeName } from '../dns-wire/names.ts';
import { encodeData, presentData } from '../dns-wire/rdata.ts';
import { type RrSet, rrset } from '../dns-wire/rrsets.ts';
import { typeNumber } from '../dns-wire/types.ts';
import { ProviderError } from '../errors.ts';
import type { Pool, PooledSet } from './settings.ts';

export type Granularity = 'record-count' | 'whole';

/**
 * What a member may publish, and what it does publish where that is not the beginning of its list (`irregular`): somebody
 * else chose those, and steer gives them back as long as the weight stays. A `stranger` is a value of no pool.
 */
const KEPT = z.strictObject({
  values: z.array(z.string()),
  irregular: z.array(z.string()).nullable(),
  stranger: z.boolean(),
});
type Kept = z.infer<typeof KEPT>;

const byMember = (a: MemberState, b: MemberState): number => (a.member < b.member ? -1 : 1);

/** Type, class, TTL and length behind each owner name. */
const FIXED_BYTES = 10;

/** Owner names of an update end in a pointer to the zone's name. */
const ownerBytes = (ref: SetRef): number => {
  const [name, zone] = [encodeName(ref.name).length, encodeName(ref.zone).length];
  return Math.max(2, name - zone + 2);
};

/** Condition and new record of each value; removal of the set and the condition beside it are shared by its members. */
const costOf = (ref: SetRef, values: readonly string[], members: number): MemberState['cost'] => {
  const type = typeNumber(ref.type);
  const each = ownerBytes(ref) + FIXED_BYTES;
  const data = values.reduce((sum, value) => sum + encodeData(type, value).length, 0);
  const shared = Math.ceil((2 * each) / members);
  return { elements: 2 * values.length + 2, characters: 2 * (values.length * each + data) + shared };
};

const isPrefix = (published: readonly string[], values: readonly string[]): boolean =>
  published.every((value, index) => value === values[index]);

const weightOf = (published: readonly string[], granularity: Granularity): number | null => {
  if (published.length === 0) return null;
  return granularity === 'whole' ? 1 : published.length;
};

const poolMember = ({ member, values }: Pool, held: readonly string[], granularity: Granularity) => {
  const published = values.filter((value) => held.includes(value));
  const isWhole = published.length === 0 || published.length === values.length;
  const isRegular = granularity === 'whole' ? isWhole : isPrefix(published, values);
  const kept: Kept = { values: [...values], irregular: isRegular ? null : published, stranger: false };
  return { member, weight: weightOf(published, granularity), kept };
};

const strangerMember = (value: string) => {
  const kept: Kept = { values: [value], irregular: null, stranger: true };
  return { member: value, weight: 1, kept };
};

/** Names in values are compared without case, and addresses have no capitals. */
export const valuesOf = (set: RrSet | null): readonly string[] =>
  (set?.data ?? []).map((data) => presentData(set?.type ?? 0, data).toLowerCase()).toSorted();

/**
 * The members of a set: one for each pool, present while it publishes anything, and one for each value of no pool. A drained
 * member is not present; it still says what it would publish.
 */
export const setStateOf = (
  ref: SetRef,
  set: RrSet | null,
  pooled: PooledSet | null,
  granularity: Granularity,
): SetState => {
  const held = valuesOf(set);
  const pools = pooled?.pools ?? [];
  const known = new Set(pools.flatMap(({ values }) => values));
  const all = [
    ...pools.map((pool) => poolMember(pool, held, granularity)),
    ...held.filter((value) => !known.has(value)).map(strangerMember),
  ];
  const members = all.map(
    ({ member, weight, kept }): MemberState => ({
      member,
      weight,
      present: weight !== null,
      ttlSeconds: set?.ttlSeconds ?? null,
      healthCheck: null,
      kept: { ...kept } satisfies Json,
      cost: costOf(ref, kept.values, all.length),
    }),
  );
  return { set: ref.set, members: members.toSorted(byMember) };
};

const keptOf = ({ member, kept }: MemberState): Kept => {
  const parsed = KEPT.safeParse(kept);
  if (parsed.success) return parsed.data;
  throw new ProviderError('rejected', `"${member}" carries no pool of this vendor to give back`);
};

/** Throws `rejected` for a member whose weight steer cannot choose. `weight` is what it shall weigh next. */
export const assertSteerable = (ref: SetRef, member: MemberState, weight: number | null): void => {
  const { irregular, stranger } = keptOf(member);
  if (weight === member.weight) return;
  const what = `${ref.name} ${ref.type}: "${member.member}"`;
  if (stranger)
    throw new ProviderError('rejected', `${what} is in no pool; put it into settings.pools, or take the record away`);
  if (irregular === null) return;
  const first = `publish the first of its list (${keptOf(member).values.slice(0, irregular.length).join(', ')})`;
  throw new ProviderError('rejected', `${what} publishes ${irregular.join(', ')}; ${first}, then it can be steered`);
};

const publishedBy = (member: MemberState, granularity: Granularity): readonly string[] => {
  const { values, irregular } = keptOf(member);
  if (!member.present || member.weight === null) return [];
  if (irregular !== null) return irregular;
  return granularity === 'whole' ? values : values.slice(0, member.weight);
};

/** The record set that stands for these members. Throws `rejected` where a CNAME would have two targets, or none has a TTL. */
export const rrsetFor = (
  ref: SetRef,
  { members }: SetState,
  ttlSeconds: number | null,
  granularity: Granularity,
): RrSet | null => {
  const type = typeNumber(ref.type);
  const values = members.flatMap((member) => publishedBy(member, granularity));
  const what = `${ref.name} ${ref.type}`;
  if (ref.type === 'CNAME' && values.length > 1)
    throw new ProviderError(
      'rejected',
      `${what}: a CNAME has one target; give one member weight 1 and drain the others`,
    );
  const ttl = ttlSeconds ?? members.find((member) => member.ttlSeconds !== null)?.ttlSeconds ?? null;
  if (ttl === null)
    throw new ProviderError('rejected', `${what} has no records, so that its TTL is unknown; add the first by hand`);
  return rrset(
    comparable(ref.name),
    type,
    ttl,
    values.map((value) => encodeData(type, value)),
  );
};
