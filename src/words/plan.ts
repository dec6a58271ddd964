import type { RegionId } from '../domain/ids.ts';
import type { Envelope, Forecast, MoveRequest } from '../domain/plan.ts';
import { keysOf } from '../domain/records.ts';
import { durationText, percentText } from '../domain/units.ts';
import { counted, minutesText } from './numbers.ts';

/** What was asked, as a person would type it. */
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

/** `2 services (checkout, search), 5 names in 2 zones`. */
export const sizeText = (envelope: Envelope): string => {
  const zones = new Set(envelope.sets.map(({ ref }) => `${ref.provider} ${ref.zone}`));
  const services = envelope.services.map(({ service }) => service);
  const named = services.length <= 4 ? ` (${services.join(', ')})` : '';
  return `${counted(services.length, 'service')}${named}, ${counted(envelope.sets.length, 'name')} in ${counted(zones.size, 'zone')}`;
};

/** `EMERGENCY` and `DRILL` come first wherever a plan is named, so that nobody takes one for the other. */
export const modeMark = (mode: MoveRequest['mode']): string => (mode === 'planned' ? '' : `${mode.toUpperCase()} `);

/** What must stand before everything else: `EMERGENCY ON OLD FACTS `. */
export const envelopeMark = ({ request, onOldFacts }: Envelope): string =>
  `${modeMark(request.mode)}${onOldFacts ? 'ON OLD FACTS ' : ''}`;

/** The highest utilisation of each region over the way out. */
export const peaks = (forecast: Forecast): Map<RegionId, number> => {
  const highest = new Map<RegionId, number>();
  for (const { direction, utilisation } of forecast.steps) {
    if (direction !== 'out') continue;
    for (const region of keysOf<RegionId>(utilisation)) {
      highest.set(region, Math.max(highest.get(region) ?? 0, utilisation[region] ?? 0));
    }
  }
  return highest;
};

/** How long it takes out and back, in how many steps, and what it will wait for; one sentence each. */
export const takesLines = (envelope: Envelope, forecast: Forecast): readonly string[] => {
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

/** The limits that are part of what is approved. */
export const limitsLine = ({ limits, bakeMs }: Envelope): string =>
  [
    `step at most ${percentText(limits.largestStep)}`,
    `bake at least ${durationText(bakeMs)}`,
    `destinations at most ${percentText(limits.maximumDestinationUtilisation)} of capacity`,
    `at most ${percentText(limits.capacityRemovedPerHour)} out of service per hour`,
    `at least ${percentText(limits.minimumHealthyCapacity)} stays in service`,
    `at least ${counted(limits.minimumServingRegions, 'region serves', 'regions serve')}`,
  ].join(', ');

/** What a break-glass sets aside; one line each. */
export const overrideLines = (envelope: Envelope): readonly string[] =>
  envelope.overrides.map(({ code, names, because }) => {
    const named = names.length > 0 ? ` for ${names.join(', ')}` : '';
    return `BREAK-GLASS sets aside ${code}${named}: ${because}`;
  });
