import { z } from 'zod';
import { atLeast, atMost, type Benchmark, count, printed } from '../benchmark.ts';
import { inChild } from '../child.ts';

const SERVICES = 1000;
const STAY_HOURS = 24;
const MOST_SECONDS = 10;

/** One line in ten looks, one look a minute; a few more for how the stay begins and ends. */
const MOST_EVENTS = STAY_HOURS * 6 + 10;
const LEAST_LOOKS = STAY_HOURS * 60 - 10;

const DRILLED = z.object({
  plannedMs: z.number(),
  tookMs: z.number(),
  cpuMs: z.number(),
  heapBytes: z.number(),
  looksInStay: z.number(),
  ended: z.string(),
  steps: z.number(),
  emptied: z.number(),
  notHome: z.number(),
  stayMs: z.number(),
  events: z.number(),
  eventsOfStay: z.number(),
  journalBytes: z.number(),
});

export const longDrill: Benchmark = {
  name: 'long-drill',
  goal:
    'A Chaos Kong drill of 1,000 services in 20 zones that keeps a region empty for 24 hours runs from plan to DONE within 10 s ' +
    'of this machine, in virtual time: the real planner, guardrails, gates, run and executor over ports in memory. The region ' +
    'is looked at every minute of the stay, the journal does not grow with looks that find all well, and every service comes ' +
    'home to the very weights it had.',
  run: async () => {
    const drilled = DRILLED.parse(await inChild('long-drill/kong.ts', [String(SERVICES), String(STAY_HOURS)]));
    return [
      count('runs that did not end done', drilled.ended === 'DONE' ? 0 : 1, 'runs', atMost(0)),
      count('services that were emptied', drilled.emptied, 'services', atLeast(SERVICES)),
      count('services that are not home to the very weight', drilled.notHome, 'services', atMost(0)),
      count('hours of the stay', drilled.stayMs / 3_600_000, 'h', atLeast(STAY_HOURS)),
      count('looks at the empty region', drilled.looksInStay, 'looks', atLeast(LEAST_LOOKS)),
      count('events of the stay', drilled.eventsOfStay, 'events', atMost(MOST_EVENTS)),
      printed('from plan to done', drilled.tookMs / 1000, 's', atMost(MOST_SECONDS)),
      printed('the same in CPU time, local vendor and monitoring included', drilled.cpuMs / 1000, 's'),
      printed('of that the plan', drilled.plannedMs / 1000, 's'),
      printed('steps out and back', drilled.steps, 'steps'),
      printed('events of the run', drilled.events, 'events'),
      printed('JSON of the run', drilled.journalBytes / 1e6, 'MB'),
      printed('heap in use at the end, journal in memory included', drilled.heapBytes / 1e6, 'MB'),
    ];
  },
};
