import { recordKeyText } from '../domain/record-order.ts';
import type { RecordChange, RecordSet } from '../domain/record-sets.ts';
import { type Carried, type CopyEnd, type CopyTarget, carry } from './carry.ts';
import { comparable } from './compare.ts';
import { isKey, isSame } from './sets.ts';

/** What copying a zone would change at the second account, and all that does not get over. */
export interface CopyPlan {
  readonly changes: readonly RecordChange[];
  readonly same: number;
  /** Whole sentences: what cannot be carried over, and why. While there are some, nothing is sent unless asked for without them. */
  readonly lost: readonly string[];
  /** At the second account only; left there unless deletion is asked for. */
  readonly extra: readonly RecordSet[];
}

const groupOf = ({ name, type }: RecordSet): string => `${name} ${type}`;

/** Sets of one name and type share its traffic: without one of them the others would get more than they had. */
const wholeGroups = (carried: readonly Carried[]): readonly Carried[] => {
  const torn = new Set(carried.filter(({ leaves }) => leaves === null).map(({ from }) => groupOf(from)));
  return carried.map((one) =>
    one.leaves !== null && torn.has(groupOf(one.from))
      ? { ...one, leaves: null, lost: [...one.lost, 'stays behind with the others of its name and type'] }
      : one,
  );
};

/** What stands at the second account in the way of a set: other routing of its name and type, or a CNAME beside others. */
const inTheWay = (set: RecordSet, extra: readonly RecordSet[]): readonly RecordSet[] =>
  extra.filter(
    (other) => other.name === set.name && (other.type === set.type || other.type === 'CNAME' || set.type === 'CNAME'),
  );

const clear = (carried: readonly Carried[], extra: readonly RecordSet[], to: CopyTarget): readonly Carried[] =>
  carried.map((one) => {
    const others = one.leaves === null ? [] : inTheWay(one.from, extra);
    if (others.length === 0) return one;
    const why = `${to.account} holds ${others.map(recordKeyText).join(', ')} beside it, which only --delete-extra takes away`;
    return { ...one, leaves: null, lost: [...one.lost, why] };
  });

/** Aliases after what they may stand for. */
const inOrder = (changes: readonly RecordChange[]): readonly RecordChange[] => {
  const rank = ({ leaves }: RecordChange): number => (leaves === null ? 0 : leaves.alias === null ? 1 : 2);
  return changes.toSorted((a, b) => rank(a) - rank(b));
};

/**
 * Mirrors the first account's zone at the second, with its profiles. SOA and NS of the zone itself and steer's marker are each
 * side's own. Never deletes unless told to.
 */
export const planCopy = (from: CopyEnd, to: CopyTarget, deleteExtra: boolean): CopyPlan => {
  const theirs = comparable(to.sets, to.zone.name);
  const ours = comparable(from.sets, from.zone.name);
  const extra = theirs.filter((other) => !ours.some((set) => isKey(set, other)));
  const removable = extra.filter(({ profile }) => deleteExtra && profile.kind !== 'other');
  const staying = extra.filter((set) => !removable.includes(set));
  const there = (set: RecordSet): RecordSet | null => theirs.find((other) => isKey(other, set)) ?? null;
  const carried = wholeGroups(
    clear(
      ours.map((set) => carry(set, there(set), from, to)),
      staying,
      to,
    ),
  );
  const puts = carried.flatMap(({ from: set, leaves }): readonly RecordChange[] =>
    leaves === null ? [] : [{ expects: there(set), leaves }],
  );
  const changes = puts.filter(({ expects, leaves }) => !isSame(expects, leaves));
  return {
    changes: inOrder([...removable.map((set): RecordChange => ({ expects: set, leaves: null })), ...changes]),
    same: puts.length - changes.length,
    lost: carried.flatMap(({ from: set, lost }) => lost.map((why) => `${recordKeyText(set)}: ${why}`)),
    extra: staying,
  };
};
