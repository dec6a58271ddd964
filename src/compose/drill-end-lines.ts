import type { Style } from '../cli/render/style.ts';
import { wrapped } from '../cli/render/table.ts';
import { durationText, percentText, WHOLE } from '../domain/units.ts';
import type { DrainMark } from '../report/drained.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { counted, share } from '../words/numbers.ts';
import { exitOf, residueOf, type Told, tookMs, unavoidableMs } from './drill-outcome.ts';
import { ANSWERS_ASKED, type Count } from './drill-proof.ts';

const WIDTH = 100;
const NAME_WIDTH = 10;

const countText = (count: Count): string =>
  Object.entries(count)
    .map(([region, n]) => `${region} ${n}`)
    .join(', ');

const answerLines = ({ result }: Told): readonly string[] => {
  const { before, emptied, after } = result.answers;
  return [
    `of ${ANSWERS_ASKED} asked before: ${countText(before)}`,
    ...(emptied === null ? [] : [`at the emptiest: ${countText(emptied)}`]),
    `at the end: ${countText(after)}`,
  ];
};

const markText = ({ part, observed }: DrainMark): string =>
  `${percentText(part)} ${observed.value === null ? `unknown (${observed.why})` : `after ${durationText(observed.value)}`}`;

const drainedLines = ({ report }: Told): readonly string[] => {
  if (report === null || report.times.started === null) return [];
  const marks = report.numbers.drained;
  const unknown = marks.every(({ observed }) => observed.value === null);
  return unknown
    ? [`unknown: ${marks[0]?.observed.why}`]
    : [`by the traffic that arrived: ${marks.map(markText).join(', ')}`];
};

const residueLines = ({ result }: Told): readonly string[] => {
  const left = residueOf(result);
  if (left === null) return [];
  const part = (value: number): string => share(Math.round(value * WHOLE));
  return [
    `${part(left.all)} of the traffic still came to ${result.scenario.source} once every step had baked; of the users whose resolvers honour TTLs, ${part(left.honouring)}`,
  ];
};

const usedLines = ({ result }: Told, run: Run): readonly string[] => {
  const limit = run.envelope.limits.maximumDestinationUtilisation;
  const used = Object.entries(result.highestUtilisation).map(
    ([region, value]) => `${region} ${share(Math.round(value * WHOLE))}`,
  );
  return [`${used.join(', ')} of what ran there; at most ${percentText(limit)} may be planned`];
};

const budgetLines = ({ report }: Told, run: Run): readonly string[] => {
  if (report === null) return [];
  const isSum = run.envelope.request.mode !== 'emergency';
  const figure = isSum ? report.numbers.budgetSum : report.numbers.budgetHighestDrop;
  const used = figure.value === null ? `unknown (${figure.why})` : share(figure.value);
  return [
    `${used} of the fleet's capacity taken out of service; ${percentText(run.envelope.limits.capacityRemovedPerHour)} an hour may be`,
  ];
};

const timeLines = (told: Told): readonly string[] => {
  const took = tookMs(told.result);
  const waits = unavoidableMs(told);
  if (took === 0) return [];
  const held = told.report?.numbers.heldTime.value ?? 0;
  const holding = held > 0 ? `; ${durationText(held)} of it holding` : '';
  const times = waits === 0 || held > 0 || told.result.interrupted ? '' : ` (${(took / waits).toFixed(2)} times)`;
  return [
    `${durationText(took)}, of which propagation, bakes and the stay ask ${durationText(waits)}${times}${holding}`,
  ];
};

const callLines = ({ result }: Told): readonly string[] => [
  Object.entries(result.calls)
    .toSorted(([, a], [, b]) => b - a)
    .map(([operation, n]) => `${n} ${operation}`)
    .join(', '),
];

const headlineOf = ({ result }: Told, style: Style): string => {
  const { run, interrupted, refused } = result;
  if (run === null)
    return refused.length > 0
      ? style.bad('REFUSED: nothing was proposed.')
      : style.warn('INTERRUPTED before anything was proposed.');
  const { words } = phaseOf(run);
  if (interrupted && !isEnded(run)) return style.warn(`INTERRUPTED while ${words}.`);
  if (!isEnded(run)) return style.warn(`LEFT ${words}.`);
  return (run.stage === 'done' ? style.good : style.warn)(`${words}.`);
};

const whyLines = ({ result }: Told): readonly string[] => {
  const { run, refused } = result;
  if (run === null) return refused;
  return (
    run.ended?.because ?? [
      ...(run.engineHold?.because ?? []),
      ...(run.engineHold?.byHand ?? []).map((line) => `by hand: ${line}`),
    ]
  );
};

const goneLines = ({ result }: Told): readonly string[] =>
  result.interrupted
    ? [
        'The sandbox ends with this process: its servers, its journal and its traffic are gone; nothing outside it was touched.',
      ]
    : [];

const section = (name: string, lines: readonly string[]): readonly string[] =>
  lines
    .flatMap((line) => wrapped(line, WIDTH - NAME_WIDTH, ''))
    .map((line, i) => `${(i === 0 ? name : '').padEnd(NAME_WIDTH)}${line}`);

/** What came of it, with the proof: answers, traffic, load, calls, budget and time, each beside what it is held to. */
export const endLines = (told: Told, style: Style): readonly string[] => {
  const { result, files } = told;
  const { run } = result;
  const facts =
    run === null
      ? []
      : [
          ...section('Answers', answerLines(told)),
          ...section('Drained', drainedLines(told)),
          ...section('Residue', residueLines(told)),
          ...section('Load', usedLines(told, run)),
          ...section('Budget', budgetLines(told, run)),
          ...section('Steps', [
            `${counted(run.steps.length, 'step')}, ${counted(told.report?.numbers.holds ?? 0, 'hold')}`,
          ]),
          ...section('Calls', callLines(told)),
          ...section('Time', timeLines(told)),
        ];
  return [
    '',
    headlineOf(told, style),
    ...section('Because', whyLines(told)),
    ...facts,
    ...section('Report', files),
    ...goneLines(told),
    ...section('Exit', [String(exitOf(result))]),
  ];
};
