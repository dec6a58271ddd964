import { setWeight } from '../../dns/change-weight.ts';
import type { Answer } from '../answer.ts';
import type { DnsAsk, Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';
import { readWish, type ValuesTyped } from './values-typed.ts';

/** `weighted set`: the weight of one set in the vendor's own numbers, null for drained; with values it makes the set. */
export const dnsSetWeight = (
  ask: DnsAsk,
  where: Where,
  set: SetTyped,
  typed: ValuesTyped & { readonly weight: number | null },
): Promise<Answer<Prepared>> =>
  prepareRecords(ask, where, set, 'weighted set', (key, held) => {
    const wish = readWish(key.type, typed, false);
    return wish.ok ? setWeight(key, { ...wish.value, weight: typed.weight }, held) : wish;
  });
