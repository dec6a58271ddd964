import type { RegionId } from '../../domain/ids.ts';
import { durationText, type Instant } from '../../domain/units.ts';
import type { FleetStatus, ServiceStatus } from '../../operations/status.ts';
import type { Run } from '../../run/state.ts';
import { clockTime, counted, share, utc } from '../../words/numbers.ts';
import { requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
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

/** Shares differ by rounding to whole weights; a tenth of a percent is not "away from home". */
const TOLERANCE = 50;

const isHome = ({ home, now }: ServiceStatus, regions: readonly RegionId[]): boolean =>
  now !== null && regions.every((region) => Math.abs((now[region] ?? 0) - (home[region] ?? 0)) <= TOLERANCE);

const whereabouts = (service: ServiceStatus, regions: readonly RegionId[]): string => {
  if (service.now === null) return 'UNKNOWN';
  return isHome(service, regions) ? 'home' : 'AWAY FROM HOME';
};

const cell = ({ home, now }: ServiceStatus, region: RegionId): string => {
  if (now === null) return 'unknown';
  const [present, usual] = [now[region] ?? 0, home[region] ?? 0];
  return Math.abs(present - usual) <= TOLERANCE ? share(present) : `${share(present)} (home ${share(usual)})`;
};

const serviceTable = (status: FleetStatus): readonly string[] => {
  const { regions, services } = status;
  const away = services.filter((service) => !isHome(service, regions));
  const shown = services.length <= MOST_SERVICES ? services : away.slice(0, MOST_SERVICES);
  const rows = shown.map((service) => [
    service.service,
    ...regions.map((region) => cell(service, region)),
    whereabouts(service, regions),
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

const outLines = ({ out, at }: FleetStatus): readonly string[] => {
  const byRegion = Map.groupBy(out, ({ region }) => region);
  return [...byRegion].map(([region, services]) => {
    const since = Math.min(...services.map((service) => service.since));
    const named = services.length <= 4 ? `: ${services.map(({ service }) => service).join(', ')}` : '';
    return `${region} is out for ${counted(services.length, 'service')}${named}, since ${clockTime(since, at)}. To bring it home: steer restore ${region} --reason "..."`;
  });
};

const executorLine = ({ executor, at }: FleetStatus, style: Style): string =>
  executor === null
    ? style.bad('NOBODY EXECUTES: runs stand still. Start one: steer serve')
    : `Executed by ${executor.holder} (epoch ${executor.epoch}, lease ${durationText(executor.until - at)} more).`;

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
    ...freezes.map(({ by, because, until }) =>
      style.warn(
        `FROZEN by ${by}: ${because} (${until === null ? 'until it is lifted' : `until ${clockTime(until, at)}`})`,
      ),
    ),
    executorLine(status, style),
    ...fileLine(status, style),
    ...broken.map(({ run, because }) => style.bad(`${run} cannot be replayed and counts as FAILED: ${because}`)),
    '',
    ...(open.length === 0
      ? ['No run is under way.']
      : ['Under way:', ...indented(open.flatMap((run) => runLine(run, at)))]),
    ...outLines(status).map(style.warn),
    '',
    ...serviceTable(status),
    ...missing.map((sentence) => style.warn(`Unknown: ${sentence}`)),
    ...(ended.length === 0 ? [] : ['', 'Ended:', ...indented(ended.flatMap((run) => runLine(run, at)))]),
  ];
};
