import type { SignalReading } from '../domain/signals.ts';
import { durationText, type Instant } from '../domain/units.ts';
import { type Finding, fail, listed, warn } from './finding.ts';

/** How a reading stands: a number from long ago says as little about now as none. */
const outcomeOf = (reading: SignalReading, now: Instant, maximumAgeMs: number): 'ok' | 'old' | 'no-data' | 'error' => {
  if (reading.kind === 'no-data' || reading.kind === 'error') return reading.kind;
  return reading.kind === 'number' && now - reading.latest.at > maximumAgeMs ? 'old' : 'ok';
};

const reasonOf = (reading: SignalReading, now: Instant): string => {
  if (reading.kind === 'number') return `the last reading is ${durationText(now - reading.latest.at)} old`;
  return 'because' in reading ? reading.because : '';
};

/** One line for each reason: thirty signals of one account that is locked out are one thing to repair. */
const byReason = (readings: readonly SignalReading[], now: Instant): readonly (readonly [string, string])[] =>
  [...Map.groupBy(readings, (reading) => reasonOf(reading, now))].map(([because, those]) => [
    `${those.length} ${those.length === 1 ? 'signal' : 'signals'}: ${listed(those.map(({ signal }) => signal))}`,
    because,
  ]);

/** Every signal read once, by outcome. `maximumAgeMs` is how old a reading may be to count. */
export const signalFindings = (
  readings: readonly SignalReading[],
  now: Instant,
  maximumAgeMs: number,
): readonly Finding[] => {
  const by = Map.groupBy(readings, (reading) => outcomeOf(reading, now, maximumAgeMs));
  const count = (outcome: 'ok' | 'old' | 'no-data' | 'error'): number => by.get(outcome)?.length ?? 0;
  const says = `${count('ok')} of ${readings.length} signals speak, ${count('old')} are old, ${count('no-data')} have no data, ${count('error')} fail`;
  const level = count('error') > 0 || readings.length === 0 ? 'fail' : count('ok') < readings.length ? 'warn' : 'ok';
  const sum: Finding = { level, check: 'signals', says, remedy: null };
  return [
    sum,
    ...byReason(by.get('error') ?? [], now).map(([names, because]) =>
      fail('signals', `fail: ${names} (${because})`, 'repair it: in drills and planned moves its gates hold'),
    ),
    ...byReason([...(by.get('no-data') ?? []), ...(by.get('old') ?? [])], now).map(([names, because]) =>
      warn('signals', `no data: ${names} (${because})`, 'see that it is published; a drained region may be silent'),
    ),
  ];
};
