import type { RunId } from '../../../src/domain/ids.ts';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import { runStream } from '../../../src/run/events.ts';
import { phaseOf } from '../../../src/run/phase.ts';
import { replay } from '../../../src/run/replay.ts';
import { auditStore } from '../../../src/store/audit.ts';
import { systemClock } from '../../../src/system/clock.ts';
import { sha256 } from '../../../src/system/hash.ts';
import { openPlace, PATIENCE_MS, type Place } from './place.ts';
import { type Serving, startServing } from './serving.ts';

/** Where in a step a process is lost: with a write that came through, with one that did not, or while it waits. */
export const MOMENTS = ['written, not answered', 'sent, never written', 'baking'] as const;
type Moment = (typeof MOMENTS)[number];

/** Of the process that came after a killed one, from its spawn on. */
export interface Restart {
  readonly moment: Moment;
  readonly tookOverMs: number;
  /** Until the first event that it appended for the run. */
  readonly actedMs: number;
}

export interface Killed {
  readonly restarts: readonly Restart[];
  readonly ended: string;
  readonly steps: number;
  readonly tookOver: number;
  readonly damages: number;
  /** Writes that the vendor carried out, less those that the journal says have landed or raised a marker. */
  readonly unaccounted: number;
  /** Writes that the vendor did not carry out, the one that was told to vanish left aside. */
  readonly refused: number;
  readonly notHome: number;
}

const WRITE = 'ChangeResourceRecordSets';

const isOf = (run: RunId, type?: string) => (event: StoredEvent) =>
  event.stream === runStream(run) && (type === undefined || event.type === type);

/** The step ends in a request that nobody answers; by then the intent is in the journal. */
const hangingWrite = async ({ sandbox }: Place, kind: 'hang' | 'hang-after'): Promise<void> => {
  const { route53 } = sandbox.local;
  const hanging = (): number => route53.log.entries().filter(({ outcome }) => outcome === 'hang').length;
  const before = hanging();
  route53.faults.add({ kind, operation: WRITE });
  const patience = AbortSignal.timeout(PATIENCE_MS);
  while (hanging() === before) await systemClock.sleep(1, patience);
};

const reach = async (place: Place, run: RunId, moment: Moment, after: number): Promise<void> => {
  if (moment === 'baking') await place.first(after, isOf(run, 'step.propagated'));
  else await hangingWrite(place, moment === 'sent, never written' ? 'hang' : 'hang-after');
};

const weights = ({ sandbox }: Place): readonly string[] =>
  sandbox.local.route53
    .zones()
    .flatMap(({ control }) =>
      control.flatMap(({ name, type, setIdentifier, weight }) =>
        setIdentifier === undefined ? [] : [`${name} ${type} ${setIdentifier} ${weight}`],
      ),
    )
    .toSorted();

const writesOf = ({ sandbox }: Place): { carriedOut: number; refused: number } => {
  const writes = sandbox.local.route53.log.entries().filter(({ operation }) => operation === WRITE);
  const carriedOut = writes.filter(({ tookEffect }) => tookEffect).length;
  const refused = writes.filter(({ tookEffect, outcome }) => !tookEffect && outcome !== 'hang').length;
  return { carriedOut, refused };
};

const restart = async (place: Place, run: RunId, moment: Moment, old: Serving): Promise<[Serving, Restart, number]> => {
  await old.kill();
  const { position } = await place.store.archive.ends();
  const next = startServing(place.configFile);
  const tookOver = await place.first(position, ({ type }) => type === 'executor.took-over');
  const acted = await place.first(tookOver.position, isOf(run));
  const { spawnedAt } = next;
  return [next, { moment, tookOverMs: tookOver.at - spawnedAt, actedMs: acted.at - spawnedAt }, acted.position];
};

const sumUp = async (
  place: Place,
  run: RunId,
  before: ReturnType<typeof writesOf>,
): Promise<Omit<Killed, 'restarts' | 'notHome'>> => {
  const events = await place.store.journal.read(runStream(run), 0);
  const state = replay(events);
  const { findings } = await auditStore(place.store.archive, sha256);
  const fleet = await place.store.journal.read('fleet', 0);
  const written = events.filter(({ type }) => type === 'batch.landed' || type === 'fence.raised').length;
  const now = writesOf(place);
  return {
    ended: state === null ? 'not there' : phaseOf(state).words,
    steps: state?.steps.length ?? 0,
    tookOver: fleet.filter(({ type }) => type === 'executor.took-over').length,
    damages: findings.length,
    unaccounted: now.carriedOut - before.carriedOut - written,
    refused: now.refused - before.refused,
  };
};

const drillWithKills = async (place: Place): Promise<Killed> => {
  const run = await place.approvedDrill();
  const home = weights(place);
  const before = writesOf(place);
  const restarts: Restart[] = [];
  let serving = startServing(place.configFile);
  try {
    let after = 0;
    for (const moment of MOMENTS) {
      await reach(place, run, moment, after);
      const [next, measured, position] = await restart(place, run, moment, serving);
      serving = next;
      restarts.push(measured);
      // The step that was cut in two is finished before another is.
      after = (await place.first(position, isOf(run, 'step.baked'))).position;
    }
    await place.first(after, ({ type }) => ['run.finished', 'run.stopped', 'run.failed', 'run.held'].includes(type));
  } finally {
    await serving.kill();
  }
  const now = weights(place);
  return { restarts, notHome: home.filter((text, i) => text !== now[i]).length, ...(await sumUp(place, run, before)) };
};

/** One drill of the sandbox over loopback whose `steer serve` is killed in three of its steps, and started again each time. */
export const killed = async (): Promise<Killed> => {
  const place = await openPlace();
  try {
    return await drillWithKills(place);
  } finally {
    await place.close();
  }
};
