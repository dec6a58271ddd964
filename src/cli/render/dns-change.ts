import type { SetDiff } from '../../dns/diff.ts';
import { diffText } from '../../dns/text.ts';
import type { Instant } from '../../domain/units.ts';
import type { Applied } from '../../operations/dns/apply.ts';
import type { ChangeResult, Prepared } from '../../operations/dns/prepared.ts';
import type { Arrival } from '../../operations/dns/wait.ts';
import { clockTime } from '../../words/numbers.ts';
import { objectionsText } from './objections.ts';
import type { Style } from './style.ts';
import { indented, wrapped } from './table.ts';

const WIDTH = 110;
const DIGEST_SHOWN = 12;

const styled = (line: string, style: Style): string => {
  if (line.startsWith('- ')) return style.bad(line);
  if (line.startsWith('+ ')) return style.good(line);
  return line.startsWith('  ') ? line : style.bold(line);
};

export const diffLines = (diffs: readonly SetDiff[], style: Style): readonly string[] =>
  diffText(diffs).map((line) => styled(line, style));

/** What would change, and everything that is worth knowing about it. */
export const preparedLines = (prepared: Prepared, style: Style): readonly string[] => {
  const { provider, zone, verb, diff, zoneDiff, remarks, isNothing } = prepared;
  const id = zone.id === null || zone.id === zone.name ? '' : ` (${zone.id})`;
  return [
    `${provider}, zone ${zone.name}${id}: ${verb}`,
    ...zoneDiff.map((line) => styled(line, style)),
    ...diffLines(diff, style),
    ...remarks.flatMap((remark) => wrapped(remark, WIDTH, '  ')),
    ...(isNothing ? ['Everything is as it should be: there is nothing to change.'] : []),
  ];
};

/** What to type so that exactly this happens; or why it will not. */
export const dryRunLines = ({ isNothing, objections, blocked, digest }: Prepared, style: Style): readonly string[] => {
  if (objections.length > 0 || blocked.length > 0)
    return [
      ...blocked.map(style.bad),
      ...objectionsText(objections, style),
      'Nothing was done. Each code has an entry in runbooks/README.md.',
    ];
  if (isNothing) return [];
  return [`Nothing has changed yet. To apply exactly this: --apply ${digest.slice(0, DIGEST_SHOWN)}`];
};

const resultLine = ({ outcome, what, because, diff, change }: ChangeResult, style: Style): readonly string[] => {
  const why = because === null ? '' : `: ${because}`;
  const id = change === null ? '' : ` (change ${change})`;
  const line = `${outcome === 'landed' || outcome === 'already' ? outcome : outcome.toUpperCase()} ${what}${why}${id}`;
  const coloured = outcome === 'landed' || outcome === 'already' ? style.good(line) : style.bad(line);
  return diff === null ? [coloured] : [coloured, '  - expected, + there now:', ...indented(diffLines([diff], style))];
};

/** What became of each change, and where it is on record. */
export const resultLines = ({ results, intent, by, unrecorded }: Applied, style: Style): readonly string[] => [
  ...results.flatMap((result) => resultLine(result, style)),
  unrecorded === null
    ? style.dim(`On record as ${intent} by ${by}.`)
    : style.bad(`NOT on record, but done: the store failed after it (${unrecorded}). Its intent is ${intent}.`),
];

/** Whether the servers have it. */
export const arrivalLines = (arrival: Arrival | null, now: Instant, style: Style): readonly string[] => {
  switch (arrival?.state) {
    case undefined:
      return [];
    case 'everywhere':
      return [style.good(`Every name server has it since ${clockTime(arrival.at, now)}.`)];
    case 'late':
      return [style.warn(`NOT everywhere by ${clockTime(arrival.until, now)}. It has landed; only its way is long.`)];
    case 'unknown':
      return ['This vendor does not say when every name server has it. To ask them: steer dns answers NAME'];
  }
};

/** What does not get over, before anything else is said. */
export const lostLines = (lost: readonly string[], style: Style): readonly string[] =>
  lost.length === 0
    ? []
    : [style.warn('Cannot be carried over:'), ...indented(lost.flatMap((line) => wrapped(line, WIDTH, '  ')))];
