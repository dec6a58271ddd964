import { profileLines } from '../../dns/diff.ts';
import { diffText } from '../../dns/text.ts';
import type { RecordSet, Zone } from '../../domain/record-sets.ts';
import type { ZonesCompared } from '../../operations/dns/diff-zones.ts';
import type { RecordList } from '../../operations/dns/list-records.ts';
import type { Places } from '../../operations/dns/places.ts';
import { counted } from '../../words/numbers.ts';
import { diffLines } from './dns-change.ts';
import type { Style } from './style.ts';
import { indented, table, wrapped } from './table.ts';

const WIDTH = 110;

const NONE = '-';

/** Name, type, qualifier, TTL, routing, and a line for each value, which comes last because it may be long. */
const rowsOf = (set: RecordSet): readonly (readonly string[])[] => {
  const { name, type, qualifier, ttlSeconds, alias, values, profile } = set;
  const routing = profileLines(profile).join('; ');
  const held =
    alias === null ? values : [`ALIAS ${alias.target}${alias.zone === null ? '' : ` in zone ${alias.zone}`}`];
  return held.map((value) => [
    name,
    type,
    qualifier ?? NONE,
    ttlSeconds === null ? NONE : String(ttlSeconds),
    routing === '' ? NONE : routing,
    value,
  ]);
};

/** Without the columns that say nothing for any row. */
const compact = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const told = rows.flatMap((row) => row.flatMap((cell, column) => (cell === NONE ? [] : [column])));
  return rows.map((row) => row.filter((_, column) => told.includes(column)));
};

export const recordLines = ({ sets }: RecordList): readonly string[] => table(compact(sets.flatMap(rowsOf)));

/** `zone list`: id, name, TTL and email of the SOA, as far as the vendor shows them. */
export const zoneLines = (zones: readonly Zone[]): readonly string[] =>
  table(
    zones.map(({ id, name, ttlSeconds, email }) => [
      id,
      name,
      ttlSeconds === null ? NONE : String(ttlSeconds),
      email ?? NONE,
    ]),
  );

/** One region for each line, with its territories. */
export const placeLines = ({ regions }: Places): readonly string[] => {
  const width = Math.max(0, ...Object.keys(regions).map(({ length }) => length));
  return Object.entries(regions).flatMap(([region, places]) =>
    wrapped(`${region.padEnd(width)}  ${places.join(' ')}`.trimEnd(), WIDTH, ' '.repeat(width + 2)),
  );
};

/** `dns diff`: `-` is at the first account only, `+` at the second only. */
export const comparedLines = (compared: ZonesCompared, style: Style): readonly string[] => {
  const { a, b, zone, differing, same, notCompared } = compared;
  const heads = { new: `only at ${b}`, gone: `only at ${a}`, changed: 'differs' } as const;
  return [
    `${zone}: - ${a}, + ${b}`,
    ...differing.flatMap((diff) => {
      const [, ...lines] = diffLines([diff], style);
      const [key = ''] = diffText([diff]);
      return [style.bold(key.replace(/ \([a-z]+\)$/, ` (${heads[diff.what]})`)), ...lines];
    }),
    ...(notCompared.length === 0
      ? []
      : [
          "The vendors' own fields are not compared:",
          ...indented(notCompared.flatMap((line) => wrapped(line, WIDTH, '  '))),
        ]),
    `${counted(differing.length, 'record set differs', 'record sets differ')}, ${same} ${same === 1 ? 'is' : 'are'} the same. SOA and NS of the zone itself are each vendor's own.`,
  ];
};
