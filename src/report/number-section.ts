import { durationText } from '../domain/units.ts';
import type { RunReport } from './report.ts';
import type { Section } from './section.ts';
import { durationFigure, instantText, shareFigure, shareText } from './text.ts';

const headroomText = ({ numbers }: RunReport): string => {
  const { headroom, at, region, service } = numbers.smallestHeadroom;
  if (headroom.value === null || at === null) return `unknown: ${headroom.why ?? 'not measured'}`;
  const where = `${region} for ${service} at ${instantText(at)}`;
  return headroom.value < 0
    ? `${shareText(-headroom.value)} ABOVE the limit, ${where}`
    : `${shareText(headroom.value)} below the limit, ${where}`;
};

const wayWord = ({ source }: RunReport): string => (source === null ? 'home' : 'drained');

/** Times to the parts of the way, seen and by arithmetic side by side. */
const drainRows = (report: RunReport): readonly (readonly string[])[] =>
  report.numbers.drained.flatMap(({ part, observed, byTtl }) => [
    [`${shareText(part)} ${wayWord(report)}, by the traffic that arrived`, durationFigure(observed)],
    [`${shareText(part)} ${wayWord(report)}, by TTL arithmetic`, durationFigure(byTtl)],
  ]);

/** The numbers that people compare from run to run. What is unknown says why. */
export const numberSection = (report: RunReport): Section => {
  const { numbers, envelope } = report;
  const limit = shareText(envelope.capacityRemovedPerHour);
  return {
    id: 'numbers',
    title: 'Numbers',
    columns: ['what', 'value'],
    rows: [
      ['time to decide (proposed to started)', durationFigure(numbers.toDecide)],
      ['of it until approval', durationFigure(numbers.toApproval)],
      ['of it from approval to start', durationFigure(numbers.toStart)],
      ...drainRows(report),
      ['residue at the end (kept connections, resolvers that ignore TTLs)', shareFigure(numbers.residue)],
      ['actual recovery (moved by traffic, and destinations pass)', durationFigure(numbers.actualRecovery)],
      ['DNS time (start to last outward propagation)', durationFigure(numbers.dnsTime)],
      ['longest propagation of a step', durationFigure(numbers.longestPropagation)],
      ['time to bring traffic back', durationFigure(numbers.restoreTime)],
      ['whole run', durationFigure(numbers.wholeRun)],
      ['held', `${numbers.holds === 0 ? 'never' : `${numbers.holds} ×, ${durationFigure(numbers.heldTime)} in all`}`],
      ['smallest headroom of a destination', headroomText(report)],
      [`capacity removed, sum (fleet; limit ${limit} an hour)`, shareFigure(numbers.budgetSum)],
      [`capacity removed, highest drop (fleet; limit ${limit} an hour)`, shareFigure(numbers.budgetHighestDrop)],
      ['gate judgements that had data', `${shareFigure(numbers.gateData)} of ${numbers.judgements}`],
      ['gate judgements that failed', String(numbers.failedJudgements)],
      ['errors caused', shareFigure(numbers.errorsCaused)],
      ['planned', `${envelope.forecastSteps} steps, ${durationText(envelope.forecastMinutes * 60_000)}`],
    ],
    whenEmpty: 'No numbers.',
  };
};

/** The same times for each service, where several moved. */
export const drainSection = (report: RunReport): Section => ({
  id: 'drained',
  title: `Time to ${wayWord(report) === 'home' ? 'come home' : 'drain'}, by service`,
  columns: ['service', 'part', 'by traffic', 'by TTL arithmetic'],
  rows: report.numbers.drainedByService.flatMap(({ service, marks }) =>
    marks.map(({ part, observed, byTtl }) => [
      service,
      shareText(part),
      durationFigure(observed),
      durationFigure(byTtl),
    ]),
  ),
  whenEmpty: 'No service moved a share of one region that could be followed.',
});

export const budgetSection = ({ numbers }: RunReport): Section => ({
  id: 'budget',
  title: 'Capacity removed, by service',
  columns: ['service', 'sum of removals', 'highest drop'],
  rows: numbers.budgetByService.map(({ service, sum, highestDrop }) => [
    service,
    shareText(sum),
    shareText(highestDrop),
  ]),
  whenEmpty: 'Nothing was charged.',
});
