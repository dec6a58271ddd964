import { type RunId, runId } from '../../../../src/domain/ids.ts';
import type { Instant } from '../../../../src/domain/units.ts';
import type { StoredEvent } from '../../../../src/ports/journal.ts';
import { runStream } from '../../../../src/run/events.ts';
import { MINUTE, SECOND, Stage } from '../../../slack/live/stage.ts';
import { RunJournal } from '../../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../../support/run-plan.ts';
import { evacuated, rolledBack } from '../../../support/run-stories.ts';
import { dense } from './dense.ts';
import { expectedOf, firstLine } from './expected.ts';

/** A time in which Slack does not take calls of one kind or any; `to` includes what the bot may wait afterwards. */
interface Trouble {
  readonly from: Instant;
  readonly to: Instant;
}

export interface Scene {
  readonly name: string;
  /** By run. */
  readonly stories: readonly (readonly StoredEvent[])[];
  /** Makes trouble while the stories are told. */
  readonly spoil: (stage: Stage, troubles: Trouble[]) => Promise<void>;
  /** Whether every key event is looked for in the thread. */
  readonly isTold: boolean;
}

export interface Measured {
  readonly name: string;
  readonly events: number;
  readonly edits: number;
  readonly refused: number;
  /** The most edits of one run within any two seconds. */
  readonly mostIn2s: number;
  /** States that stood long enough while Slack could be reached, and how many of them were never shown. */
  readonly states: number;
  readonly lost: readonly string[];
  /** Key events, those that are not in the thread, and what is there too often. */
  readonly told: number;
  readonly untold: readonly string[];
  readonly twice: readonly string[];
  /** Runs whose message does not end on the last state, or of which there is not exactly one message. */
  readonly unended: readonly string[];
}

const CHANGE_MS = 100;
/** A state that ends sooner may give way to the next: an edit every two seconds cannot show both. */
const STOOD_MS = 5 * SECOND;
const APART_MS = 2 * SECOND;

const longestCalm = (from: Instant, to: Instant, troubles: readonly Trouble[]): number => {
  let at = from;
  let longest = 0;
  for (const trouble of troubles) {
    if (trouble.to <= at || trouble.from >= to) continue;
    longest = Math.max(longest, trouble.from - at);
    at = trouble.to;
  }
  return Math.max(longest, to - at);
};

const timesIn = (lines: readonly string[], line: string): number => lines.filter((one) => one === line).length;

const mostWithin = (times: readonly Instant[]): number =>
  Math.max(0, ...times.map((at) => times.filter((one) => one >= at && one < at + APART_MS).length));

type OfRun = Pick<Measured, 'mostIn2s' | 'states' | 'lost' | 'told' | 'untold' | 'twice' | 'unended'>;

const ofRun = async (stage: Stage, run: RunId, troubles: readonly Trouble[], isTold: boolean): Promise<OfRun> => {
  const { shown, told } = expectedOf(await stage.journal.read(runStream(run), 0), stage.config);
  const edits = stage.edits().filter(({ text }) => new RegExp(`${run}\\b`).test(text));
  const titles = edits.filter(({ isOk }) => isOk).map(firstLine);
  const due = shown.filter(({ from, to }) => longestCalm(from, to, troubles) >= STOOD_MS);
  const thread = stage.thread(run).map((line) => line.replace(/^! /, ''));
  const lives = stage.lives(run);
  const last = shown.at(-1)?.title ?? '';
  const expected = isTold ? [...new Set(told)] : [];
  return {
    mostIn2s: mostWithin(edits.map(({ at }) => at)),
    states: due.length,
    lost: due.filter(({ title }) => !titles.includes(title)).map(({ title }) => `${run} ${title}`),
    told: isTold ? told.length : 0,
    untold: expected.filter((line) => timesIn(thread, line) < timesIn(told, line)).map((line) => `${run} ${line}`),
    twice: expected.filter((line) => timesIn(thread, line) > timesIn(told, line)).map((line) => `${run} ${line}`),
    unended: lives.length === 1 && lives[0] !== undefined && firstLine(lives[0]) === last ? [] : [`${run} ${last}`],
  };
};

/** Plays a scene in virtual time, with the real client and the real workspace, and counts what the channel shows. */
export const play = async ({ name, stories, spoil, isTold }: Scene): Promise<Measured> => {
  const stage = new Stage();
  const runs = stories.map((_, i) => runId(`run_${i + 1}`));
  const troubles: Trouble[] = [];
  await stage.run(async () => {
    const bot = stage.bot();
    const playing = stories.map((events, i) => stage.play(dense(events, CHANGE_MS), runs[i]));
    await Promise.all([...playing, spoil(stage, troubles)]);
    await stage.sleep(5 * MINUTE);
    await bot.stop();
  });
  const each: OfRun[] = [];
  for (const run of runs) each.push(await ofRun(stage, run, troubles, isTold));
  const events = await Promise.all(runs.map(async (run) => (await stage.journal.read(runStream(run), 0)).length));
  return {
    name,
    events: events.reduce((sum, one) => sum + one, 0),
    edits: stage.edits().length,
    refused: stage.calls.filter(({ isOk }) => !isOk).length,
    mostIn2s: Math.max(...each.map(({ mostIn2s }) => mostIn2s)),
    states: each.reduce((sum, one) => sum + one.states, 0),
    lost: each.flatMap(({ lost }) => lost),
    told: each.reduce((sum, one) => sum + one.told, 0),
    untold: each.flatMap(({ untold }) => untold),
    twice: each.flatMap(({ twice }) => twice),
    unended: each.flatMap(({ unended }) => unended),
  };
};

/** Held and let go ten times a second for twenty seconds, and then left held. */
const flapping = (): readonly StoredEvent[] => {
  const journal = new RunJournal().started().observed(125, 400);
  for (let n = 0; n < 201; n += 1) {
    const at = 140 + n / 10;
    if (n % 2 === 0) journal.add(at, { type: 'hold.asked', data: { by: RESPONDER, door: 'cli', because: `${n}` } });
    else journal.add(at, { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } });
  }
  return journal.add(240, { type: 'stop.asked', data: { by: OPERATOR, door: 'cli', because: 'enough' } }).events;
};

/** What the bot may wait after an outage until it tries again, and a little more. */
const LONGEST_BACKOFF_MS = 32 * SECOND;

const outage =
  (afterMs: number, forMs: number): Scene['spoil'] =>
  async (stage, troubles) => {
    await stage.sleep(afterMs);
    const from = stage.clock.now();
    stage.workspace.faults.outage(true);
    await stage.sleep(forMs);
    stage.workspace.faults.outage(false);
    troubles.push({ from, to: stage.clock.now() + LONGEST_BACKOFF_MS });
  };

/** One edit and one post in every twenty seconds is refused with a Retry-After. */
const limits: Scene['spoil'] = async (stage, troubles) => {
  const [EVERY, EDIT_S, POST_S, TIMES] = [20 * SECOND, 7, 5, 36];
  for (let n = 0; n < TIMES; n += 1) {
    await stage.sleep(EVERY);
    stage.workspace.faults.rateLimit('chat.update', 1, EDIT_S);
    stage.workspace.faults.rateLimit('chat.postMessage', 1, POST_S);
    const from = stage.clock.now();
    // The next edit may be due five seconds later only, and waits from then on.
    troubles.push({ from, to: from + (EDIT_S + 5) * SECOND });
  }
};

const calm: Scene['spoil'] = async () => {};

export const SCENES: readonly Scene[] = [
  { name: 'calm', stories: [evacuated(), rolledBack()], spoil: calm, isTold: true },
  { name: '429 again and again', stories: [evacuated(), rolledBack()], spoil: limits, isTold: true },
  {
    name: 'ten minutes of outage',
    stories: [evacuated(), rolledBack()],
    spoil: outage(100 * SECOND, 10 * MINUTE),
    isTold: true,
  },
  {
    name: 'an outage in the middle',
    stories: [evacuated(), rolledBack()],
    spoil: outage(200 * SECOND, MINUTE),
    isTold: true,
  },
  { name: 'ten states a second', stories: [flapping(), flapping()], spoil: calm, isTold: false },
];
