import type { ValuesWish } from '../../dns/change-values.ts';
import { absolute } from '../../dns/names.ts';
import { canonicalValues } from '../../domain/rdata.ts';
import type { AliasTarget } from '../../domain/record-sets.ts';

/** What a set shall hold, as it was typed. */
export interface ValuesTyped {
  readonly data: readonly string[];
  /** A name inside the vendor, and the id of its zone there; null for values. */
  readonly alias: AliasTarget | null;
  readonly ttlSeconds: number | null;
}

type Wish =
  | { readonly ok: true; readonly value: ValuesWish }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Values in their one form, sorted; or all that is wrong with them. `isNeeded`: nothing at all is wrong, too. */
export const readWish = (type: string, { data, alias, ttlSeconds }: ValuesTyped, isNeeded: boolean): Wish => {
  if (alias !== null && data.length > 0)
    return { ok: false, problems: ['A set has values (-d) or stands for another name (--alias-dnsname), never both.'] };
  if (alias !== null && ttlSeconds !== null)
    return { ok: false, problems: ['An alias lives as long as what it stands for: leave --ttl out.'] };
  if (isNeeded && alias === null && data.length === 0)
    return { ok: false, problems: ['Say the values: -d VALUE, once for each.'] };
  const read = canonicalValues(type, data);
  if (!read.ok)
    return { ok: false, problems: read.because.map((because) => (because.endsWith('.') ? because : `${because}.`)) };
  const target = alias === null ? null : { ...alias, target: absolute(alias.target) };
  return { ok: true, value: { values: read.values, alias: target, ttlSeconds } };
};
