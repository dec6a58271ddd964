import { type Comparison, compareZones } from '../../dns/compare.ts';
import type { ProviderId } from '../../domain/ids.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import { asked, type DnsAsk, findZone, type OpenedZone, openAccount } from './account.ts';

/** One zone at two accounts, as it was typed. */
export interface TwoZones {
  readonly a: string;
  readonly b: string;
  readonly zone: string;
  /** Id of the zone at the second account, where its name is not enough; null otherwise. */
  readonly zoneAtB: string | null;
}

export const openTwo = async (
  ask: DnsAsk,
  { a, b, zone: typed, zoneAtB }: TwoZones,
): Promise<Answer<{ readonly a: OpenedZone; readonly b: OpenedZone }>> => {
  const first = await openAccount(ask, a);
  if (!first.ok) return first;
  const second = await openAccount(ask, b);
  if (!second.ok) return second;
  const here = await findZone(first.value, typed, ask.signal);
  if (!here.ok) return here;
  const there = await findZone(second.value, zoneAtB ?? here.value.zone.name, ask.signal);
  if (!there.ok) return there;
  const [nameA, nameB] = [here.value.zone.name, there.value.zone.name];
  if (nameA !== nameB)
    return refuse([`${nameA} and ${nameB} are two names: only zones of one name are compared.`], {
      kind: 'usage',
    });
  if (first.value.provider === second.value.provider && here.value.zone.id === there.value.zone.id)
    return refuse([`${a} and ${b} are the same zone.`], { kind: 'usage' });
  return granted({ a: { ...first.value, ...here.value }, b: { ...second.value, ...there.value } });
};

export interface ZonesCompared extends Comparison {
  readonly a: ProviderId;
  readonly b: ProviderId;
  readonly zone: string;
}

/** `dns diff`: one zone at two accounts, set by set. */
export const dnsDiffZones = async (ask: DnsAsk, two: TwoZones): Promise<Answer<ZonesCompared>> => {
  const opened = await openTwo(ask, two);
  if (!opened.ok) return opened;
  const { a, b } = opened.value;
  const [left, right] = await Promise.all(
    [a, b].map((side) => asked(side.provider, () => side.records.recordSets(side.zone.id, {}, ask.signal))),
  );
  if (left === undefined || right === undefined) return refuse(['Nothing was read.'], { kind: 'unavailable' });
  if (!left.ok) return left;
  if (!right.ok) return right;
  const compared = compareZones(
    { account: a.provider, zone: a.zone.id, sets: left.value },
    { account: b.provider, zone: b.zone.id, sets: right.value },
    a.zone.name,
  );
  return granted({ ...compared, a: a.provider, b: b.provider, zone: a.zone.name });
};
