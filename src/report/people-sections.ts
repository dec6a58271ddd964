import { durationText, percentText } from '../domain/units.ts';
import type { EnvelopeSummary, HoldStory, Measure, RunReport } from './report.ts';
import type { Section } from './section.ts';
import { instantText, sharesText } from './text.ts';

export const peopleSection = ({ people }: RunReport): Section => ({
  id: 'people',
  title: 'Who did what',
  columns: ['when', 'who', 'door', 'did', 'why', 'answer'],
  rows: people.map(({ at, by, door, did, because, answer }) => [
    instantText(at),
    by,
    door,
    did === 'rolled back' ? 'asked to roll back' : did,
    because ?? '',
    answer ?? '',
  ]),
  whenEmpty: 'Nobody did anything.',
});

const measureText = ({ what, value, operator, limit, because }: Measure): string =>
  value === null || limit === null
    ? `${what}: ${because}`
    : `${what}: ${value}${operator === null ? ', limit' : `, passes ${operator}`} ${limit}`;

const endText = ({ until, ended, from }: HoldStory): readonly [string, string] => {
  if (until === null || ended === null) return ['it still stands', ''];
  const lasted = `${instantText(until)} (${durationText(until - from)})`;
  const by = ended.by === null ? 'by itself' : ended.by;
  const why = ended.because === null ? '' : `: ${ended.because}`;
  return [lasted, `${by}, ${ended.how}${why}`];
};

export const holdSection = ({ holds }: RunReport): Section => ({
  id: 'holds',
  title: 'Holds',
  columns: ['from', 'cause', 'why', 'value and limit', 'until', 'ended by'],
  rows: holds.map((hold) => [
    instantText(hold.from),
    hold.by === null ? hold.cause : `${hold.cause}: ${hold.by} (${hold.door})`,
    hold.because.join('; '),
    hold.measures.map(measureText).join('; '),
    ...endText(hold),
  ]),
  whenEmpty: 'It was never held.',
});

export const overrideSection = ({ overrides }: RunReport): Section => ({
  id: 'overrides',
  title: 'Overrides used',
  columns: ['rule', 'names', 'why'],
  rows: overrides.map(({ code, names, because }) => [code, names.length === 0 ? 'all' : names.join(', '), because]),
  whenEmpty: 'None.',
});

export const warningSection = ({ warnings, notInForce }: RunReport): Section => ({
  id: 'warnings',
  title: 'Known before the start',
  columns: ['what', 'sentence'],
  rows: [...warnings.map(({ code, because }) => [code, because]), ...notInForce.map((line) => ['not in force', line])],
  whenEmpty: 'No warnings.',
});

const stayText = ({ envelope }: RunReport): string => {
  if (envelope.stayMs === null) return 'until somebody restores it';
  return `${durationText(envelope.stayMs)}, then ${envelope.returnsByItself ? 'it returns by itself' : 'it holds'}`;
};

/** Nothing where nobody declared anything: most moves leave a region that lives. */
const declarationRows = (declared: EnvelopeSummary['declared']): readonly string[][] =>
  declared === null
    ? []
    : [
        [
          'declared dead',
          `${declared.region}, by ${declared.by.join(' and ')}${declared.counts ? '' : ' alone: it did not count'}`,
        ],
      ];

export const envelopeSection = (report: RunReport): Section => {
  const { envelope } = report;
  const waves = envelope.waves.map((wave, i) => `${i + 1}: ${wave.join(', ')}`).join('; ');
  return {
    id: 'envelope',
    title: 'What was approved',
    columns: ['what', 'value'],
    rows: [
      ['digest of the plan', envelope.digest],
      ['digest of the config', envelope.configDigest],
      ['store', envelope.store],
      ['destinations', report.destinations.join(', ')],
      ['judged dead', envelope.dead.length === 0 ? 'none' : envelope.dead.join(', ')],
      ...declarationRows(envelope.declared),
      ['waves', waves],
      ['start by, finish by', `${instantText(envelope.startBy)}, ${instantText(envelope.finishBy)}`],
      ['largest step', percentText(envelope.largestStep)],
      ['bake', durationText(envelope.bakeMs)],
      ['highest utilisation of a destination', percentText(envelope.maximumDestinationUtilisation)],
      ['capacity that may leave in an hour', percentText(envelope.capacityRemovedPerHour)],
      ['healthy capacity that must stay', percentText(envelope.minimumHealthyCapacity)],
      ['kept empty', stayText(report)],
      ...envelope.sets.map(({ name, from, to }) => [name, `${sharesText(from)} → ${sharesText(to)}`]),
    ],
    whenEmpty: '',
  };
};
