import type { SetRef } from '../../src/domain/steering.ts';
import type { UltraApi } from './api.ts';
import { LARGEST_PAGE } from './limits.ts';
import { fullName, type Rrset, typeOf } from './rrset.ts';

type Name = Pick<SetRef, 'name' | 'type'>;

/** So few names are cheaper asked for one by one than by a page that may not have them. */
const FEW_NAMES = 2;

const keyOf = ({ name, type }: Name): string => `${name} ${type}`;

/**
 * Pages of one type, as long as the pages still to come are fewer than the names still wanted. What is not found here is asked
 * for by name: a set may slip through between two pages when somebody else adds or deletes one.
 */
const listed = async (
  api: UltraApi,
  zone: string,
  type: string,
  names: readonly Name[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Rrset>> => {
  const wanted = new Set(names.map(keyOf));
  const found = new Map<string, Rrset>();
  for (let offset = 0; ; offset += LARGEST_PAGE) {
    const { rrsets, total } = await api.rrsets(zone, type, offset, signal);
    for (const rrset of rrsets) {
      const key = keyOf({ name: fullName(rrset.ownerName), type: typeOf(rrset.rrtype) });
      if (wanted.has(key)) found.set(key, rrset);
    }
    const pagesLeft = Math.ceil((total - offset - LARGEST_PAGE) / LARGEST_PAGE);
    if (pagesLeft <= 0 || pagesLeft > wanted.size - found.size) return found;
  }
};

/**
 * The record sets of these names in one zone, by `NAME TYPE`, in as few calls as the vendor allows: never more than one for
 * each name and one for each page of 1,000. Throws `not-found` for an unknown zone.
 */
export const readNames = async (
  api: UltraApi,
  zone: string,
  names: readonly Name[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Rrset>> => {
  const found = new Map<string, Rrset>();
  // The groups of one directional pool are one name.
  const distinct = [...new Map(names.map((name) => [keyOf(name), name])).values()];
  for (const [type, its] of Map.groupBy(distinct, ({ type: one }) => one)) {
    if (its.length <= FEW_NAMES) continue;
    for (const [key, rrset] of await listed(api, zone, type, its, signal)) found.set(key, rrset);
  }
  // One after the other: zones are read side by side already, and more at once would wait too long for their tokens.
  for (const name of distinct) {
    if (found.has(keyOf(name))) continue;
    const rrset = await api.rrset(zone, name.type, name.name, signal);
    if (rrset !== null) found.set(keyOf(name), rrset);
  }
  // Nothing at all: whether a missing zone is told apart from a missing record is known from one error code only.
  if (found.size === 0) await api.zone(zone, signal);
  return found;
};
