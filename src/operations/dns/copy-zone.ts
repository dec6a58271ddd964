import { type CopyPlan, planCopy } from '../../dns/copy.ts';
import { type Answer, granted } from '../answer.ts';
import { asked, type DnsAsk } from './account.ts';
import { openTwo, type TwoZones } from './diff-zones.ts';
import { preparedRecords } from './prepare-records.ts';
import type { Prepared } from './prepared.ts';

export interface CopyOptions {
  /** Take away what is at the second account only. */
  readonly deleteExtra: boolean;
  /** Go on without what cannot be carried over. */
  readonly withoutTheRest: boolean;
}

export interface CopyPrepared {
  readonly plan: CopyPlan;
  readonly prepared: Prepared;
}

const remarksOf = ({ same, extra }: CopyPlan, batch: number, changes: number): readonly string[] => [
  ...(same === 0 ? [] : [`${same} record sets are there already.`]),
  ...(extra.length === 0
    ? []
    : [`${extra.length} record sets that are only there are left alone; --delete-extra takes them away.`]),
  ...(changes > batch
    ? [`${changes} changes take more than one call (${batch} each): they land one call after another.`]
    : []),
];

/** `dns copy`: what would make the zone at the second account what it is at the first, and what cannot be carried over. */
export const dnsCopyZone = async (
  ask: DnsAsk,
  two: TwoZones,
  { deleteExtra, withoutTheRest }: CopyOptions,
): Promise<Answer<CopyPrepared>> => {
  const opened = await openTwo(ask, two);
  if (!opened.ok) return opened;
  const { a, b } = opened.value;
  const from = await asked(a.provider, () => a.records.recordSets(a.zone.id, {}, ask.signal));
  if (!from.ok) return from;
  const to = await asked(b.provider, () => b.records.recordSets(b.zone.id, {}, ask.signal));
  if (!to.ok) return to;
  const hasPlaces = from.value.some(({ profile }) => profile.kind === 'geo') && b.records.capabilities.geo !== null;
  const places = hasPlaces ? await asked(b.provider, () => b.records.geoRegions(ask.signal)) : granted({});
  if (!places.ok) return places;
  const plan = planCopy(
    { account: a.provider, vendor: a.vendor, zone: a.zone, sets: from.value },
    {
      account: b.provider,
      vendor: b.vendor,
      zone: b.zone,
      sets: to.value,
      can: b.records.capabilities,
      places: places.value,
    },
    deleteExtra,
  );
  const remarks = remarksOf(plan, b.records.capabilities.batch, plan.changes.length);
  const prepared = preparedRecords(ask, b, `copy from ${a.provider}`, plan.changes, remarks);
  const blocked =
    plan.lost.length === 0 || withoutTheRest
      ? []
      : [`Nothing is sent while something cannot be carried over. To go on without it: --without-the-rest`];
  return granted({ plan, prepared: { ...prepared, blocked } });
};
