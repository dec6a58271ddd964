import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { MemoryRecord } from './vendor.ts';

const KEPT = z.strictObject({
  name: z.string(),
  type: z.string(),
  member: z.string(),
  ttlSeconds: z.number(),
  healthCheck: z.string().nullable(),
  value: z.string(),
  extra: z.json(),
});

const keptOf = ({ weight: _, ...kept }: MemoryRecord): Json => ({ ...kept });

export const memberOf = (record: MemoryRecord): MemberState => ({
  member: record.member,
  weight: record.weight === 0 ? null : record.weight,
  present: true,
  ttlSeconds: record.ttlSeconds,
  healthCheck: record.healthCheck,
  kept: keptOf(record),
  cost: { elements: 2, characters: 2 * record.value.length },
});

/** The record that stands for this member; a drained one that is still there weighs 0. Throws `rejected` on another's text. */
export const recordOf = (member: MemberState): MemoryRecord => {
  const kept = KEPT.safeParse(member.kept);
  if (!kept.success) {
    throw new ProviderError('rejected', `"${member.member}" carries no record of this vendor to give back`);
  }
  return { ...kept.data, weight: member.weight ?? 0 };
};
