import { sum } from '../../src/domain/records.ts';
import type { SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import type { SetChange, SteeringWrite } from '../steering.ts';
import { assertGroupRecord, assertOneTarget } from './groups.ts';
import { markerRecord } from './marker.ts';
import type { RecordSet } from './record.ts';
import { assertSteerable, recordOf } from './translate.ts';

/** Of a set's weight. 0 means drained here and is written as null in steer's own words. */
export const WEIGHT_RANGE = { minimum: 1, maximum: 255 };

/** A directional group points at one target or at another. */
const WHOLE_RANGE = { minimum: 1, maximum: 1 };

/** Elements and characters of one batch (Developer Guide, quotas, seen 2026-11). */
export const BATCH_LIMITS = { elements: 1000, characters: 32_000, comment: 256 };

export interface RecordChange {
  readonly Action: 'DELETE' | 'CREATE';
  readonly ResourceRecordSet: RecordSet;
}

export interface Batch {
  readonly changes: readonly RecordChange[];
  /** What the sets will hold once it has landed. */
  readonly left: readonly SetState[];
}

export interface BatchRules {
  /** Weight 0 on an alias is documented nowhere; allowed once `provider check` has seen it work on this account. */
  readonly zeroOnAlias: boolean;
}

const presentRecords = (state: SetState): readonly RecordSet[] =>
  state.members.filter(({ present }) => present).map(recordOf);

const assertNoAliasZero = (change: SetChange, left: SetState): void => {
  const was = new Map(change.expects.members.map(({ member, weight }) => [member, weight]));
  const drained = left.members.find((member) => {
    const isNew = member.weight === null && was.get(member.member) !== null;
    return isNew && member.present && recordOf(member).AliasTarget !== undefined;
  });
  if (drained === undefined) return;
  throw new ProviderError(
    'rejected',
    `${change.ref.name} ${change.ref.type}: "${drained.member}" is an alias, and what weight 0 does there has not been seen on this account; run \`steer provider check\`, or declare \`drain: remove\``,
  );
};

/**
 * DELETE of every member exactly as expected and CREATE of every member that stays, changed or not: then the whole set is
 * the condition. With UPSERT or with the changed members alone a sibling edited meanwhile could leave all of them at zero.
 */
const changesOf = (change: SetChange, rules: BatchRules): { changes: RecordChange[]; left: SetState } => {
  const { ref } = change;
  const left = assertSafeChange(change, ref.group === undefined ? WEIGHT_RANGE : WHOLE_RANGE);
  for (const member of change.expects.members) {
    const record = recordOf(member);
    if (ref.group === undefined) assertSteerable(ref, record);
    else assertGroupRecord(ref, record);
  }
  if (ref.group !== undefined) assertOneTarget(ref, left);
  if (!rules.zeroOnAlias) assertNoAliasZero(change, left);
  return {
    left,
    changes: [
      ...presentRecords(change.expects).map((record) => ({ Action: 'DELETE' as const, ResourceRecordSet: record })),
      ...presentRecords(left).map((record) => ({ Action: 'CREATE' as const, ResourceRecordSet: record })),
    ],
  };
};

const markerChanges = ({ expects, leaves }: SteeringWrite['fence'], zoneName: string): RecordChange[] => {
  if (expects !== null && expects.store === leaves.store && leaves.epoch < expects.epoch) {
    const message = `the marker of ${zoneName} stands at epoch ${expects.epoch}; ${leaves.epoch} would let an older writer in`;
    throw new ProviderError('rejected', message);
  }
  const create: RecordChange = { Action: 'CREATE', ResourceRecordSet: markerRecord(zoneName, leaves) };
  if (expects === null) return [create];
  return [{ Action: 'DELETE', ResourceRecordSet: markerRecord(zoneName, expects) }, create];
};

const assertFits = (write: SteeringWrite, changes: readonly RecordChange[]): void => {
  const records = changes.map(({ ResourceRecordSet }) => ResourceRecordSet.ResourceRecords ?? []);
  const elements = sum(records.map((values) => Math.max(1, values.length)));
  const characters = sum(records.flat().map(({ Value }) => Value.length));
  if (elements > BATCH_LIMITS.elements || characters > BATCH_LIMITS.characters) {
    throw new ProviderError(
      'too-large',
      `zone ${write.zone}: ${elements} record elements and ${characters} characters in one batch; Route 53 takes ${BATCH_LIMITS.elements} and ${BATCH_LIMITS.characters}; write fewer sets at a time`,
    );
  }
  if (write.comment.length > BATCH_LIMITS.comment) {
    const message = `zone ${write.zone}: the comment has ${write.comment.length} characters; at most ${BATCH_LIMITS.comment}`;
    throw new ProviderError('rejected', message);
  }
};

const assertNoSetTwice = (write: SteeringWrite): void => {
  const sets = write.changes.map(({ ref }) => ref.set);
  const twice = sets.find((set, index) => sets.indexOf(set) !== index);
  if (twice !== undefined)
    throw new ProviderError('rejected', `set ${twice} is in one write twice; it changes as a whole`);
};

/**
 * The whole write as one batch, marker first, all DELETEs of a set before its CREATEs. Pure. Throws `never-empty`,
 * `rejected` or `too-large` before anything is sent.
 */
export const batchOf = (write: SteeringWrite, zoneName: string, rules: BatchRules): Batch => {
  assertNoSetTwice(write);
  const perSet = write.changes.map((change) => changesOf(change, rules));
  const changes = [...markerChanges(write.fence, zoneName), ...perSet.flatMap((set) => set.changes)];
  assertFits(write, changes);
  return { changes, left: perSet.map(({ left }) => left) };
};
