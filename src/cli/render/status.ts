import { durationText, type Instant } from '../../domain/units.ts';
import type { FleetStatus } from '../../operations/status.ts';
import type { Run } from '../../run/state.ts';
import { executorText, frozenText } from '../../words/answers.ts';
import { counted, utc } from '../../words/numbers.ts';
import { requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
import { isHome, outTexts, regionShareText, whereaboutsText } from '../../words/whereabouts.ts';
import type { Style } from './style.ts';
import { indented, table } from './table.ts';

/** Services that are where they belong are counted, not listed, once there are more than this. */
const MOST_SERVICES = 12;

const runLine = (run: Run, now: Instant): readonly string[] => {
  const since = run.endedAt ?? run.startedAt ?? run.proposed.at;
  const word = run.endedAt !== null ? 'ended' : run.startedAt !== null ? 'started' : 'asked';
  return [
    `${run.run}  ${headline(run)}`,
    `    ${requestText(run.envelope.request)}, by ${run.proposed.by}, ${word} ${durationText(Math.max(0, now - since))} ago`,
  ];
};

const serviceTable = (status: FleetStatus): readonly string[] => {
  const { regions, services } = status;
  const away = services.filter((service) => !isHome(service, regions));
  const shown = services.length <= MOST_SERVICES ? services : away.slice(0, MOST_SERVICES);
  const rows = shown.map((service) => [
    service.service,
    ...regions.map((region) => regionShareText(service, region)),
    whereaboutsText(service, regions),
  ]);
  const rest = away.length - shown.length;
  return [
    ...(rows.length > 0
      ? table([['service', ...regions, ''], ...rows], ['left', ...regions.map(() => 'right' as const)])
      : []),
    ...(shown.length < services.length ? [`${counted(services.length - away.length, 'service')} at home`] : []),
    ...(services.length > MOST_SERVICES && rest > 0 ? [`${rest} more away from home: steer status --json`] : []),
  ];
};

const fileLine = ({ file }: FleetStatus, style: Style): readonly string[] => {
  if (file.kind === 'in-force') return [];
  if (file.kind === 'wrong')
    return [style.warn(`${file.name} is not valid, so it counts for nothing: steer config check`)];
  return [
    style.warn(
      `${file.name} differs from the config in force in ${counted(file.changes.length, 'place')}: steer config diff`,
    ),
  ];
};

/** The fleet at a glance: what needs a person first. */
export const statusLines = (status: FleetStatus, style: Style): readonly string[] => {
  const { open, ended, broken, freezes, missing, at } = status;
  return [
    style.bold(`${status.fleet}, ${utc(at)}, config ${status.configDigest.slice(0, 12)} in force`),
    ...freezes.map((freeze) => style.warn(frozenText(freeze, at))),
    status.executor === null ? style.bad(executorText(null, at)) : executorText(status.executor, at),
    ...fileLine(status, style),
    ...broken.map(({ run, because }) => style.bad(`${run} cannot be replayed and counts as FAILED: ${because}`)),
    '',
    ...(open.length === 0
      ? ['No run is under way.']
      : ['Under way:', ...indented(open.flatMap((run) => runLine(run, at)))]),
    ...outTexts(status.out, at).map(style.warn),
    '',
    ...serviceTable(status),
    ...missing.map((sentence) => style.warn(`Unknown: ${sentence}`)),
    ...(ended.length === 0 ? [] : ['', 'Ended:', ...indented(ended.flatMap((run) => runLine(run, at)))]),
  ];
};
