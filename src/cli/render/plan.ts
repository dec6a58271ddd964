import type { RegionId } from '../../domain/ids.ts';
import { refusals } from '../../domain/objections.ts';
import type { Envelope, Forecast, ForecastStep, MoveRequest } from '../../domain/plan.ts';
import { keysOf } from '../../domain/records.ts';
import { durationText, percentText } from '../../domain/units.ts';
import type { Planned } from '../../operations/propose-move.ts';
import { bar, clockTime, counted, minutesText, share, utc } from './numbers.ts';
import { objectionsText } from './objections.ts';
import { planShares } from './region-shares.ts';
import type { Style } from './style.ts';
import { indented, table, wrapped } from './table.ts';

/** More rows than this say less, not more; JSON has them all. */
const MOST_STEPS = 14;
const WIDTH = 110;

export const requestText = (request: MoveRequest): string => {
  const { verb, region, share: part, services, to, declaresDead } = request;
  const what =
    verb === 'shift'
      ? `${part === null ? '' : `${percentText(part)} of `}${services.join(', ')}`
      : `${region ?? 'every region'}${declaresDead === true ? ' (declared dead)' : ''}`;
  const from = verb === 'shift' ? ` from ${region}` : '';
  const where = to.length > 0 ? ` to ${to.join(', ')}` : '';
  return `${verb} ${what}${from}${where}`;
};

const size = (envelope: Envelope): string => {
  const zones = new Set(envelope.sets.map(({ ref }) => `${ref.provider} ${ref.zone}`));
  const services = envelope.services.map(({ service }) => service);
  const named = services.length <= 4 ? ` (${services.join(', ')})` : '';
  return `${counted(services.length, 'service')}${named}, ${counted(envelope.sets.length, 'name')} in ${counted(zones.size, 'zone')}`;
};

/** `EMERGENCY` and `DRILL` come first wherever a plan is named, so that nobody takes one for the other. */
export const modeMark = (mode: MoveRequest['mode']): string => (mode === 'planned' ? '' : `${mode.toUpperCase()} `);

const heading = (envelope: Envelope, style: Style): readonly string[] => {
  const { request } = envelope;
  const old = envelope.onOldFacts ? ' ON OLD FACTS' : '';
  return [
    style.bold(`${modeMark(request.mode)}PLAN: ${requestText(request)}${old} (nothing has changed yet)`),
    ...(request.because === '' ? [] : [`Reason: ${request.because}`]),
    `Moves ${size(envelope)}. Mode: ${request.mode}.`,
  ];
};

/** The highest utilisation of each region over the way out. */
const peaks = (forecast: Forecast): Map<RegionId, number> => {
  const highest = new Map<RegionId, number>();
  for (const { direction, utilisation } of forecast.steps) {
    if (direction !== 'out') continue;
    for (const region of keysOf<RegionId>(utilisation)) {
      highest.set(region, Math.max(highest.get(region) ?? 0, utilisation[region] ?? 0));
    }
  }
  return highest;
};

const regionTable = (envelope: Envelope, forecast: Forecast | null): readonly string[] => {
  const { from, to } = planShares(envelope);
  const peak = forecast === null ? new Map<RegionId, number>() : peaks(forecast);
  const limit = percentText(envelope.limits.maximumDestinationUtilisation);
  const rows = keysOf<RegionId>({ ...from, ...to }).map((region) => {
    const [was, becomes] = [from[region] ?? 0, to[region] ?? 0];
    const receives = envelope.destinations.includes(region);
    const highest = peak.get(region);
    const room = receives && highest !== undefined ? `peak ${share(highest)} of its capacity (limit ${limit})` : '';
    return [region, bar(was), share(was), '->', bar(becomes), share(becomes), room];
  });
  return table(rows, ['left', 'left', 'right', 'left', 'left', 'right']);
};

const stepRow = (step: ForecastStep): string[] => {
  const { tightest, utilisation } = step;
  const used =
    tightest === null ? '' : `${tightest.region} ${share(utilisation[tightest.region] ?? 0)} (${tightest.service})`;
  const way = step.direction === 'out' ? 'out' : 'back';
  return [
    String(step.step),
    way,
    `+${Math.round(step.minutesFromStart)} min`,
    bar(step.sourceShare),
    share(step.sourceShare),
    used,
    share(step.removed),
  ];
};

const stepTable = (forecast: Forecast): readonly string[] => {
  const { steps } = forecast;
  const head = ['step', 'way', 'at', 'source', 'share', 'tightest', 'takes out'];
  const shown = steps.length <= MOST_STEPS ? steps : [...steps.slice(0, 8), ...steps.slice(-5)];
  const rows = table([head, ...shown.map(stepRow)], ['right', 'left', 'right', 'left', 'right', 'left', 'right']);
  if (shown.length === steps.length) return rows;
  return [...rows.slice(0, 9), `  ... ${steps.length - shown.length} more steps ...`, ...rows.slice(9)];
};

const takes = (envelope: Envelope, forecast: Forecast): readonly string[] => {
  const out = forecast.steps.filter(({ direction }) => direction === 'out').length;
  const waves = envelope.waves.length > 1 ? ` in ${envelope.waves.length} waves` : '';
  const stay = envelope.stayMs === null ? '' : ` Then it stays empty for ${durationText(envelope.stayMs)}`;
  const back = envelope.returnsByItself
    ? ' and traffic comes back by itself, guarded and gated.'
    : stay === ''
      ? ''
      : '.';
  return [
    `Takes about ${minutesText(forecast.minutes)} in ${counted(out, 'step')}${waves}, by ${forecast.lever}.${stay}${back}`,
    `Going back takes about ${minutesText(forecast.minutesBack)}.`,
    ...forecast.waits.map((wait) => `Waits: ${wait}`),
  ];
};

const limitsLine = ({ limits, bakeMs }: Envelope): string =>
  [
    `step at most ${percentText(limits.largestStep)}`,
    `bake at least ${durationText(bakeMs)}`,
    `destinations at most ${percentText(limits.maximumDestinationUtilisation)} of capacity`,
    `at most ${percentText(limits.capacityRemovedPerHour)} out of service per hour`,
    `at least ${percentText(limits.minimumHealthyCapacity)} stays in service`,
    `at least ${counted(limits.minimumServingRegions, 'region serves', 'regions serve')}`,
  ].join(', ');

const bullets = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => wrapped(`- ${line}`, WIDTH, '  '));

const overrideLines = (envelope: Envelope): readonly string[] =>
  envelope.overrides.map(({ code, names, because }) => {
    const named = names.length > 0 ? ` for ${names.join(', ')}` : '';
    return `BREAK-GLASS sets aside ${code}${named}: ${because}`;
  });

const approvalLines = (plan: Planned, envelope: Envelope): readonly string[] => {
  const until = `start by ${clockTime(envelope.startBy, envelope.madeAt)}, finish by ${clockTime(envelope.finishBy, envelope.madeAt)}`;
  const { region, declaresDead } = envelope.request;
  const too = declaresDead === true ? ` Whoever does declares ${region} dead, too.` : '';
  const second = plan.approvalNeeded ? `Another person must approve it.${too}` : 'It needs no approval in this mode.';
  return [`Plan ${plan.digest?.slice(0, 12) ?? '?'}, made ${utc(envelope.madeAt)}, ${until}. ${second}`];
};

/** A plan for somebody who decides whether to let it run: what moves, how far, how fast, how full, and how back. */
export const planLines = (plan: Planned, style: Style): readonly string[] => {
  const { envelope, forecast, objections } = plan;
  if (envelope === null) return objectionsText(objections, style);
  return [
    ...heading(envelope, style),
    '',
    ...indented(regionTable(envelope, forecast)),
    '',
    ...(forecast === null || forecast.steps.length === 0
      ? []
      : [...takes(envelope, forecast), '', ...indented(stepTable(forecast)), '']),
    ...wrapped(`Limits: ${limitsLine(envelope)}.`, WIDTH, '  '),
    ...overrideLines(envelope).map(style.warn),
    ...bullets(forecast?.remarks ?? []),
    ...objectionsText(objections, style),
    ...(plan.notInForce.length > 0
      ? [style.warn('The config file says what is NOT in force:'), ...bullets(plan.notInForce)]
      : []),
    '',
    ...(refusals(objections).length > 0
      ? [style.bad('This plan cannot be proposed as things are.')]
      : approvalLines(plan, envelope)),
  ];
};
