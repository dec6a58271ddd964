import { durationText } from '../domain/units.ts';
import type { RunReport } from './report.ts';
import type { Section } from './section.ts';
import type { StepStory } from './steps.ts';
import { clockText, instantText, sharesText, shareText } from './text.ts';

const batchText = ({ batches }: StepStory): string => {
  const landed = batches.filter(({ landedAt }) => landedAt !== null).length;
  const refusals = batches.reduce((all, batch) => all + batch.refusals, 0);
  const found = batches.filter((batch) => batch.found).length;
  return [
    `${landed} of ${batches.length}`,
    ...(refusals === 0 ? [] : [`${refusals} refused`]),
    ...(found === 0 ? [] : [`${found} found`]),
  ].join(', ');
};

const clock = (at: number | null): string => (at === null ? '—' : clockText(at));

const answersText = ({ answers }: StepStory): string => {
  if (answers === null) return '—';
  const silent = answers.silent.length === 0 ? '' : `, ${answers.silent.length} sets silent`;
  return `${answers.fromSource} of ${answers.asked} from the source${silent}`;
};

/** What every step wrote and when it landed, propagated, was verified and baked (clock times of the run's days, UTC). */
export const stepSection = ({ steps, source }: RunReport): Section => ({
  id: 'steps',
  title: 'Steps',
  columns: [
    'step',
    'way',
    source === null ? 'shares after' : `${source} after`,
    'intended',
    'batches landed',
    'landed',
    'propagated',
    'took',
    'verified',
    'answers',
    'baked',
  ],
  rows: steps.map((step) => [
    String(step.step),
    `${step.direction}, wave ${step.wave + 1}, ${shareText(step.progress)}`,
    step.sharesAfter === null
      ? '—'
      : Object.entries(step.sharesAfter)
          .map(([service, shares]) =>
            source === null ? `${service}: ${sharesText(shares)}` : `${service} ${shareText(shares[source] ?? 0)}`,
          )
          .join('; '),
    clock(step.intendedAt),
    batchText(step),
    clock(step.landedAt),
    clock(step.propagatedAt),
    step.propagationMs === null ? '—' : durationText(step.propagationMs),
    clock(step.verifiedAt),
    answersText(step),
    clock(step.bakedAt),
  ]),
  whenEmpty: 'Nothing was written.',
});

/** Where the traffic of every service was sent at the start and is sent at the end, as far as steer wrote it. */
export const shareSection = ({ series }: RunReport): Section => ({
  id: 'shares',
  title: 'Shares',
  columns: ['service', 'at the start', 'at the end'],
  rows: series.map(({ service, written }) => [
    service,
    sharesText(written[0]?.shares ?? {}),
    sharesText(written.at(-1)?.shares ?? {}),
  ]),
  whenEmpty: 'The plan names no service.',
});

export const mishapSection = ({ mishaps }: RunReport): Section => ({
  id: 'mishaps',
  title: 'Batches refused, unknown, found',
  columns: ['when', 'step', 'batch', 'zone', 'what', 'why'],
  rows: mishaps.map(({ at, step, batch, zone, what, because, again }) => [
    instantText(at),
    String(step),
    String(batch),
    zone,
    what === 'refused' ? `refused, ${again === true ? 'sent again' : 'not sent again'}` : what,
    because,
  ]),
  whenEmpty: 'None: every batch landed and said so.',
});

export const foreignSection = ({ foreign }: RunReport): Section => ({
  id: 'foreign',
  title: 'Foreign edits',
  columns: ['when', 'set', 'difference', 'as expected again'],
  rows: foreign.map(({ at, set, diff, settledAt }) => [
    instantText(at),
    set,
    diff.join('; '),
    settledAt === null ? 'never in this run' : instantText(settledAt),
  ]),
  whenEmpty: 'None: nobody else changed a record of this run.',
});
