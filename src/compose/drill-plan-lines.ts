import type { Style } from '../cli/render/style.ts';
import { indented, table, wrapped } from '../cli/render/table.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Envelope, Forecast } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import { durationText, percentText } from '../domain/units.ts';
import type { Proposed } from '../operations/propose-move.ts';
import { bar, counted, share } from '../words/numbers.ts';
import { planShares } from '../words/region-shares.ts';
import { sourceFirst } from './drill-progress.ts';

const WIDTH = 100;
const MINUTE_MS = 60_000;

const highest = (forecast: Forecast, region: RegionId): number =>
  Math.max(0, ...forecast.steps.map(({ utilisation }) => utilisation[region] ?? 0));

const regionRows = ({ envelope, forecast }: Proposed): readonly string[] => {
  const { from, to } = planShares(envelope);
  const limit = percentText(envelope.limits.maximumDestinationUtilisation);
  const rows = sourceFirst(envelope.source, keysOf<RegionId>(from)).map((region) => {
    const [was, becomes] = [from[region] ?? 0, to[region] ?? 0];
    const role =
      region === envelope.source
        ? 'leaves'
        : `receives; at most ${share(highest(forecast, region))} of its capacity used (limit ${limit})`;
    return [region, bar(was), share(was), '->', bar(becomes), share(becomes), role];
  });
  return table(rows, ['left', 'left', 'right', 'left', 'left', 'right']);
};

const waves = ({ waves: all }: Envelope): string =>
  all.length < 2
    ? ''
    : ` in ${all.length} waves (${all.map(({ services }) => services.join(' and ')).join(', then ')})`;

const way = ({ envelope, forecast }: Proposed): string => {
  const out = forecast.steps.filter(({ direction }) => direction === 'out').length;
  const back = forecast.steps.length - out;
  const leaves = `Leaves in ${counted(out, 'step')} of at most ${percentText(envelope.limits.largestStep)}${waves(envelope)}, about ${durationText(forecast.minutes * MINUTE_MS)}`;
  if (!envelope.returnsByItself || envelope.stayMs === null)
    return `${leaves}, and stays out until somebody restores it.`;
  return `${leaves}; stays empty for ${durationText(envelope.stayMs)}; comes home in ${counted(back, 'step')}, about ${durationText(forecast.minutesBack * MINUTE_MS)}, if its gates pass.`;
};

const budget = ({ envelope, forecast }: Proposed): string => {
  const removed = forecast.steps.reduce((sum, step) => sum + (step.direction === 'out' ? step.removed : 0), 0);
  return `Takes ${share(removed)} of the fleet's capacity out of service; ${percentText(envelope.limits.capacityRemovedPerHour)} an hour may be.`;
};

/** The plan as whoever approves it reads it: who goes where, in how many steps, for how long, and what it takes. */
export const drillPlanLines = (plan: Proposed, style: Style): readonly string[] => {
  const { envelope, forecast, digest } = plan;
  const { mode, region, because } = envelope.request;
  return [
    style.bold(`PLAN ${digest.slice(0, 12)}: evacuate ${region}, ${mode}. ${because}.`),
    ...indented(regionRows(plan)),
    ...[
      way(plan),
      budget(plan),
      ...forecast.waits.map((wait) => `Expects that it ${wait}.`),
      ...forecast.remarks,
    ].flatMap((line) => indented(wrapped(line, WIDTH, '  '))),
  ];
};
