import { replaceValues } from '../../dns/change-values.ts';
import type { Answer } from '../answer.ts';
import type { DnsAsk, Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';
import { readWish, type ValuesTyped } from './values-typed.ts';

/** `record replace`: exactly these values, whatever was there. */
export const dnsReplaceValues = (
  ask: DnsAsk,
  where: Where,
  set: SetTyped,
  typed: ValuesTyped,
): Promise<Answer<Prepared>> =>
  prepareRecords(ask, where, set, 'record replace', (key, held) => {
    const wish = readWish(key.type, typed, true);
    return wish.ok ? replaceValues(key, wish.value, held) : wish;
  });
