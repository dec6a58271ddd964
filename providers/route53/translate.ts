import type { Json } from '../../src/domain/canonical.ts';
import { sum } from '../../src/domain/records.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { comparableName, keyText } from './names.ts';
import { isWeighted, otherPoliciesOf, RECORD_SET, type RecordSet } from './record.ts';

/** How a record without an identifier is called among members: it has none, and must be seen to be refused. */
export const WITHOUT_IDENTIFIER = '(no set identifier)';

const KEPT = RECORD_SET.omit({ Weight: true });

/** Through JSON, because the journal keeps it so: a field set to undefined and a field left out become the same. */
const asJson = (kept: Omit<RecordSet, 'Weight'>): Json => JSON.parse(JSON.stringify(kept));

/** ResourceRecord elements and characters of values, of one form. An alias has no element; it is counted as one to be safe. */
const sizeOf = (record: Omit<RecordSet, 'Weight'>): { elements: number; characters: number } => {
  const values = record.ResourceRecords ?? [];
  return { elements: Math.max(1, values.length), characters: sum(values.map(({ Value }) => Value.length)) };
};

/**
 * One record set as a member. Weight 0 becomes null, the explicit drained state; so does a record of another routing policy,
 * which has no weight at all: its whole text is in `kept`, and `recordOf` tells the two apart again.
 */
export const memberOf = ({ Weight, ...kept }: RecordSet): MemberState => {
  const { elements, characters } = sizeOf(kept);
  return {
    member: kept.SetIdentifier ?? WITHOUT_IDENTIFIER,
    weight: Weight === undefined || Weight === 0 ? null : Weight,
    present: true,
    ttlSeconds: kept.TTL ?? null,
    healthCheck: kept.HealthCheckId ?? null,
    kept: asJson(kept),
    // DELETE of the old form and CREATE of the new one.
    cost: { elements: 2 * elements, characters: 2 * characters },
  };
};

/** The record as the vendor shall hold it, whole. Throws `rejected` when `kept` is not a record set of this vendor. */
export const recordOf = (member: MemberState): RecordSet => {
  const kept = KEPT.safeParse(member.kept);
  if (!kept.success) {
    const [issue] = kept.error.issues;
    const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
    throw new ProviderError('rejected', `"${member.member}" carries no Route 53 record set to give back${where}`);
  }
  return isWeighted(kept.data) ? { ...kept.data, Weight: member.weight ?? 0 } : kept.data;
};

/** All records of one name and type as a set, sorted by member. Throws `unreadable` when one is listed twice. */
export const setStateOf = (ref: SetRef, records: readonly RecordSet[]): SetState => {
  const members = records.map(memberOf).toSorted((a, b) => (a.member < b.member ? -1 : 1));
  const twice = members.find(({ member }, index) => members[index + 1]?.member === member);
  if (twice !== undefined) {
    throw new ProviderError('unreadable', `${ref.name} ${ref.type} in ${ref.zone}: "${twice.member}" was listed twice`);
  }
  return { set: ref.set, members };
};

/**
 * Throws `rejected` for a record that steer must not touch: one that a traffic policy made (deleting it leaves the policy
 * instance behind, still billed), one that is routed in another way than by weight, or one of another name.
 */
export const assertSteerable = (ref: SetRef, record: RecordSet): void => {
  const what = `${ref.name} ${ref.type} in ${ref.zone}: "${record.SetIdentifier ?? WITHOUT_IDENTIFIER}"`;
  if (keyText({ name: record.Name, type: record.Type }) !== keyText(ref)) {
    throw new ProviderError('rejected', `${what} is a record of ${comparableName(record.Name)} ${record.Type}`);
  }
  if (record.TrafficPolicyInstanceId !== undefined) {
    const by = record.TrafficPolicyInstanceId;
    throw new ProviderError('rejected', `${what} belongs to the traffic policy instance ${by}; steer it there`);
  }
  if (isWeighted(record)) return;
  const policy = otherPoliciesOf(record).join(' and ') || 'no routing policy';
  throw new ProviderError(
    'rejected',
    `${what} has ${policy} instead of a weight; only weighted records can be steered`,
  );
};
