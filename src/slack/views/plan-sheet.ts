import type { KnownBlock } from '@slack/types';
import type { RegionId } from '../../domain/ids.ts';
import type { Envelope, Forecast } from '../../domain/plan.ts';
import { keysOf } from '../../domain/records.ts';
import { percentText } from '../../domain/units.ts';
import type { Planned } from '../../operations/propose-move.ts';
import { followText, holdsIfText, movesText, someOf } from '../../words/blast-radius.ts';
import { share } from '../../words/numbers.ts';
import { envelopeMark, limitsLine, overrideLines, peaks, requestText, takesLines } from '../../words/plan.ts';
import { planShares } from '../../words/region-shares.ts';
import { table } from './blocks.ts';
import type { Quote } from './escape.ts';
import { objectionLines } from './objection-lines.ts';
import { label, type Said, sentence } from './said.ts';
import { type Group, group, labelled } from './sheet.ts';

/** `EMERGENCY PLAN: evacuate us-east-1`. */
export const planTitle = (envelope: Envelope): string =>
  `${envelopeMark(envelope)}PLAN: ${requestText(envelope.request)}`;

/** What moves, how long it takes, what stops it, and how it goes back. */
export const effectLines = (envelope: Envelope, forecast: Forecast | null): readonly Said[] => {
  const to = envelope.destinations.length === 0 ? '' : `, to ${someOf(envelope.destinations, 6)}`;
  const follow = followText(envelope);
  const takes = forecast === null || forecast.steps.length === 0 ? [] : takesLines(envelope, forecast);
  return [
    labelled('Moves', [`${movesText(envelope)}${to}. Mode: ${envelope.request.mode}.`]),
    ...takes.map((line) => [line]),
    labelled('Holds by itself if', [`${holdsIfText(envelope)}.`]),
    ...(follow === null ? [] : [[follow]]),
    labelled('Limits', [`${limitsLine(envelope)}.`]),
  ];
};

interface RegionRow {
  readonly region: RegionId;
  readonly before: string;
  readonly after: string;
  readonly room: string;
}

const rowsOf = (envelope: Envelope, forecast: Forecast | null): readonly RegionRow[] => {
  const { from, to } = planShares(envelope);
  const peak = forecast === null ? new Map<RegionId, number>() : peaks(forecast);
  const limit = percentText(envelope.limits.maximumDestinationUtilisation);
  const rank = (region: RegionId): number =>
    region === envelope.source ? 0 : envelope.destinations.includes(region) ? 1 : 2;
  return keysOf<RegionId>({ ...from, ...to })
    .toSorted((a, b) => rank(a) - rank(b))
    .map((region) => {
      const highest = envelope.destinations.includes(region) ? peak.get(region) : undefined;
      const room = highest === undefined ? '' : `peak ${share(highest)} of its capacity (limit ${limit})`;
      return { region, before: share(from[region] ?? 0), after: share(to[region] ?? 0), room };
    });
};

export const regionGroup = (envelope: Envelope, forecast: Forecast | null): Group =>
  group(
    rowsOf(envelope, forecast).map(
      ({ region, before, after, room }): Said => [
        label(region),
        ` ${before} → ${after}${room === '' ? '' : `, ${room}`}`,
      ],
    ),
    20,
  );

/** The same rows as a table. */
export const regionTable = (envelope: Envelope, forecast: Forecast | null): KnownBlock =>
  table(
    ['Region', 'Now', 'After', 'Room'],
    rowsOf(envelope, forecast).map(({ region, before, after, room }) => [region, before, after, room]),
  );

/** What a person must know before approving, and everything that objects. */
export const cautionGroups = ({ envelope, forecast, objections, notInForce }: Planned): readonly Group[] => [
  group(objectionLines(objections), 12, 'type it on the command line to see all'),
  group(
    [
      ...(envelope === null ? [] : overrideLines(envelope).map((line): Said => [line])),
      ...(forecast?.remarks ?? []).map((line): Said => [`- ${line}`]),
      ...notInForce.map((line): Said => [label('NOT in force, though the config file says it'), ` ${line}`]),
    ],
    8,
    'steer plan … on the command line shows all',
  ),
];

export const reasonQuotes = ({ because }: { readonly because: string }): readonly Quote[] =>
  because === '' ? [] : [{ before: sentence('Reason'), words: because }];
