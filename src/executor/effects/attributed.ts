import { entriesOf } from '../../domain/records.ts';
import type { MemberState } from '../../domain/steering.ts';

export interface Attributed {
  /** Answers that some member of the set is known to give. */
  readonly known: number;
  /** Of these, those of the one member asked about. */
  readonly fromMember: number;
  /** Answers that no member's record holds: an alias's target, a proxy's own address. */
  readonly strange: number;
}

const plain = (text: string): string => text.toLowerCase().replace(/\.$/, '');

/** Every text in a member's record, and its name: where an answer of its own must stand if anything is known of it. */
const textsOf = (member: Pick<MemberState, 'member' | 'kept'>): ReadonlySet<string> => {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') for (const word of [value, ...value.split(/\s+/)]) texts.add(plain(word));
    else if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect([member.member, member.kept]);
  return texts;
};

/**
 * Whose answers these are, as far as the records say. What no record holds proves nothing about anybody: counted as somebody
 * else's it would prove a region empty that still gets everything.
 */
export const attributed = (
  byValue: Readonly<Record<string, number>>,
  members: readonly Pick<MemberState, 'member' | 'kept'>[],
  source: string | undefined,
): Attributed => {
  const owners = members.map((member) => ({ member: member.member, texts: textsOf(member) }));
  let [known, fromMember, strange] = [0, 0, 0];
  for (const [value, count] of entriesOf(byValue)) {
    const its = owners.filter(({ texts }) => texts.has(plain(value)));
    if (its.length === 0) strange += count;
    else known += count;
    if (its.some(({ member }) => member === source)) fromMember += count;
  }
  return { known, fromMember, strange };
};
