import type { Instant } from '../domain/units.ts';
import { resume } from '../operations/resume.ts';
import { rollback } from '../operations/rollback.ts';
import { isEnded, type Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import type { ScenarioEvent } from '../sandbox/scenarios.ts';
import type { Crew } from './drill-crew.ts';
import { asker, type DrillOptions } from './drill-options.ts';
import { type Count, countAnswers } from './drill-proof.ts';
import { type Reaction, reactionTo } from './drill-script.ts';
import type { Product } from './product.ts';

interface Following {
  readonly options: DrillOptions;
  /** Where the sandbox's people sit. */
  readonly desk: Product;
  readonly crew: Crew;
  readonly read: () => Promise<Run>;
}

interface Story {
  readonly pictures: readonly Picture[];
  readonly emptied: Count | null;
  readonly highestUtilisation: Readonly<Record<string, number>>;
  readonly interrupted: boolean;
}

/** Loses the executor where the scenario says so, and starts another a while later, as a supervisor would. */
class Supervisor {
  readonly #following: Following;
  #restartsAfterMs: number | null = null;
  #restartAt: Instant | null = null;

  constructor(following: Following) {
    this.#following = following;
  }

  broke({ breaks, healsAfterSeconds }: ScenarioEvent): void {
    if (breaks.kind !== 'process-crash') return;
    const { options, crew } = this.#following;
    crew.crash(breaks.instant);
    this.#restartsAfterMs = (healsAfterSeconds ?? 0) * 1000 * options.sandbox.pace.timeScale;
  }

  async look(): Promise<void> {
    const { options, crew } = this.#following;
    const now = options.sandbox.mount.clock.now();
    if (this.#restartsAfterMs !== null && crew.isDead) {
      this.#restartAt = now + this.#restartsAfterMs;
      this.#restartsAfterMs = null;
      options.watcher.told('the process that executes is lost, without a word and with its lease');
    }
    if (this.#restartAt === null || now < this.#restartAt) return;
    this.#restartAt = null;
    await crew.start();
    options.watcher.told('another process executes as soon as the lease has run out');
  }
}

const isEmptied = (run: Run): boolean => run.stage === 'staying' || (run.stage === 'done' && run.direction === 'out');

const act = async ({ options, desk }: Following, run: Run, reaction: Reaction): Promise<void> => {
  const operator = asker('operator-1');
  if (reaction === 'resume') {
    await resume(desk.deps, operator, { run: run.run });
    options.watcher.told('operator-1 resumed it');
  }
  if (reaction === 'rollback') {
    await rollback(desk.deps, operator, { run: run.run, because: 'a destination fails' });
    options.watcher.told('operator-1 asked for a roll back');
  }
};

const reactionNow = ({ options }: Following, run: Run): Reaction => {
  const { scenario, sandbox } = options;
  const now = sandbox.mount.clock.now();
  const samplesHeld = (now - (run.engineHold?.since ?? now)) / sandbox.pace.sampleEveryMs;
  return reactionTo({ scenario: scenario.name, run, samplesHeld, broken: sandbox.local.broken() });
};

/** Lives on, tick by tick, until the run has ended, is left HOLDING, or somebody interrupts. */
export const follow = async (following: Following): Promise<Story> => {
  const { options, crew, read } = following;
  const { sandbox, watcher, signal } = options;
  const { mount, local, pace } = sandbox;
  const supervisor = new Supervisor(following);
  const pictures: Picture[] = [];
  const highestUtilisation: Record<string, number> = {};
  let emptied: Count | null = null;
  for (;;) {
    const { broke, healed } = await mount.inFlight('tick', () => local.tick());
    for (const event of broke) {
      watcher.broke(event);
      supervisor.broke(event);
    }
    for (const event of healed) watcher.healed(event);
    await supervisor.look();
    crew.check();
    const run = await read();
    const picture = local.picture();
    pictures.push(picture);
    for (const [region, value] of Object.entries(picture.utilisation))
      highestUtilisation[region] = Math.max(highestUtilisation[region] ?? 0, value);
    watcher.moved(run, picture);
    if (emptied === null && isEmptied(run)) emptied = await countAnswers(sandbox);
    // Nobody sees in the very instant that it is over.
    const reaction = healed.length > 0 ? 'wait' : reactionNow(following, run);
    const story = { pictures, emptied, highestUtilisation };
    if (isEnded(run) || reaction === 'leave') return { ...story, interrupted: false };
    await act(following, run, reaction);
    await mount.clock.sleep(pace.tickMs, signal).catch(() => {});
    if (signal.aborted) return { ...story, interrupted: true };
  }
};
