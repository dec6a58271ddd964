import type { RunId, SetId } from '../../src/domain/ids.ts';
import type { Envelope } from '../../src/domain/plan.ts';
import type { Weights } from '../../src/domain/steering.ts';
import type { Instant } from '../../src/domain/units.ts';
import type { StoredEvent } from '../../src/ports/journal.ts';
import type { Direction, RunEvent } from '../../src/run/events.ts';
import { asRunEvent } from '../../src/run/replay.ts';
import type { MemoryDisk } from '../../src/store/memory/memory-disk.ts';

/** One intent of a write, as the journal holds it. */
export interface Intent {
  readonly run: KnownRun;
  readonly step: KnownStep;
  readonly batch: number;
  readonly sets: readonly SetId[];
  readonly epoch: number;
  /** The request leaves by then, or not at all. */
  readonly notAfter: Instant;
  landed: boolean;
  /** The journal says that it did not land. */
  closed: boolean;
}

export interface KnownStep {
  readonly step: number;
  readonly direction: Direction;
  readonly weights: Readonly<Record<SetId, Weights>>;
  readonly batches: ReadonlyMap<number, readonly SetId[]>;
}

/** What an auditor who trusts nothing but the journal's text knows of a run. Knows no rule of the engine's own fold. */
export interface KnownRun {
  readonly run: RunId;
  readonly envelope: Envelope;
  readonly digest: string;
  isApproved: boolean;
  isStarted: boolean;
  isHeld: boolean;
  hasEnded: boolean;
  rollback: 'none' | 'asked' | 'turned';
  readonly steps: KnownStep[];
  readonly foreign: Set<SetId>;
}

type Stored<T extends RunEvent['type']> = Extract<RunEvent, { type: T }> & { readonly at: Instant };

/** Reads the journal behind everybody's back and says what may not stand there. */
export class Ledger {
  readonly runs = new Map<RunId, KnownRun>();
  readonly intents: Intent[] = [];
  /** Called for every event of a run. */
  told: (run: RunId, type: string) => void = () => {};
  readonly #disk: MemoryDisk;
  readonly #broken: (rule: number, what: string) => void;
  readonly #baked: (run: KnownRun, step: KnownStep) => void;
  #position = 0;

  constructor(
    disk: MemoryDisk,
    broken: (rule: number, what: string) => void,
    baked: (run: KnownRun, step: KnownStep) => void,
  ) {
    this.#disk = disk;
    this.#broken = broken;
    this.#baked = baked;
  }

  /** Reads what was appended since. */
  catchUp(): void {
    const { events } = this.#disk;
    let from = events.length;
    while (from > 0 && (events[from - 1]?.row.position ?? 0) > this.#position) from -= 1;
    for (const { event } of events.slice(from)) {
      this.#position = event.position;
      if (event.stream.startsWith('run/')) this.#read(event);
    }
  }

  #read(stored: StoredEvent): void {
    const event = asRunEvent(stored);
    if (event.type === 'run.proposed') {
      const { run, envelope, digest } = event.data;
      this.runs.set(run, {
        run,
        envelope,
        digest,
        isApproved: false,
        isStarted: false,
        isHeld: false,
        hasEnded: false,
        rollback: 'none',
        steps: [],
        foreign: new Set(),
      });
      return;
    }
    const run = [...this.runs.values()].find(({ run: id }) => stored.stream === `run/${id}`);
    if (run === undefined) this.#broken(13, `${stored.stream} has ${event.type} before it was proposed`);
    else {
      this.#ask(run, event);
      this.#act(run, event);
      this.told(run.run, event.type);
    }
  }

  #ask(run: KnownRun, event: RunEvent): void {
    if (run.hasEnded) return;
    switch (event.type) {
      case 'approval.given':
        if (event.data.digest === run.digest) run.isApproved = true;
        return;
      case 'denial.given':
        if (!run.isStarted) run.hasEnded = true;
        return;
      case 'hold.asked':
        run.isHeld = true;
        return;
      case 'resume.asked':
        run.isHeld = false;
        return;
      case 'stop.asked':
        run.hasEnded = true;
        return;
      case 'rollback.asked':
        if (!run.isStarted) run.hasEnded = true;
        else if (run.rollback === 'none') {
          run.rollback = 'asked';
          run.isHeld = false;
        }
        return;
      default:
        return;
    }
  }

  #act(run: KnownRun, event: RunEvent & { readonly at: Instant }): void {
    switch (event.type) {
      case 'run.started':
        if (!run.isApproved) this.#broken(12, `${run.run} started without an approval of its digest`);
        this.#mayMove(run, 'started');
        run.isStarted = true;
        return;
      case 'step.intended':
        this.#stepIntended(run, event);
        return;
      case 'batch.intended':
        this.#batchIntended(run, event);
        return;
      case 'batch.refused':
        if (event.data.kind !== 'stranded') this.#close(run, event.data.step, event.data.batch);
        return;
      case 'sets.foreign':
        for (const { set } of event.data.sets) {
          run.foreign.add(set);
          const torn = this.intents.filter((intent) => intent.run === run && intent.sets.includes(set));
          for (const { step, batch } of torn) this.#close(run, step.step, batch);
        }
        return;
      case 'sets.as-expected':
        for (const set of event.data.sets) run.foreign.delete(set);
        return;
      case 'direction.turned':
        if (event.data.because === 'rollback') run.rollback = 'turned';
        else if (run.envelope.request.mode === 'emergency')
          this.#broken(11, `${run.run}: an emergency came back by itself`);
        return;
      case 'step.baked': {
        const step = run.steps.at(-1);
        if (step?.step !== event.data.step) this.#broken(4, `${run.run}: step ${event.data.step} baked out of turn`);
        else this.#baked(run, step);
        return;
      }
      case 'run.finished':
      case 'run.stopped':
      case 'run.failed':
        run.hasEnded = true;
        return;
      default:
        return;
    }
  }

  #mayMove(run: KnownRun, what: string): void {
    if (run.isHeld) this.#broken(10, `${run.run}: ${what} after a hold`);
    if (run.hasEnded) this.#broken(10, `${run.run}: ${what} after its end`);
  }

  #stepIntended(run: KnownRun, { data }: Stored<'step.intended'>): void {
    this.#mayMove(run, `step ${data.step} intended`);
    const expected = (run.steps.at(-1)?.step ?? 0) + 1;
    // A step that was turned round before anything of it was propagated gives its number to the next.
    if (data.step !== expected && data.step !== expected - 1)
      this.#broken(4, `${run.run}: step ${data.step} came after ${expected - 1}`);
    const others = [...this.runs.values()].filter((one) => one !== run && one.isStarted && !one.hasEnded);
    const isLeaving = data.direction === 'out' && run.rollback === 'none';
    if (isLeaving && others.length > 0)
      this.#broken(9, `${run.run} moves out while ${others.map((one) => one.run).join(', ')} is under way`);
    const batches = new Map(data.batches.map(({ batch, sets }) => [batch, sets]));
    run.steps.push({ step: data.step, direction: data.direction, weights: data.weights, batches });
  }

  #batchIntended(run: KnownRun, { data }: Stored<'batch.intended'>): void {
    this.#mayMove(run, `batch ${data.batch} of step ${data.step} intended`);
    const step = run.steps.at(-1);
    if (step?.step !== data.step) {
      this.#broken(4, `${run.run}: batch ${data.batch} of step ${data.step} was intended, the step was not`);
      return;
    }
    const sets = step.batches.get(data.batch) ?? Object.keys(step.weights).flatMap((id) => this.#setOf(run, id));
    const { fence, batch, notAfter } = data;
    this.intents.push({ run, step, batch, sets, epoch: fence.leaves.epoch, notAfter, landed: false, closed: false });
  }

  #close(run: KnownRun, step: number, batch: number): void {
    for (const intent of this.intents)
      if (intent.run === run && intent.step.step === step && intent.batch === batch && !intent.landed)
        intent.closed = true;
  }

  #setOf(run: KnownRun, id: string): readonly SetId[] {
    return run.envelope.sets.flatMap(({ ref }) => (ref.set === id ? [ref.set] : []));
  }
}
