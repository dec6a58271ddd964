import { applyTtl } from '../../dns/change-values.ts';
import type { Answer } from '../answer.ts';
import type { DnsAsk, Where } from './account.ts';
import { prepareRecords, type SetTyped } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';

/** `record applyttl` and `geo applyttl`. */
export const dnsApplyTtl = (
  ask: DnsAsk,
  where: Where,
  set: SetTyped,
  ttlSeconds: number,
  verb: 'record applyttl' | 'geo applyttl',
): Promise<Answer<Prepared>> => prepareRecords(ask, where, set, verb, (key, held) => applyTtl(key, ttlSeconds, held));
