import { mapValues } from '../../../src/domain/records.ts';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import type { Run } from '../../../src/run/state.ts';
import { EAST } from '../../support/fleet-config.ts';
import type { ModelOptions } from '../../support/model.ts';
import { MINUTE, tell } from '../../support/story.ts';

/** One run as the executor carried it out. */
export interface Executed {
  readonly events: readonly StoredEvent[];
  /** As it was known when it had ended. */
  readonly run: Run;
  /** What the vendor held then, by set and member. */
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Ask {
  readonly afterMinutes: number;
  readonly ask: 'hold.asked' | 'resume.asked' | 'rollback.asked';
}

const carryOut = (options: ModelOptions, asks: readonly Ask[]): Promise<Executed> =>
  tell(options, async (story) => {
    const id = await story.model.start({ region: EAST, stayMs: 10 * MINUTE });
    const executing = story.process({}, { untilIdle: true });
    for (const { afterMinutes, ask } of asks) {
      await story.sleep(afterMinutes * MINUTE);
      await story.ask(id, ask);
    }
    await executing;
    return { events: await story.events(id), run: await story.model.run(id), weights: story.weights() };
  });

const HELD: readonly Ask[] = [
  { afterMinutes: 5, ask: 'hold.asked' },
  { afterMinutes: 2, ask: 'resume.asked' },
];

/** Runs of the real executor in the model: out, stay, home; held and resumed on the way; and rolled back. */
export const executedRuns = async (): Promise<readonly Executed[]> => [
  await carryOut({}, HELD),
  await carryOut({ services: ['shop', 'cart', 'pay'], zones: 3 }, [...HELD, ...HELD]),
  await carryOut({ services: ['shop', 'cart'], zones: 2 }, [...HELD, { afterMinutes: 1, ask: 'rollback.asked' }]),
];

/** Everything up to here is no instant: a weight, a count, a duration. */
const YEAR_2001 = 1e12;

/** Plain JSON with all its instants put off, and one name in it replaced by another. */
const putOff = (value: unknown, byMs: number, from: string, to: string): unknown => {
  if (typeof value === 'number') return value > YEAR_2001 ? value + byMs : value;
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => putOff(item, byMs, from, to));
  if (typeof value !== 'object' || value === null) return value;
  return mapValues<string, unknown, unknown>({ ...value }, (member) => putOff(member, byMs, from, to));
};

/** A run again under another name and some time later, as a store holds one after the other. */
export interface Copy {
  readonly name: string;
  readonly original: Executed;
  readonly laterMs: number;
}

export const eventsOf = ({ name, original, laterMs }: Copy): readonly StoredEvent[] =>
  original.events.map((event) => ({
    ...event,
    at: event.at + laterMs,
    stream: `run/${name}`,
    data: putOff(event.data, laterMs, original.run.run, name),
  }));

/** What the copy must have come to at its end. */
export const endOf = ({ name, original, laterMs }: Copy): unknown =>
  putOff(original.run, laterMs, original.run.run, name);
