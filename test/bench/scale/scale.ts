import { z } from 'zod';
import { atMost, type Benchmark, count, printed, type Row } from '../benchmark.ts';
import { inChild } from '../child.ts';
import { steepestSlope } from './growth.ts';

/** Requests a second that the vendor's published scheme permits; its burst of 50 comes on top. */
const PER_SECOND = 10;
const SIZES = [100, 1000, 10_000];
const MOST_HEAP_MB = 250;
const MOST_SLOPE = 1.05;

const MEASURED = z.object({
  calls: z.number(),
  wireBytes: z.number(),
  journalBytes: z.number(),
  blocks: z.number(),
  cpuMs: z.number(),
  writingMs: z.number(),
  writes: z.number(),
  heapBytes: z.number(),
  ended: z.string(),
});

type Measured = z.infer<typeof MEASURED> & { readonly names: number };

const measure = async (names: number): Promise<Measured> => {
  const measured = MEASURED.parse(await inChild('scale/measure.ts', [String(names), 'count']));
  return { names, ...measured };
};

const slopeOf = (all: readonly Measured[], cost: (one: Measured) => number): number =>
  steepestSlope(all.map((one) => ({ size: one.names, cost: cost(one) })));

const slopeRow = (what: string, all: readonly Measured[], cost: (one: Measured) => number): Row =>
  count(`cost per name flat from 100 to 10,000: slope of ${what}`, slopeOf(all, cost), '', atMost(MOST_SLOPE));

const figures = ({ names, blocks, calls, cpuMs, heapBytes }: Measured): readonly Row[] => {
  const size = `${names.toLocaleString('en-US')} names`;
  return [
    printed(`${size}: calls`, calls, 'calls'),
    printed(`${size}: blocks of code a name`, blocks / names, 'blocks'),
    printed(`${size}: CPU, counting and local vendor included`, cpuMs / 1000, 's'),
    printed(`${size}: heap in use`, heapBytes / 1e6, 'MB'),
  ];
};

export const scale: Benchmark = {
  name: 'scale',
  goal:
    '10,000 names of 1,000 services in 200 zones: planned within 1 s; the writes of one step take at most 1.1 times what the ' +
    'permitted rate (10 requests a second) allows, in virtual time; at most 250 MB of heap in use, the local vendor and its ' +
    'records included; and the cost per name is flat from 100 to 10,000 names, log-log slope at most 1.05 where it is steepest. ' +
    "Cost is counted: calls, bytes on the wire, bytes in the journal, and executed blocks of the product's code, which V8 " +
    'counts. Real planner, executor, SQLite, Route 53 provider and SDK over the wire fake; users follow the answers at once.',
  run: async () => {
    const all: Measured[] = [];
    for (const names of SIZES) all.push(await measure(names));
    const largest = all.at(-1);
    if (largest === undefined) throw new Error('no size was measured');
    const planMs = z.number().parse(await inChild('scale/plan.ts', [String(largest.names)]));
    const permittedMs = (largest.writes / PER_SECOND) * 1000;
    return [
      printed('10,000 names: a plan, the fastest of five', planMs / 1000, 's', atMost(1)),
      count(
        "10,000 names: a step's writes, virtual time over calls ÷ rate",
        largest.writingMs / permittedMs,
        '',
        atMost(1.1),
      ),
      count('10,000 names: heap in use', largest.heapBytes / 1e6, 'MB', atMost(MOST_HEAP_MB)),
      slopeRow('calls', all, ({ calls }) => calls),
      slopeRow('bytes on the wire', all, ({ wireBytes }) => wireBytes),
      slopeRow('bytes in the journal', all, ({ journalBytes }) => journalBytes),
      slopeRow('executed blocks of code', all, ({ blocks }) => blocks),
      printed(
        'the same slope of CPU time',
        slopeOf(all, ({ cpuMs }) => cpuMs),
        '',
        atMost(MOST_SLOPE),
      ),
      count(
        'runs that did not end done in one step',
        all.filter(({ ended }) => ended !== 'done in 1').length,
        'runs',
        atMost(0),
      ),
      ...all.flatMap(figures),
    ];
  },
};
