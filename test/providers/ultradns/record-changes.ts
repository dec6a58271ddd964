import { expect } from 'vitest';
import type { RecordSet } from '../../../src/domain/record-sets.ts';
import { never } from '../../contracts/steering/world.ts';
import { HOME, type UltraAccount } from './arrange.ts';

export const NAME = 'www.example.com.';

export const recordsOf = ({ records }: UltraAccount) => records ?? expect.fail('UltraDNS has records');

export const read = (account: UltraAccount): Promise<readonly RecordSet[]> =>
  recordsOf(account).recordSets(HOME, { name: NAME, type: 'A' }, never());

export const change = async (
  account: UltraAccount,
  ...changes: readonly (readonly [RecordSet | null, RecordSet | null])[]
) => {
  const outcomes = await recordsOf(account).change(
    HOME,
    changes.map(([expects, leaves]) => ({ expects, leaves })),
    'steer dns by operator-1',
    never(),
  );
  return outcomes.map((outcome) =>
    outcome.outcome === 'failed' ? `${outcome.kind}: ${outcome.because}` : outcome.outcome,
  );
};

export const held = ({ fake }: UltraAccount) => fake.zones.set(HOME, NAME, 'A');
