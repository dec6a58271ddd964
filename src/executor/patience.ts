import type { RunId } from '../domain/ids.ts';
import type { Instant } from '../domain/units.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type EffectContext, whyOf } from './effects/context.ts';
import { landedText } from './landed-text.ts';

/** Failed looks at the world after which people are told, and the wait between them. */
const MOST_LOOKS = 4;
const LOOK_AGAIN_MS = 3000;
const LONGEST_LOOK_AGAIN_MS = 15_000;

const DEFECT_PAUSE_MS = 30_000;

interface Failing {
  readonly failures: number;
  readonly since: Instant;
  readonly until: Instant;
}

/** How long each run waits after something failed, and when people are told. Forgotten when the process ends: looking is free. */
export class Patience {
  readonly #failing = new Map<RunId, Failing>();

  /** Null when nothing is in the way. A person who resumes has seen to the cause and waits for nobody's timer. */
  waitsUntil(run: Run, now: Instant): Instant | null {
    const failing = this.#failing.get(run.run);
    if (failing === undefined || now >= failing.until) return null;
    const wasResumed = run.resumedAt !== null && run.resumedAt >= failing.since;
    return wasResumed ? null : failing.until;
  }

  /** The vendor has answered: what fails next is counted anew. */
  answered(run: RunId): void {
    this.#failing.delete(run);
  }

  /**
   * Something in steer itself broke over this run: it holds and says so, and other runs go on (design rule 7). When the
   * journal is what is broken, this append fails too, and the process ends instead of acting unrecorded.
   */
  async defect({ run }: Run, error: unknown, { deps, tail, epoch }: EffectContext): Promise<Instant> {
    const since = deps.clock.now();
    const until = since + DEFECT_PAUSE_MS;
    this.#failing.set(run, { failures: 1, since, until });
    deps.watcher.tell({ what: 'defect', run, detail: whyOf(error) });
    const current = tail.run(run);
    if (isEnded(current) || current.engineHold?.endsByItself === false) return until;
    const because = [`steer itself failed: ${whyOf(error)}`];
    const byHand = ['report this with: steer show RUN --json', 'then resume, roll back or stop'];
    const held = { cause: 'guardrail' as const, endsByItself: false, objections: [], because, byHand };
    await tail.appendOutcome(run, [{ type: 'run.held', data: held }], epoch);
    return until;
  }

  /** The world could not be looked at: wait and look again, and after a few times tell people what to do by hand. */
  async lookAgain({ run }: Run, error: unknown, { deps, tail, epoch }: EffectContext): Promise<Instant> {
    const failures = (this.#failing.get(run)?.failures ?? 0) + 1;
    const since = deps.clock.now();
    const until = since + Math.min(LOOK_AGAIN_MS * failures, LONGEST_LOOK_AGAIN_MS);
    this.#failing.set(run, { failures, since, until });
    deps.watcher.tell({ what: 'world-unknown', run, detail: whyOf(error) });
    const current = tail.run(run);
    if (failures < MOST_LOOKS || isEnded(current) || current.engineHold?.cause === 'control-plane') return until;
    const because = [`the vendor cannot be read: ${whyOf(error)}`, ...landedText(current)];
    const byHand = [
      'when the vendor answers again type: steer resume',
      'until then no weight can be changed by anybody',
    ];
    const held = { cause: 'control-plane' as const, endsByItself: false, objections: [], because, byHand };
    await tail.appendOutcome(run, [{ type: 'run.held', data: held }], epoch);
    return until;
  }
}
