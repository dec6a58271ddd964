import { expect } from 'vitest';
import type { SetState, Weights } from '../../../src/domain/steering.ts';
import { changeOf, never, writeOf } from '../../contracts/steering/world.ts';
import { HOME, openUltra, type PooledRecord, type UltraAccount, wwwRef } from './arrange.ts';

export const EAST = '192.0.2.1';
export const WEST = '192.0.2.2';
export const SPARE = '192.0.2.3';

export const PAIR: readonly PooledRecord[] = [{ rdata: EAST }, { rdata: WEST }];

export const readWww = async ({ steering }: UltraAccount): Promise<SetState> => {
  const [reading] = await steering.read([wwwRef], never());
  return reading?.sets[0] ?? expect.fail('nothing was read');
};

export const weightsOf = ({ members }: SetState): Weights =>
  Object.fromEntries(members.map(({ member, weight }) => [member, weight]));

/** Reads `www` and writes these weights; `ok`, or the sentence of the refusal. */
export const move = async (
  account: UltraAccount,
  weights: Weights,
  drain: 'state' | 'zero' = 'state',
): Promise<string> => {
  const change = changeOf(wwwRef, await readWww(account), weights, drain);
  try {
    await account.steering.replace(writeOf(HOME, [change]), never());
    return 'ok';
  } catch (failure) {
    return failure instanceof Error ? failure.message : String(failure);
  }
};

export const withPool = async (pool: unknown): Promise<UltraAccount> => {
  const account = await openUltra();
  account.fake.put(HOME, wwwRef.name, 'A', pool);
  return account;
};

export const writesOf = ({ fake }: UltraAccount) => fake.requests().filter(({ method }) => method === 'PUT');
