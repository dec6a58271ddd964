import { deleteSet } from '../../dns/change-values.ts';
import type { Answer } from '../answer.ts';
import type { DnsAsk, Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';

/** `record delete`: the whole set, whatever it holds. */
export const dnsDeleteSet = (ask: DnsAsk, where: Where, set: SetTyped): Promise<Answer<Prepared>> =>
  prepareRecords(ask, where, set, 'record delete', deleteSet);
