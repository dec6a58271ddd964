import { atLeast, atMost, type Benchmark, count, printed } from '../benchmark.ts';
import { killed, MOMENTS } from './kills.ts';

const MOST_SECONDS = 2;

export const restart: Benchmark = {
  name: 'restart',
  goal:
    'After kill -9 in the middle of a step the run goes on within 2 s of the start of the next process. One drill of the live ' +
    'sandbox, its Route 53, CloudWatch and name server over loopback in this process; a real `steer serve` on a SQLite store ' +
    'is killed three times: with a write that was carried out and never answered, with one that was never carried out, and in ' +
    'a bake. Each time the next is started at once, and what it did is read from the journal.',
  run: async () => {
    const { restarts, ended, steps, tookOver, damages, unaccounted, refused, notHome } = await killed();
    return [
      count('runs that did not end done', ended === 'DONE' ? 0 : 1, 'runs', atMost(0)),
      count(
        'writes that were carried out, less those that landed or raised a marker',
        Math.abs(unaccounted),
        'writes',
        atMost(0),
      ),
      count('writes that the vendor refused', refused, 'writes', atMost(0)),
      count('weights that are not what they were at home', notHome, 'weights', atMost(0)),
      count('damages in the journal', damages, 'findings', atMost(0)),
      count(
        'processes that took over, less those that were started',
        Math.abs(tookOver - MOMENTS.length - 1),
        'processes',
        atMost(0),
      ),
      count('steps out and back', steps, 'steps', atLeast(MOMENTS.length + 1)),
      ...restarts.flatMap(({ moment, tookOverMs, actedMs }) => [
        printed(`killed ${moment}: until it took over`, tookOverMs / 1000, 's', atMost(MOST_SECONDS)),
        printed(`killed ${moment}: until it went on with the run`, actedMs / 1000, 's', atMost(MOST_SECONDS)),
      ]),
    ];
  },
};
