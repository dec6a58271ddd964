import { serveWorkspace } from '../../../../src/sandbox/slack/serve.ts';
import type { Place } from '../../../../src/sandbox/slack/types.ts';
import type { SlackWorkspace } from '../../../../src/sandbox/slack/workspace.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { systemRandom } from '../../../../src/system/random.ts';
import { crowd, DESK, type Member, workspaceOf } from '../crowd.ts';
import { type BotChild, startBotChild } from './bot-child.ts';
import { Crew, pause, type Told, type Typed } from './crew.ts';

export interface RoundsOptions {
  readonly members: number;
  /** Before the last one, in which progress is limited. */
  readonly rounds: number;
  readonly history: number;
}

/** What happened while every call that keeps the live messages was limited. */
export interface Limited {
  readonly told: readonly Told[];
  /** Clicks on Start… of plans that were shown before, and forms that opened. */
  readonly forms: Wanted;
  readonly homes: Wanted;
  /** Calls of progress that were refused, and those that passed before the limit was lifted. */
  readonly refused: number;
  readonly passed: number;
}

export interface Wanted {
  readonly asked: number;
  readonly came: number;
}

export interface Rounds {
  readonly told: readonly (readonly Told[])[];
  readonly limited: Limited;
  /** Of each of the two runs, while the rounds lasted. */
  readonly events: readonly number[];
  readonly tookMs: number;
  readonly updates: number;
  readonly troubles: readonly string[];
}

const PATIENCE_MS = 20_000;
/** Whoever is answered twice is so within this time. */
const QUIET_MS = 1500;
const LOOK_MS = 20;
const PROGRESS = ['chat.update', 'chat.postMessage'] as const;
/** Longer than the round lasts. */
const RETRY_AFTER_S = 120;
const MANY = 1_000_000;

const PLAN: Typed = { text: 'evacuate us-east-1 --service pay --reason "errors rise"', answers: 2 };

const textsFor = ([first = '', second = '']: readonly string[]): readonly Typed[] => [
  { text: 'status', answers: 1 },
  { text: `hold ${first}`, answers: 1 },
  { text: 'whoami', answers: 1 },
  { text: `show ${second}`, answers: 1 },
  PLAN,
  { text: 'help', answers: 1 },
  { text: 'evacuate us-esat-1', answers: 1 },
  { text: `hold ${second}`, answers: 1 },
  { text: 'history', answers: 1 },
  { text: `approve ${first}`, answers: 1 },
];

const until = async (isIt: () => boolean, what: string): Promise<void> => {
  const late = performance.now() + PATIENCE_MS;
  while (!isIt()) {
    if (performance.now() > late) throw new Error(`${what} did not come within ${PATIENCE_MS} ms`);
    await pause(LOOK_MS);
  }
};

const countOf = (workspace: SlackWorkspace, kind: 'ok' | 'failed'): number =>
  PROGRESS.reduce((sum, method) => sum + (workspace.calls()[method]?.[kind] ?? 0), 0);

interface Offer {
  readonly user: string;
  readonly place: Place;
}

/** Some people are shown a plan, with its Start… button. */
const offers = async (workspace: SlackWorkspace, members: readonly Member[]): Promise<readonly Offer[]> => {
  const crew = new Crew(workspace, members, DESK);
  await crew.typeAtOnce([PLAN], PATIENCE_MS, 0);
  return members.flatMap(({ user }) => {
    const shown = workspace.messages(user, DESK).findLast(({ ephemeralTo }) => ephemeralTo === user);
    const isOffer = shown !== undefined && JSON.stringify(shown.blocks).includes('"steer.start"');
    return isOffer ? [{ user, place: { channel: DESK, ts: shown.ts } }] : [];
  });
};

const wanted = async (asked: number, came: () => number): Promise<Wanted> => {
  await until(() => came() === asked, 'all of it').catch(() => {});
  return { asked, came: came() };
};

const clickStart = async (workspace: SlackWorkspace, shown: readonly Offer[]): Promise<Wanted> => {
  await Promise.all(shown.map(({ user, place }) => workspace.click(user, place, 'steer.start')));
  return wanted(shown.length, () => shown.filter(({ user }) => workspace.modals(user).length === 1).length);
};

const openHomes = async (workspace: SlackWorkspace, members: readonly Member[]): Promise<Wanted> => {
  await Promise.all(members.map(({ user }) => workspace.openHome(user)));
  return wanted(members.length, () => members.filter(({ user }) => workspace.home(user) !== null).length);
};

const SOME = 10;

const limitedRound = async (
  workspace: SlackWorkspace,
  members: readonly Member[],
  texts: readonly Typed[],
  shown: readonly Offer[],
): Promise<Limited> => {
  const refusedBefore = countOf(workspace, 'failed');
  for (const method of PROGRESS) workspace.faults.rateLimit(method, MANY, RETRY_AFTER_S);
  const refused = (): number => countOf(workspace, 'failed') - refusedBefore;
  await until(() => refused() > 0, 'a refused call of progress');
  const passedBefore = countOf(workspace, 'ok');
  const told = await new Crew(workspace, members).typeAtOnce(texts, PATIENCE_MS, QUIET_MS);
  const forms = await clickStart(workspace, shown);
  const homes = await openHomes(workspace, members.slice(0, SOME));
  const limited = { told, forms, homes, refused: refused(), passed: countOf(workspace, 'ok') - passedBefore };
  workspace.faults.clear();
  return limited;
};

const play = async (
  workspace: SlackWorkspace,
  bot: BotChild,
  { members: size, rounds }: RoundsOptions,
): Promise<Omit<Rounds, 'troubles'>> => {
  const members = crowd(size);
  await until(() => workspace.sockets() === 2, 'the second connection');
  const shown = await offers(workspace, members.filter(({ role }) => role === 'operator').slice(0, SOME));
  const texts = textsFor(await bot.go());
  const updates = (): number => workspace.calls()['chat.update']?.ok ?? 0;
  await until(() => updates() >= 2, 'the first edit of both messages');
  const before = await bot.events();
  const startedAt = performance.now();
  const told: (readonly Told[])[] = [];
  const crew = new Crew(workspace, members);
  for (let round = 0; round < rounds; round += 1) told.push(await crew.typeAtOnce(texts, PATIENCE_MS, QUIET_MS));
  const updated = updates();
  const limited = await limitedRound(workspace, members, texts, shown);
  const tookMs = performance.now() - startedAt;
  const events = (await bot.events()).map((all, i) => all - (before[i] ?? 0));
  return { told, limited, events, tookMs, updates: updated };
};

/** Round by round everybody types at the same moment; in the last one, nothing of the live messages passes. */
export const playRounds = async (options: RoundsOptions): Promise<Rounds> => {
  const served = await serveWorkspace({
    now: () => Date.now(),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    random: () => systemRandom.next(),
    seed: workspaceOf(crowd(options.members)),
  });
  const { apiUrl, workspace } = served;
  const bot = await startBotChild({ apiUrl, members: options.members, history: options.history });
  try {
    const played = await play(workspace, bot, options);
    return { ...played, troubles: await bot.leave() };
  } finally {
    bot.kill();
    await served.close();
  }
};
