import { ProviderError } from '../../providers/errors.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { Facts } from '../domain/facts.ts';
import type { RunId, SetId } from '../domain/ids.ts';
import { recordOf } from '../domain/records.ts';
import type { Instant } from '../domain/units.ts';
import type { HeldLease } from '../ports/lease.ts';
import { BrokenJournal } from '../run/broken-journal.ts';
import { decide } from '../run/decide.ts';
import { declaredIn } from '../run/declared.ts';
import type { Next, Snapshot } from '../run/next.ts';
import { isEnded, type Run, unresolved } from '../run/state.ts';
import { abortAt } from './abort-at.ts';
import { type ExecutorDeps, type ExecutorOptions, Superseded } from './deps.ts';
import type { EffectContext } from './effects/context.ts';
import { askPropagation, reread, verify } from './effects/follow-up.ts';
import { send } from './effects/send.ts';
import { settle } from './effects/settle.ts';
import { WorldUnknown } from './effects/world.ts';
import { FleetTail, RunGone } from './fleet-tail.ts';
import { type KeptLease, keepLease } from './kept-lease.ts';
import { Patience } from './patience.ts';

/** The digest is reckoned when somebody asks for it: most snapshots are looked at and forgotten. */
const snapshotOf = (facts: Facts, deps: ExecutorDeps): Snapshot => {
  let digest: string | null = null;
  return {
    facts,
    get digest() {
      digest ??= deps.hash.of(canonicalText(facts));
      return digest;
    },
  };
};

/** An idle process looks this often whether the lease is still its own. */
const LONGEST_SLEEP_MS = 60_000;

const CHANGES_THE_FLEET: ReadonlySet<string> = new Set(['run.started', 'step.intended']);

/** Effects that look at the vendor: only their success says that it answers again. */
const LOOKS: ReadonlySet<Next['do']> = new Set<Next['do']>(['settle', 'ask-propagation', 'verify', 'reread', 'send']);

/** One process's turn as the fleet's single writer, from taking the lease to losing it. */
export class Executor {
  readonly #deps: ExecutorDeps;
  readonly #options: ExecutorOptions;
  readonly #tail: FleetTail;
  /** Emptied whenever this process has changed the world: what was seen before a write says nothing after it. */
  readonly #snapshots = new Map<RunId, Snapshot>();
  readonly #patience = new Patience();

  constructor(deps: ExecutorDeps, options: ExecutorOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#tail = new FleetTail(deps.journal);
  }

  /** Executes until `signal` fires (or nothing is left, with `untilIdle`). Never returns because something went wrong. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, lease, holder, watcher } = this.#deps;
    while (!signal.aborted) {
      const held = await lease.acquire(holder, this.#options.leaseMs);
      if (held === null) {
        if (this.#options.untilIdle && !(await this.#hasWork())) return;
        await clock.sleep(this.#options.leaseMs / 3, signal).catch(() => {});
        continue;
      }
      const kept = keepLease(this.#deps, held, this.#options.leaseMs);
      try {
        await this.#reign(held, kept, signal);
        if (this.#options.untilIdle) return;
      } catch (error) {
        if (!(error instanceof Superseded)) throw error;
        watcher.tell({ what: 'superseded', run: null, detail: error.message });
      } finally {
        kept.stop();
        this.#snapshots.clear();
        await lease.release(held).catch(() => {});
      }
    }
  }

  #active(): readonly Run[] {
    const { runs, broken } = this.#tail.view;
    // A run that cannot be replayed is FAILED for people; nobody knows what may be done to it, and the others go on.
    const known = [...runs.values()].filter(({ run }) => !broken.has(run));
    return known.filter((run) => !isEnded(run) || unresolved(run).length > 0);
  }

  async #hasWork(): Promise<boolean> {
    await this.#tail.catchUp();
    return this.#active().length > 0;
  }

  async #reign(held: HeldLease, kept: KeptLease, signal: AbortSignal): Promise<void> {
    const { clock, journal } = this.#deps;
    const whileHeld = AbortSignal.any([signal, kept.lost]);
    await this.#tail.catchUp();
    await this.#tail.appendFleet(
      { type: 'executor.took-over', data: { holder: held.holder, epoch: held.epoch } },
      held.epoch,
    );
    while (!signal.aborted) {
      kept.worked();
      kept.lost.throwIfAborted();
      await this.#tail.catchUp();
      const active = this.#active();
      if (active.length === 0 && this.#options.untilIdle) return;
      const wakes = await this.#round(active, held.epoch, kept, whileHeld);
      if (wakes === 'did-something') continue;
      const ms = Math.max(0, Math.min(wakes - clock.now(), LONGEST_SLEEP_MS));
      await journal.wait(this.#tail.view.position, ms, whileHeld).catch(() => false);
    }
  }

  /** One effect for every run. The earliest instant at which any of them wants to be looked at again, if none acted. */
  async #round(
    active: readonly Run[],
    epoch: number,
    kept: KeptLease,
    signal: AbortSignal,
  ): Promise<Instant | 'did-something'> {
    let wake = Number.POSITIVE_INFINITY;
    let acted = false;
    for (const { run: id } of active) {
      kept.worked();
      const context: EffectContext = { deps: this.#deps, options: this.#options, tail: this.#tail, epoch, signal };
      const next = await this.#advance(id, context);
      if (next === 'acted') acted = true;
      else wake = Math.min(wake, next);
    }
    return acted ? 'did-something' : wake;
  }

  async #advance(id: RunId, context: EffectContext): Promise<Instant | 'acted'> {
    try {
      return await this.#step(id, context);
    } catch (error) {
      if (!(error instanceof BrokenJournal || error instanceof RunGone)) throw error;
      const what = error instanceof RunGone ? 'run-gone' : 'run-broken';
      this.#deps.watcher.tell({ what, run: id, detail: error.message });
      return Number.POSITIVE_INFINITY;
    }
  }

  async #step(id: RunId, context: EffectContext): Promise<Instant | 'acted'> {
    const run = this.#tail.run(id);
    const now = this.#deps.clock.now();
    const waits = this.#patience.waitsUntil(run, now);
    if (waits !== null) return waits;
    try {
      const next = decide(run, {
        now,
        epoch: context.epoch,
        storeRegion: this.#deps.storeRegion,
        snapshot: this.#snapshots.get(id) ?? null,
        parallel: this.#options.parallel,
        checksAtCommit: this.#options.checksAtCommit,
      });
      const result = await this.#perform(run, next, context);
      if (LOOKS.has(next.do)) this.#patience.answered(id);
      return result;
    } catch (error) {
      return this.#afterFailure(run, error, context);
    }
  }

  async #perform(run: Run, next: Next, context: EffectContext): Promise<Instant | 'acted'> {
    switch (next.do) {
      case 'end':
        return Number.POSITIVE_INFINITY;
      case 'sleep':
        return next.until > this.#deps.clock.now() ? next.until : this.#deps.clock.now() + 1;
      case 'gather':
        this.#snapshots.set(run.run, await this.#gather(run, next.listed, context.signal));
        return 'acted';
      case 'append':
        await this.#tail.appendDecided(run, next.events, context.epoch, this.#tail.view.fleetVersion);
        // One run that starts or takes capacity out makes what the others saw of the fleet untrue.
        if (next.events.some(({ type }) => CHANGES_THE_FLEET.has(type))) this.#snapshots.clear();
        if (next.events.some(({ type }) => type === 'direction.turned')) this.#snapshots.delete(run.run);
        for (const event of next.events) {
          this.#deps.watcher.tell({ what: event.type, run: run.run, detail: '' });
        }
        return 'acted';
      case 'send': {
        const snapshot = this.#snapshots.get(run.run);
        if (snapshot !== undefined)
          await send(run, next, snapshot, context).finally(() => this.#forgetAfterSending(run, snapshot));
        return 'acted';
      }
      case 'settle':
        return (await settle(run, next.batches, context).finally(() => this.#snapshots.clear())) ?? 'acted';
      case 'ask-propagation':
        await askPropagation(run, context);
        this.#snapshots.delete(run.run);
        return 'acted';
      case 'verify':
        await verify(run, context);
        this.#snapshots.delete(run.run);
        return 'acted';
      case 'reread':
        await reread(run, next.sets, context);
        this.#snapshots.delete(run.run);
        return 'acted';
    }
  }

  /**
   * The rest of a step was judged on this very snapshot together with what has just landed, so it may follow within the
   * commit window: two hundred zones would else be looked at and judged 25 times a step. Anything but a clean landing, an
   * ask or a change of the fleet in between (then the intent was not appended) is looked at anew.
   */
  #forgetAfterSending(before: Run, snapshot: Snapshot): void {
    this.#snapshots.clear();
    const { step } = this.#tail.run(before.run);
    const rest = step?.batches.filter(({ state }) => state !== 'landed') ?? [];
    const hasLanded = rest.length < (before.step?.batches.filter(({ state }) => state !== 'landed').length ?? 0);
    const isClean = rest.every(({ state, refusals }) => state === 'todo' && refusals === 0);
    if (step === null || rest.length === 0 || !hasLanded || !isClean) return;
    this.#snapshots.set(before.run, { facts: snapshot.facts, digest: snapshot.digest, judgedStep: step.step });
  }

  async #gather(run: Run, listed: boolean, signal: AbortSignal): Promise<Snapshot> {
    const { view } = this.#tail;
    const deps = this.#deps;
    const approved = view.configs.get(run.envelope.configDigest) ?? view.config?.config;
    const now = deps.clock.now();
    // What somebody else left in a set counts too: its traffic goes there, whatever this run had meant.
    const own = Object.values(run.sets).map(
      ({ live, foreign }): readonly [SetId, { state: typeof live; at: Instant }] => [
        live.set,
        { state: foreign?.live ?? live, at: now },
      ],
    );
    const { limits, request, services, stillLayers = [] } = run.envelope;
    const beside = stillLayers.flatMap(({ sets }) => sets.map(({ ref }) => ref));
    // Signals that take longer than the commit window are too old for a write before they are complete. Listing may take as
    // long as a set may be old: every write says what it expects to find.
    const patienceMs = listed ? Math.max(limits.commitWindowMs, limits.factsMaximumAgeMs) : limits.commitWindowMs;
    const deadline = abortAt(deps.clock, now + patienceMs, signal);
    const gathered = deps.gather(
      {
        config: deps.readConfig(approved),
        inForce: deps.readConfig(view.config?.config ?? approved),
        configDigest: view.config?.digest ?? run.envelope.configDigest,
        fleet: view,
        services: services.map(({ service }) => service),
        known: listed ? null : { sets: recordOf(own), fences: run.fences },
        ...(beside.length === 0 ? {} : { beside }),
        run: run.run,
        mode: request.mode,
        declared: declaredIn(run),
        maximumAgeMs: limits.factsMaximumAgeMs,
      },
      deadline.signal,
    );
    return snapshotOf(await gathered.finally(deadline.clear), deps);
  }

  async #afterFailure(run: Run, error: unknown, context: EffectContext): Promise<Instant> {
    if (error instanceof Superseded || error instanceof BrokenJournal || error instanceof RunGone) throw error;
    const isWorld = error instanceof WorldUnknown || error instanceof ProviderError;
    return isWorld ? this.#patience.lookAgain(run, error, context) : this.#patience.defect(run, error, context);
  }
}
