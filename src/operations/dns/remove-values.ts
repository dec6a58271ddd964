import { removeValues } from '../../dns/change-values.ts';
import type { Answer } from '../answer.ts';
import type { DnsAsk, Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';
import { readWish } from './values-typed.ts';

/** `record remove`: these values out of the set; without any left the set goes. */
export const dnsRemoveValues = (
  ask: DnsAsk,
  where: Where,
  set: SetTyped,
  data: readonly string[],
): Promise<Answer<Prepared>> =>
  prepareRecords(ask, where, set, 'record remove', (key, held) => {
    const wish = readWish(key.type, { data, alias: null, ttlSeconds: null }, true);
    return wish.ok ? removeValues(key, wish.value.values, held) : wish;
  });
