import type { ServiceId } from '../domain/ids.ts';
import type { Envelope, MoveRequest } from '../domain/plan.ts';
import type { Instant } from '../domain/units.ts';
import { percentText } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { declaredIn } from '../run/declared.ts';
import { phaseOf } from '../run/phase.ts';
import { type Story, storyOf, turnedAt } from './frames.ts';
import { gateRowsOf } from './gates.ts';
import { holdsOf } from './holds.ts';
import { foreignOf, mishapsOf } from './mishaps.ts';
import { numbersOf } from './numbers.ts';
import { peopleOf } from './people.ts';
import { predictedOf, withoutTtl } from './predicted.ts';
import type { EnvelopeSummary, RunReport } from './report.ts';
import { seenOf, utilisationOf } from './seen.ts';
import type { ServiceSeries } from './series.ts';
import { stepsOf } from './steps.ts';
import { timelineOf } from './timeline.ts';
import { writtenOf } from './written.ts';

export interface ReportContext {
  /** Events of the stream `fleet`; those that happened during the run stand in its timeline. May be empty. */
  readonly fleet: readonly StoredEvent[];
  /** Now, for a run that still goes on; null ends the report with the last event. */
  readonly asOf: Instant | null;
}

const titleOf = ({ verb, region, services, share, declaresDead }: MoveRequest): string => {
  const what = share === null ? '' : ` ${percentText(share)} of`;
  const named = services.length === 0 ? '' : ` ${services.join(', ')}`;
  const where = `${region ?? 'all regions'}${declaresDead === true ? ' (declared dead)' : ''}`;
  return verb === 'shift' ? `shift${what}${named} from ${where}` : `${verb} ${where}${named === '' ? '' : `:${named}`}`;
};

const seriesOf = (story: Story, service: ServiceId, unit: string): ServiceSeries => ({
  service,
  unit,
  written: writtenOf(story, service),
  seen: seenOf(story, service),
  predicted: story.followed === null ? null : predictedOf(story, service, story.followed),
  predictedWhy: story.followed === null ? 'several regions come home at once: no single one can be followed' : null,
  utilisation: utilisationOf(story, service),
});

const summaryOf = ({ envelope, run }: Story): EnvelopeSummary => {
  const { limits } = envelope;
  return {
    digest: run.digest,
    configDigest: envelope.configDigest,
    store: envelope.store,
    startBy: envelope.startBy,
    finishBy: envelope.finishBy,
    bakeMs: envelope.bakeMs,
    stayMs: envelope.stayMs,
    returnsByItself: envelope.returnsByItself,
    largestStep: limits.largestStep,
    maximumDestinationUtilisation: limits.maximumDestinationUtilisation,
    capacityRemovedPerHour: limits.capacityRemovedPerHour,
    minimumHealthyCapacity: limits.minimumHealthyCapacity,
    waves: envelope.waves.map(({ services }) => services),
    sets: envelope.sets.map(({ ref, service, from, to }) => ({
      set: ref.set,
      service,
      name: `${ref.name} ${ref.type}`,
      from,
      to,
    })),
    dead: envelope.dead,
    declared: declaredIn(run),
    onOldFacts: envelope.onOldFacts,
    forecastSteps: run.forecast.steps.filter(({ direction }) => direction === 'out').length,
    forecastMinutes: run.forecast.minutes,
  };
};

const remarksOf = (story: Story, envelope: Envelope): readonly string[] => {
  const untimed = withoutTtl(envelope);
  return [
    ...(story.broken === null ? [] : [story.broken]),
    ...(story.run.endedAt === null ? ['the run had not ended when this was written'] : []),
    ...(envelope.onOldFacts ? ['the plan was made ON OLD FACTS'] : []),
    ...(untimed.length === 0
      ? []
      : [
          `the vendor stores no TTL for ${untimed.join(', ')}: the prediction takes the plan's bake less the metric lag`,
        ]),
  ];
};

/**
 * One run told from its events: what was asked, who decided, what was written, what was seen, how long it took. A pure fold;
 * any prefix of a stream gives a report. Null when the events hold no proposal, for then there is no run to tell of.
 */
export const reportOf = (events: readonly StoredEvent[], context: ReportContext): RunReport | null => {
  const story = storyOf(events, context.asOf);
  if (story === null) return null;
  const { run, envelope } = story;
  const { request } = envelope;
  const series = envelope.services.map(({ service, unit }) => seriesOf(story, service, unit));
  const steps = stepsOf(story);
  const holds = holdsOf(story);
  return {
    form: 1,
    run: run.run,
    title: titleOf(request),
    verb: request.verb,
    mode: request.mode,
    because: request.because,
    source: envelope.source,
    destinations: envelope.destinations,
    followed: story.followed,
    services: envelope.services.map(({ service, unit, tier }) => ({ service, unit, tier })),
    phase: phaseOf(run).words,
    ended: run.ended,
    times: {
      proposed: run.proposed.at,
      approved: run.approval?.at ?? null,
      started: run.startedAt,
      turned: turnedAt(story),
      ended: run.endedAt,
      asOf: story.asOf,
    },
    envelope: summaryOf(story),
    approvalNeeded: run.approvalNeeded,
    approvedAlone: run.approval?.solo ?? false,
    overrides: envelope.overrides,
    warnings: warningsOf(story),
    notInForce: proposedOf(story)?.notInForce ?? [],
    people: peopleOf(story),
    timeline: timelineOf(story, context.fleet),
    steps,
    series,
    gates: gateRowsOf(story),
    holds,
    mishaps: mishapsOf(story),
    foreign: foreignOf(story),
    numbers: numbersOf(story, series, steps, holds),
    remarks: remarksOf(story, envelope),
  };
};

const proposedOf = ({ frames }: Story) => {
  const first = frames[0]?.event;
  return first?.type === 'run.proposed' ? first.data : null;
};

const warningsOf = (story: Story): RunReport['warnings'] => proposedOf(story)?.warnings ?? [];
