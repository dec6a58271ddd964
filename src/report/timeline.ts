import type { PersonId } from '../domain/ids.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { BrokenJournal } from '../run/broken-journal.ts';
import { deadBy } from '../run/declared.ts';
import type { FleetEvent } from '../run/events.ts';
import { asFleetEvent } from '../run/replay.ts';
import type { Run } from '../run/state.ts';
import type { Frame, Story } from './frames.ts';
import type { TimelineEntry } from './report.ts';
import { instantText, shareText } from './text.ts';

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : one.endsWith('ch') ? 'es' : 's'}`;

/** Asker and approver declare a region dead by asking and approving. */
const declaring = (run: Run, person: PersonId): string => {
  const region = deadBy(run, person);
  return region === null ? '' : `, declaring ${region} dead`;
};

/** One sentence for one event; null for samplings, which the series tell, and for bookkeeping between attempts. */
const sentence = ({ event, after }: Frame): string | null => {
  switch (event.type) {
    case 'run.proposed': {
      const { by, door, envelope } = event.data;
      return `${by} proposed it (${door})${declaring(after, by)}: ${envelope.request.because}`;
    }
    case 'approval.given': {
      const { by, door, solo } = event.data;
      return `${by} approved it (${door})${solo ? ', alone' : declaring(after, by)}`;
    }
    case 'denial.given':
      return `${event.data.by} denied it (${event.data.door}): ${event.data.because}`;
    case 'hold.asked':
      return `${event.data.by} asked to hold (${event.data.door}): ${event.data.because}`;
    case 'resume.asked':
      return `${event.data.by} asked to resume (${event.data.door})`;
    case 'stop.asked':
      return `${event.data.by} asked to stop (${event.data.door}): ${event.data.because}`;
    case 'rollback.asked':
      return `${event.data.by} asked to roll back (${event.data.door}): ${event.data.because}`;
    case 'run.started':
      return `started under epoch ${event.data.epoch}`;
    case 'step.intended':
      return `step ${event.data.step} ${event.data.direction} intended: ${shareText(event.data.progress)} of the way, ${count(event.data.batches.length, 'batch')}`;
    case 'batch.landed': {
      const found = event.data.found ? ' (found by a later read)' : '';
      return `step ${event.data.step}, batch ${event.data.batch} landed${found}`;
    }
    case 'batch.refused':
      return `step ${event.data.step}, batch ${event.data.batch} was refused (${event.data.kind}): ${event.data.because}`;
    case 'batch.unknown':
      return `step ${event.data.step}, batch ${event.data.batch}: outcome unknown: ${event.data.because}`;
    case 'fence.raised':
      return `marker of ${event.data.zone} raised to epoch ${event.data.fence.epoch}`;
    case 'sets.foreign':
      return `foreign edit of ${event.data.sets.map(({ set }) => set).join(', ')}`;
    case 'sets.as-expected':
      return `as expected again: ${event.data.sets.join(', ')}`;
    case 'step.propagated':
      return `step ${event.data.step} propagated to every authoritative server`;
    case 'step.verified':
      return `step ${event.data.step} verified: ${count(event.data.listed, 'set')} listed again, ${count(event.data.answers.length, 'name')} asked for`;
    case 'step.baked':
      return `step ${event.data.step} baked`;
    case 'wave.completed':
      return `wave ${event.data.wave + 1} completed`;
    case 'stay.begun':
      return `the region stays empty until ${instantText(event.data.until)}`;
    case 'direction.turned': {
      const left = event.data.leftOut.length === 0 ? '' : `, leaving out ${event.data.leftOut.join(', ')}`;
      return `turned back (${event.data.because === 'rollback' ? 'roll back' : 'the stay is over'})${left}`;
    }
    case 'run.held':
      return `held (${event.data.cause}): ${event.data.because.join('; ')}`;
    case 'run.released':
      return `released: ${event.data.because}`;
    case 'run.finished':
      return `done${event.data.trafficProven ? '' : ', traffic unproven'}: ${event.data.because}`;
    case 'run.stopped':
      return `stopped (${event.data.reason}): ${event.data.because.join('; ')}`;
    case 'run.failed':
      return `failed: ${event.data.because}`;
    case 'batch.intended':
    case 'fence.seen':
    case 'propagation.asked':
    case 'observed':
      return null;
  }
};

const fleetSentence = (event: FleetEvent): string => {
  switch (event.type) {
    case 'config.accepted':
      return `fleet: config ${event.data.digest} accepted by ${event.data.by ?? 'store init'}`;
    case 'config.proposed':
      return `fleet: ${event.data.by} proposed config ${event.data.digest}`;
    case 'freeze.set':
      return `fleet: ${event.data.by} froze it: ${event.data.because}`;
    case 'freeze.lifted':
      return `fleet: ${event.data.by} lifted the freeze: ${event.data.because}`;
    case 'executor.took-over':
      return `fleet: ${event.data.holder} took over as executor, epoch ${event.data.epoch}`;
    case 'store.adopted':
      return `fleet: ${event.data.by} and ${event.data.second} adopted the zones of ${event.data.from.join(', ')}`;
    case 'store.adoption-asked':
      return `fleet: ${event.data.by} asked to adopt zones of another store: ${event.data.because}`;
    case 'provider.checked':
      return `fleet: provider ${event.data.provider} checked, conditional write ${event.data.conditionalWrite}, weight 0 on an alias ${event.data.zeroOnAlias ? 'proven' : 'not proven'}`;
  }
};

const fleetText = (stored: StoredEvent): string => {
  try {
    return fleetSentence(asFleetEvent(stored));
  } catch (error) {
    // A newer steer may have written it. The report then names it and goes on.
    if (error instanceof BrokenJournal) return `fleet: ${error.message}`;
    throw error;
  }
};

/** What happened, in order; what happened to the whole fleet meanwhile stands among it. */
export const timelineOf = (story: Story, fleet: readonly StoredEvent[]): readonly TimelineEntry[] => {
  const own = story.frames.flatMap((frame): TimelineEntry[] => {
    const text = sentence(frame);
    return text === null ? [] : [{ at: frame.event.at, text }];
  });
  const first = story.run.proposed.at;
  const around = fleet
    .filter(({ at }) => at >= first && at <= story.asOf)
    .map((stored): TimelineEntry => ({ at: stored.at, text: fleetText(stored) }));
  return [...own, ...around].sort((a, b) => a.at - b.at);
};
