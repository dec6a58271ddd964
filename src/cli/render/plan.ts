import type { RegionId } from '../../domain/ids.ts';
import { refusals } from '../../domain/objections.ts';
import type { Envelope, Forecast, ForecastStep } from '../../domain/plan.ts';
import { keysOf } from '../../domain/records.ts';
import { percentText } from '../../domain/units.ts';
import type { Planned } from '../../operations/propose-move.ts';
import { bar, clockTime, share, utc } from '../../words/numbers.ts';
import { limitsLine, modeMark, overrideLines, peaks, requestText, sizeText, takesLines } from '../../words/plan.ts';
import { planShares } from '../../words/region-shares.ts';
import { objectionsText } from './objections.ts';
import type { Style } from './style.ts';
import { indented, table, wrapped } from './table.ts';

/** More rows than this say less, not more; JSON has them all. */
const MOST_STEPS = 14;
const WIDTH = 110;

const heading = (envelope: Envelope, style: Style): readonly string[] => {
  const { request } = envelope;
  const old = envelope.onOldFacts ? ' ON OLD FACTS' : '';
  return [
    style.bold(`${modeMark(request.mode)}PLAN: ${requestText(request)}${old} (nothing has changed yet)`),
    ...(request.because === '' ? [] : [`Reason: ${request.because}`]),
    `Moves ${sizeText(envelope)}. Mode: ${request.mode}.`,
  ];
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

const bullets = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => wrapped(`- ${line}`, WIDTH, '  '));

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
      : [...takesLines(envelope, forecast), '', ...indented(stepTable(forecast)), '']),
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
