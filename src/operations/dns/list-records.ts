import { nameInZone } from '../../dns/names.ts';
import type { ProviderId } from '../../domain/ids.ts';
import { canonicalType } from '../../domain/rdata.ts';
import { compareRecordKeys } from '../../domain/record-order.ts';
import type { RecordSet, RoutingProfile, Zone } from '../../domain/record-sets.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, openZone, type Where } from './account.ts';

export interface RecordList {
  readonly provider: ProviderId;
  readonly zone: Zone;
  readonly sets: readonly RecordSet[];
}

/** Null for what was not typed. */
export interface ListWanted {
  readonly name: string | null;
  readonly type: string | null;
  readonly qualifier: string | null;
  /** Sets of one routing only; null for all. */
  readonly profile: RoutingProfile['kind'] | null;
}

/** `record list`, `geo list`, `weighted list` and their `get`: all sets that fit. */
export const dnsListRecords = async (ask: DnsAsk, where: Where, wanted: ListWanted): Promise<Answer<RecordList>> => {
  const opened = await openZone(ask, where);
  if (!opened.ok) return opened;
  const { provider, records, zone } = opened.value;
  const name = wanted.name === null ? null : nameInZone(wanted.name, zone.name);
  const type = wanted.type === null ? null : canonicalType(wanted.type);
  const problems = [
    ...(name === null || name.ok ? [] : [name.problem]),
    ...(type === null || type.ok ? [] : [`${type.because}.`]),
  ];
  if (problems.length > 0) return refuse(problems, { kind: 'usage' });
  const query = {
    ...(name?.ok === true ? { name: name.name } : {}),
    ...(type?.ok === true ? { type: type.value } : {}),
  };
  const sets = await asked(provider, () => records.recordSets(zone.id, query, ask.signal));
  if (!sets.ok) return sets;
  const fits = sets.value.filter(
    ({ qualifier, profile }) =>
      (wanted.qualifier === null || qualifier === wanted.qualifier) &&
      (wanted.profile === null || profile.kind === wanted.profile),
  );
  return granted({ provider, zone, sets: fits.toSorted(compareRecordKeys) });
};
