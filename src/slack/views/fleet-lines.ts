import type { RegionId } from '../../domain/ids.ts';
import { durationText, percentText } from '../../domain/units.ts';
import type { BudgetStatus } from '../../operations/budget-status.ts';
import type { FleetStatus, ServiceStatus } from '../../operations/status.ts';
import type { Run } from '../../run/state.ts';
import { executorText, frozenText } from '../../words/answers.ts';
import { counted, share } from '../../words/numbers.ts';
import { requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
import { isHome, outTexts, regionShareText } from '../../words/whereabouts.ts';
import { bold, code, label, type Said, say, sentence, time, timeMark } from './said.ts';
import { type Group, group } from './sheet.ts';

/** Services that are away from home are named up to here; the command line has them all. */
const MOST_AWAY = 10;
const MOST_RUNS = 8;

/** What needs a person, first: freezes, nobody executing, runs that cannot be read, regions that are out. */
export const alarmLines = (status: FleetStatus): readonly Said[] => {
  const { freezes, executor, broken, out, missing, at } = status;
  return [
    ...freezes.map((freeze): Said => sentence(frozenText(freeze, at, timeMark))),
    executor === null ? [bold(executorText(null, at))] : [executorText(executor, at)],
    ...broken.map(({ run, because }): Said => [label('FAILED'), ` ${run} cannot be replayed: ${because}`]),
    ...outTexts(out, at, '/steer ', timeMark).map(sentence),
    ...missing.map((line): Said => [label('Unknown'), ` ${line}`]),
  ];
};

const runLines = (run: Run, now: number): readonly Said[] => {
  const since = run.endedAt ?? run.startedAt ?? run.proposed.at;
  const word = run.endedAt !== null ? 'ended' : run.startedAt !== null ? 'started' : 'asked';
  const ago = durationText(Math.max(0, now - since));
  return [
    say`${bold(headline(run))} · ${requestText(run.envelope.request)}, by ${run.proposed.by}, ${word} ${ago} ago · ${code(`/steer show ${run.run}`)}`,
  ];
};

export const openRuns = ({ open, at }: FleetStatus): Group =>
  group(
    open.length === 0 ? [['No run is under way.']] : open.flatMap((run) => runLines(run, at)),
    MOST_RUNS,
    '/steer status RUN',
  );

export const endedRuns = ({ ended, at }: FleetStatus): Group =>
  group(
    ended.flatMap((run) => runLines(run, at)),
    5,
  );

const awayLine = (service: ServiceStatus, regions: readonly RegionId[]): Said => {
  if (service.now === null) return [label(service.service), ' UNKNOWN: its records could not be read'];
  const shares = regions.map((region) => `${region} ${regionShareText(service, region)}`).join(', ');
  return [label(service.service), ` AWAY FROM HOME: ${shares}`];
};

/** One figure for many services: the mean, since units never add. Only for services that are where they belong. */
const tierLine = (tier: number, services: readonly ServiceStatus[], regions: readonly RegionId[]): Said => {
  const shares = regions.map((region) => {
    const points = services.map(({ now }) => now?.[region] ?? 0);
    return `${region} ${share(Math.round(points.reduce((a, b) => a + b, 0) / points.length))}`;
  });
  const only = services.length === 1 ? services[0] : undefined;
  const what = only === undefined ? counted(services.length, 'service') : only.service;
  return [label(`Tier ${tier}, ${what} at home`), ` ${shares.join(', ')}`];
};

/** Where traffic goes: what is away from home or unknown by name, everything else by tier. */
export const shareGroups = ({ services, regions }: FleetStatus): readonly Group[] => {
  const home = services.filter((service) => isHome(service, regions));
  const away = services.filter((service) => !isHome(service, regions));
  const tiers = [...Map.groupBy(home, ({ tier }) => tier)].toSorted(([a], [b]) => a - b);
  return [
    group(
      away.map((service) => awayLine(service, regions)),
      MOST_AWAY,
      'steer status on the command line',
    ),
    group(
      tiers.map(([tier, own]) => tierLine(tier, own, regions)),
      12,
    ),
  ];
};

/** `planned: 12 % of 30 % used in the last hour, 18 % left`. */
const budgetLine = ({ mode, limit, used, tightest, growsAt }: BudgetStatus): Said => {
  const left = percentText(Math.max(0, limit - used));
  const most = tightest === null ? '' : `; ${tightest.service} has used ${percentText(tightest.used)}`;
  const grows: Said = growsAt === null ? [] : say`; it grows again at ${time(growsAt)}`;
  return [label(mode), ` ${left} left of ${percentText(limit)} an hour${most}`, ...grows];
};

export const budgetLines = ({ budget }: FleetStatus): readonly Said[] => budget.map(budgetLine);

export const statusFooter = (status: FleetStatus): readonly Said[] => [
  [`config ${status.configDigest.slice(0, 12)} in force`],
  say`updated ${time(status.at)}`,
];
