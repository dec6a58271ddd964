import { hadData } from './gates.ts';
import { foreignSection, mishapSection, shareSection, stepSection } from './move-sections.ts';
import { budgetSection, drainSection, numberSection } from './number-section.ts';
import { envelopeSection, holdSection, overrideSection, peopleSection, warningSection } from './people-sections.ts';
import type { RunReport } from './report.ts';
import type { Section } from './section.ts';
import type { GateSpan } from './series.ts';
import { instantText, sinceText } from './text.ts';

const samples = (spans: readonly GateSpan[], is: (span: GateSpan) => boolean): number =>
  spans.filter(is).reduce((all, span) => all + span.samples, 0);

const gateSection = ({ gates }: RunReport): Section => ({
  id: 'gates',
  title: 'Gates',
  columns: [
    'service',
    'gate',
    'region',
    'samplings',
    'passed',
    'failed',
    'inconclusive',
    'no data or error',
    'first that did not pass',
  ],
  rows: gates.map(({ service, gate, region, spans }) => {
    const worst = spans.find(({ outcome }) => outcome !== 'PASS');
    return [
      service,
      gate,
      region ?? 'all',
      String(samples(spans, () => true)),
      String(samples(spans, ({ outcome }) => outcome === 'PASS')),
      String(samples(spans, ({ outcome }) => outcome === 'FAIL')),
      String(samples(spans, ({ outcome }) => outcome === 'INCONCLUSIVE')),
      String(samples(spans, ({ outcome }) => !hadData(outcome))),
      worst === undefined ? '' : `${worst.outcome} at ${instantText(worst.from)}: ${worst.because ?? ''}`,
    ];
  }),
  whenEmpty: 'No gate was judged.',
});

const timelineSection = ({ timeline, times }: RunReport): Section => ({
  id: 'timeline',
  title: 'Timeline',
  columns: ['when', 'since the start', 'what'],
  rows: timeline.map(({ at, text }) => [
    instantText(at),
    times.started === null ? '' : sinceText(times.started, at),
    text,
  ]),
  whenEmpty: 'Nothing happened.',
});

/** Every table, in the order in which a reader asks: what came of it, how, why it waited, who, what exactly happened. */
export const sectionsOf = (report: RunReport): readonly Section[] => [
  numberSection(report),
  shareSection(report),
  stepSection(report),
  holdSection(report),
  peopleSection(report),
  ...(report.numbers.drainedByService.length > 1 ? [drainSection(report)] : []),
  budgetSection(report),
  gateSection(report),
  mishapSection(report),
  foreignSection(report),
  overrideSection(report),
  warningSection(report),
  envelopeSection(report),
  timelineSection(report),
];

/** The head of every form: one line each, in this order. */
export const headOf = (report: RunReport): readonly (readonly [string, string])[] => {
  const { times, people } = report;
  const asker = people.find(({ did }) => did === 'proposed');
  const approver = people.find(({ did, at }) => did === 'approved' && at === times.approved);
  return [
    ['run', report.run],
    ['state', report.phase],
    ['mode', report.mode],
    ['why', report.because],
    ['asked by', asker === undefined ? 'unknown' : `${asker.by} (${asker.door}), ${instantText(times.proposed)}`],
    [
      'approved by',
      approver === undefined
        ? report.approvalNeeded
          ? 'nobody'
          : 'needed no approval'
        : `${approver.by} (${approver.door}), ${instantText(approver.at)}${report.approvedAlone ? ', alone' : ''}`,
    ],
    ['started', times.started === null ? 'never' : instantText(times.started)],
    ['ended', times.ended === null ? `not yet (as of ${instantText(times.asOf)})` : instantText(times.ended)],
    ...(report.ended === null ? [] : [['outcome', report.ended.because.join('; ')] as const]),
  ];
};
