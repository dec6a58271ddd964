import { z } from 'zod';
import { atLeast, atMost, type Benchmark, count, printed, type Row } from '../benchmark.ts';
import { inChild } from '../child.ts';
import { steepestSlope } from '../scale/growth.ts';

const EVENTS = 100_000;
const COUNTED = [10_000, 30_000, 100_000];
const PER_SECOND = 100_000;
const MOST_SLOPE = 1.05;

const REPLAYED = z.object({
  events: z.number(),
  runs: z.number(),
  different: z.number(),
  bytes: z.number(),
  foldMs: z.number(),
  memoryMs: z.number(),
  fileMs: z.number(),
  blocks: z.number(),
});

type Replayed = z.infer<typeof REPLAYED>;

const measure = async (events: number, counting: '' | 'count'): Promise<Replayed> =>
  REPLAYED.parse(await inChild('replay/measure.ts', [String(events), counting]));

const rate = (what: string, { events }: Replayed, ms: number): Row =>
  printed(what, (events / ms) * 1000, 'events/s', atLeast(PER_SECOND));

export const replay: Benchmark = {
  name: 'replay',
  goal:
    'At least 100,000 events a second are replayed, and an event costs the same in a journal of 10,000 and of 100,000: the ' +
    "slope of executed blocks of the product's code, which V8 counts, is at most 1.05. Three runs of the real executor in the " +
    'model (drills of one and of three services, held and resumed on the way, and one that is rolled back), under other names ' +
    'and later days until there are enough. Every replayed run is to the letter what it was when it was carried out, and what ' +
    'the vendor held then. A process that starts also reads, checks every hash and parses; the fold is what remains of that.',
  run: async () => {
    const timed = await measure(EVENTS, '');
    const counted: Replayed[] = [];
    for (const events of COUNTED) counted.push(await measure(events, 'count'));
    const all = [timed, ...counted];
    const slope = steepestSlope(counted.map(({ events, blocks }) => ({ size: events, cost: blocks })));
    return [
      count('events', timed.events, 'events', atLeast(EVENTS)),
      count(
        'runs that are not what they were when they were carried out',
        all.reduce((sum, { different }) => sum + different, 0),
        'runs',
        atMost(0),
      ),
      count(
        'cost per event flat from 10,000 to 100,000: slope of executed blocks of code',
        slope,
        '',
        atMost(MOST_SLOPE),
      ),
      rate('folded', timed, timed.foldMs),
      rate('a start on a store in memory', timed, timed.memoryMs),
      rate('a start on a SQLite file, hashes checked', timed, timed.fileMs),
      printed('runs', timed.runs, 'runs'),
      printed('JSON of an event', timed.bytes / timed.events, 'bytes'),
      ...counted.map(({ events, blocks }) =>
        printed(`${events.toLocaleString('en-US')} events: blocks of code an event`, blocks / events, 'blocks'),
      ),
    ];
  },
};
