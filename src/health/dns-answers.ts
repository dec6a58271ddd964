import type { SignalReading } from '../domain/signals.ts';
import { type Instant, WHOLE } from '../domain/units.ts';
import type { Probe } from '../ports/probe.ts';
import { type AnswerDistribution, askAuthoritative, type DnsAsker } from './ask-authoritative.ts';
import { groupedBy, mapLimited } from './batches.ts';
import { normalAnswer } from './dns-message.ts';
import { errorReading, ofKind, type SignalOf } from './readings.ts';

type DnsSignal = SignalOf<'dns-answers'>;

const PARALLEL_NAMES = 4;

/** How many of the replies name one of these answers. */
const countOf = ({ answers }: AnswerDistribution, wanted: readonly string[]): number => {
  const own = new Set(wanted.map(normalAnswer));
  return answers.filter(({ data }) => data.some((one) => own.has(one))).reduce((sum, { count }) => sum + count, 0);
};

const readingOf = (spec: DnsSignal, now: Instant, distribution: AnswerDistribution): SignalReading => {
  const { answered, asked, failures } = distribution;
  // Nobody at all: it may as well be the way from here, so it is no proof of anything.
  if (answered === 0)
    return errorReading(
      spec,
      now,
      `${spec.source.name} ${spec.source.type}: 0 of ${asked} answered; ${failures.join('; ')}`,
    );
  const latest = {
    at: now,
    value: (countOf(distribution, spec.source.answers) * WHOLE) / answered,
    sampleCount: answered,
  };
  return { signal: spec.signal, readAt: now, kind: 'number', latest, recent: [latest], lastWeek: null };
};

/**
 * The share of authoritative answers that belong to a region, in basis points, with as many samples as were answered.
 * Regions of one name share the questions. Never throws.
 */
export const dnsAnswersProbe = (asker: DnsAsker): Probe => ({
  read: async (signals, now, signal) => {
    const names = groupedBy(ofKind(signals, 'dns-answers'), ({ source }) => {
      const { answers: _, ...question } = source;
      return JSON.stringify(question);
    });
    const read = await mapLimited([...names.values()], PARALLEL_NAMES, async (group) => {
      const [first] = group;
      if (first === undefined) return [];
      const distribution = await askAuthoritative(first.source, asker, signal);
      return group.map((spec) => readingOf(spec, now, distribution));
    });
    return read.flat();
  },
});
