import { z } from 'zod';
import { atLeast, atMost, type Benchmark, count, printed } from '../../benchmark.ts';
import { inChild } from '../../child.ts';

const FIRST = 2;
const HOURS = 12;
const LOOKS = [FIRST, 7, HOURS];
const MOST_GROWTH = 1.1;

const SOAKED = z.object({
  measured: z.array(
    z.object({
      hour: z.number(),
      heapBytes: z.number(),
      outsideBytes: z.number(),
      handles: z.number(),
      waits: z.number(),
      messages: z.number(),
      sockets: z.number(),
    }),
  ),
  events: z.number(),
  done: z.object({
    runs: z.number(),
    commands: z.number(),
    clicks: z.number(),
    homes: z.number(),
    refreshes: z.number(),
    outages: z.number(),
  }),
  failed: z.array(z.string()),
  troubles: z.record(z.string(), z.number()),
  calls: z.number(),
  tookMs: z.number(),
});

type Measured = z.infer<typeof SOAKED>['measured'][number];

export const slackSoak: Benchmark = {
  name: 'slack-soak',
  goal:
    `${HOURS} hours of a bot at work without growth of memory or of open handles. In virtual time and a process of its own: ` +
    'the bot as it is with its follower, real Bolt and clients over the local workspace, and the engine over the model. Every ' +
    'hour a drill goes from its plan to its end through Slack (planned, confirmed, approved, held, resumed, home again), ' +
    'somebody asks something every fifteen seconds, homes are opened, connections are refreshed, deliveries come twice, edits are ' +
    'limited, and Slack is away for a while. The journal lies in a file and grows there; every hour retention drops the runs ' +
    'that are over, and the workspace deletes its messages, so that the heap holds what the bot itself remembers, and ' +
    'nothing is subtracted. Measured after a forced collection with nothing under way; waits are sleeps on the virtual ' +
    'clock, which are the timers and open calls of real time.',
  run: async () => {
    const soaked = SOAKED.parse(await inChild('slack/soak/soak-process.ts', [LOOKS.join(',')]));
    const { measured, done, failed, events, calls, tookMs, troubles } = soaked;
    const at = (hour: number): Measured => {
      const one = measured.find((look) => look.hour === hour);
      if (one === undefined) throw new Error(`hour ${hour} was not measured: ${failed.join('; ')}`);
      return one;
    };
    const [first, last] = [at(FIRST), at(HOURS)];
    const lowest = Math.min(...measured.map(({ heapBytes }) => heapBytes));
    return [
      count(`heap at hour ${HOURS} over hour ${FIRST}`, last.heapBytes / first.heapBytes, '', atMost(MOST_GROWTH)),
      count(`heap at hour ${HOURS} over its lowest`, last.heapBytes / lowest, '', atMost(MOST_GROWTH)),
      count(
        `memory outside of the heap at hour ${HOURS} over hour ${FIRST}`,
        last.outsideBytes / first.outsideBytes,
        '',
        atMost(MOST_GROWTH),
      ),
      count(`open handles more at hour ${HOURS}`, last.handles - first.handles, 'handles', atMost(0)),
      count(`waits more at hour ${HOURS}`, last.waits - first.waits, 'waits', atMost(0)),
      count('messages left in the workspace when it was measured', last.messages, 'messages', atMost(0)),
      count('drills from plan to end through Slack', done.runs, 'runs', atLeast(HOURS)),
      count('acts of people that failed', failed.length, 'acts', atMost(0)),
      count('commands, clicks and homes', done.commands + done.clicks + done.homes, 'acts', atLeast(200 * HOURS)),
      count('refreshes of connections', done.refreshes, 'refreshes', atLeast(HOURS)),
      count('connections open in the end', last.sockets, '', atLeast(2)),
      ...measured.map(({ hour, heapBytes }) => printed(`hour ${hour}: heap in use`, heapBytes / 1e6, 'MB')),
      ...measured.map(({ hour, handles, waits }) => printed(`hour ${hour}: handles and waits`, handles + waits, '')),
      printed('events written', events, 'events'),
      printed('calls to Slack', calls, 'calls'),
      printed('outages', done.outages, 'outages'),
      printed(
        'complaints in the log of the bot',
        Object.values(troubles).reduce((sum, times) => sum + times, 0),
        'lines',
      ),
      printed('real time', tookMs / 1000, 's'),
    ];
  },
};
