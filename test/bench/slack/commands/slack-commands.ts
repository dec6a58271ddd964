import { atLeast, atMost, type Benchmark, count, printed, type Row } from '../../benchmark.ts';
import type { Told } from './crew.ts';
import { playRounds } from './rounds.ts';

const MEMBERS = 50;
const ROUNDS = 3;
/** A few weeks of runs in the store. */
const HISTORY = 5000;
const ACK_MS = 200;
const ANSWER_MS = 1000;
const MOST_LATE = 0.01;
/** Events of each of the two runs in every round at least, so that they really change all the time. */
const CHANGES = 5;

/** The value that so many of them do not exceed. Infinite where one of those never came. */
const quantile = (values: readonly (number | null)[], part: number): number => {
  const sorted = values.map((value) => value ?? Number.POSITIVE_INFINITY).toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
};

const within = (values: readonly (number | null)[], ms: number): number =>
  values.filter((value) => value !== null && value <= ms).length / values.length;

const timesOf = (what: string, told: readonly Told[]): readonly Row[] => {
  const acks = told.map(({ ackMs }) => ackMs);
  const answers = told.map(({ answeredMs }) => answeredMs);
  return [
    printed(`${what}: half acknowledged within`, quantile(acks, 0.5), 'ms', atMost(ACK_MS)),
    printed(`${what}: 99 of 100 acknowledged within`, quantile(acks, 0.99), 'ms', atMost(ACK_MS)),
    printed(`${what}: half answered within`, quantile(answers, 0.5), 'ms', atMost(ANSWER_MS)),
    printed(`${what}: 99 of 100 answered within`, quantile(answers, 0.99), 'ms', atMost(ANSWER_MS)),
  ];
};

const missed = (wanted: { readonly asked: number; readonly came: number }): number => wanted.asked - wanted.came;

export const slackCommands: Benchmark = {
  name: 'slack-commands',
  goal:
    `${MEMBERS} commands of ${MEMBERS} people at once while two runs change ten times a second: 99 % acknowledged within ` +
    `${ACK_MS} ms and answered within ${ANSWER_MS} ms, each exactly once, none delayed by progress. The bot as it is, in a ` +
    'process of its own with the whole engine over the model, and real Bolt over two sockets on loopback to the local ' +
    'workspace in this process; one run is carried out, the other is given what the first sees, because only one run moves ' +
    'at a time. In the last round every call that keeps a live message is answered with 429 and a Retry-After of two ' +
    'minutes, and ends before it is lifted: what was answered by then did not wait for it. Acknowledgements and answers are ' +
    'counted where people see them.',
  run: async () => {
    const { told, limited, events, tookMs, updates, troubles } = await playRounds({
      members: MEMBERS,
      rounds: ROUNDS,
      history: HISTORY,
    });
    const all = [...told.flat(), ...limited.told];
    const [cold = [], ...warm] = told;
    const acks = all.map(({ ackMs }) => ackMs);
    const answers = all.map(({ answeredMs }) => answeredMs);
    const isRight = ({ answers: seen, typed }: Told): boolean => seen === typed.answers;
    return [
      count('commands', all.length, 'commands', atLeast(MEMBERS * (ROUNDS + 1))),
      count(
        'commands that Slack would call timed out',
        all.filter(({ problem }) => problem !== null).length,
        'commands',
        atMost(0),
      ),
      count(
        'commands not answered exactly once (a plan: announced once, shown once)',
        all.filter((one) => !isRight(one)).length,
        'commands',
        atMost(0),
      ),
      count(
        'answers that waited behind limited progress',
        limited.told.filter(({ answeredMs }) => answeredMs === null).length,
        'answers',
        atMost(0),
      ),
      count('forms (Start…) that waited behind it', missed(limited.forms), 'forms', atMost(0)),
      count('homes that waited behind it', missed(limited.homes), 'homes', atMost(0)),
      count('calls of progress that passed meanwhile', limited.passed, 'calls', atMost(0)),
      count('calls of progress that were limited meanwhile', limited.refused, 'calls', atLeast(1)),
      count('forms that were asked for', limited.forms.asked, 'forms', atLeast(1)),
      count(
        'events of the run that changed less meanwhile',
        Math.min(...events),
        'events',
        atLeast(CHANGES * (ROUNDS + 1)),
      ),
      ...events.map((all, i) =>
        printed(`run ${i + 1}: events a second`, all / (tookMs / 1000), 'events/s', atLeast(10)),
      ),
      printed(`acknowledged within ${ACK_MS} ms`, within(acks, ACK_MS), '', atLeast(1 - MOST_LATE)),
      printed(`answered within ${ANSWER_MS} ms`, within(answers, ANSWER_MS), '', atLeast(1 - MOST_LATE)),
      ...timesOf('first round, caches empty', cold),
      ...timesOf('later rounds', warm.flat()),
      ...timesOf('last round, progress limited', limited.told),
      printed('edits of the two live messages before the last round', updates, 'edits'),
      printed('complaints in the log of the bot', troubles.length, 'lines'),
    ];
  },
};
