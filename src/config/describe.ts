import { stringify } from 'yaml';
import type { Json } from '../domain/canonical.ts';
import type { Config } from '../domain/config.ts';
import { durationText, percentText } from '../domain/units.ts';
import { redactedJson } from './redact.ts';

/** Keys of the parsed config that hold basis points; the two of a gate are shares only under the rule `last-week`. */
const SHARES: ReadonlySet<string> = new Set([
  'part',
  'forecastPeak',
  'minimumHealthyCapacity',
  'servingShareMinimum',
  'capacityRemovedPerHour',
  'maximumDestinationUtilisation',
  'firstStep',
  'largestStep',
  'leverStepMaximum',
  'restoreCanaryShare',
]);

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const percent = (share: number): string => percentText(share).replace(' ', '');

/** One value of the config in the units of the file: `600000` at `safety.drill.shortestBakeMs` → `10m`. */
export const valueText = (path: string, value: Json): string => {
  const [key = '', above] = path.split('.').toReversed();
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  if (key.endsWith('Ms')) return value % 1000 === 0 ? durationText(value) : `${value}ms`;
  if (key.endsWith('Seconds')) return durationText(value * 1000);
  if (key.endsWith('Minute')) return clock(value);
  return SHARES.has(key) || above === 'home' ? percent(value) : String(value);
};

const isMap = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const inUnits = (key: string, value: Json, above: string): unknown => {
  if (Array.isArray(value)) return value.map((item) => inUnits('', item, key));
  if (isMap(value)) {
    const isShare = value['kind'] === 'last-week';
    return Object.fromEntries(
      Object.entries(value).map(([inner, item]) => {
        const asShare = isShare && (inner === 'passWithin' || inner === 'failFrom') && typeof item === 'number';
        return [inner.replace(/(?:Ms|Seconds|Minute)$/, ''), asShare ? percent(item) : inUnits(inner, item, key)];
      }),
    );
  }
  const text = typeof value === 'number' ? valueText(`${above}.${key}`, value) : value;
  return text === String(value) && typeof value === 'number' ? value : text;
};

/** The parsed config as JSON without secrets: every name stands for what it was expanded to. */
export const describeJson = (config: Config): Json => redactedJson('', config);

/** The same for people, in the units of the file. Shows what steer understood, so it is longer than what was written. */
export const describeText = (config: Config): string =>
  stringify(inUnits('', describeJson(config), ''), { lineWidth: 120, aliasDuplicateObjects: false });
