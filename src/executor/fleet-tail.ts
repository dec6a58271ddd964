import type { RunId } from '../domain/ids.ts';
import type { Append, Appended, Journal, NewEvent } from '../ports/journal.ts';
import { BrokenJournal } from '../run/broken-journal.ts';
import { FLEET_STREAM, type FleetEvent, type RunEvent, runStream } from '../run/events.ts';
import { emptyFleet, type FleetView, foldInto } from '../run/fleet.ts';
import type { Run } from '../run/state.ts';
import { Superseded } from './deps.ts';

/** Small, so that what was read of a page is forgotten while it is young: in pages of 2,000 events a start takes half as long again. */
const PAGE = 250;

const asNew = (event: RunEvent | FleetEvent): NewEvent => ({ type: event.type, data: event.data });

/** The run is over, and retention has taken its events: there is nothing left to do for it. */
export class RunGone extends Error {
  override readonly name = 'RunGone';
}

/** The fleet as the journal tells it, kept up to date, and the appends of the one process that holds the lease. */
export class FleetTail {
  readonly view: FleetView = emptyFleet();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async catchUp(): Promise<void> {
    for (;;) {
      const events = await this.#journal.readAll(this.view.position, PAGE);
      // Outcomes of batches that were sent at once are appended at once: whoever reads second must not fold twice.
      const unread = events.filter(({ position }) => position > this.view.position);
      foldInto(this.view, unread);
      if (events.length < PAGE) return;
    }
  }

  /** Throws BrokenJournal for a run whose events cannot be folded: what is known of it is out of date for ever. */
  run(id: RunId): Run {
    const broken = this.view.broken.get(id);
    if (broken !== undefined) throw new BrokenJournal(broken);
    const run = this.view.runs.get(id);
    if (run === undefined) throw new RunGone(`there is no run ${id}`);
    return run;
  }

  /**
   * Appends what was decided from `decidedOn`. False when anybody appended to the run or the fleet meanwhile (an ask, a
   * freeze): then nothing was written, and it must be decided again on what is there now.
   */
  async appendDecided(
    decidedOn: Run,
    events: readonly RunEvent[],
    epoch: number,
    unmovedFleet: number,
  ): Promise<boolean> {
    const result = await this.#append(decidedOn.run, {
      stream: runStream(decidedOn.run),
      expectedVersion: decidedOn.version,
      events: events.map(asNew),
      unmoved: [{ stream: FLEET_STREAM, version: unmovedFleet }],
      epoch,
    });
    if (!result.ok && result.because === 'superseded')
      throw new Superseded(`epoch ${epoch} is over: ${result.epoch} holds the lease`);
    await this.catchUp();
    return result.ok;
  }

  /** Appends what has happened already: it is true whatever people asked meanwhile, so it is put behind their asks. */
  async appendOutcome(run: RunId, events: readonly RunEvent[], epoch: number): Promise<void> {
    for (;;) {
      const result = await this.#append(run, {
        stream: runStream(run),
        expectedVersion: this.run(run).version,
        events: events.map(asNew),
        epoch,
      });
      if (!result.ok && result.because === 'superseded')
        throw new Superseded(`epoch ${epoch} is over: ${result.epoch} holds the lease`);
      await this.catchUp();
      if (result.ok) return;
    }
  }

  /** A stream that retention dropped, because the run had ended while this process was not looking, is no defect. */
  async #append(run: RunId, append: Append): Promise<Appended> {
    try {
      return await this.#journal.append(append);
    } catch (error) {
      await this.catchUp();
      if (!this.view.runs.has(run)) throw new RunGone(`${run} had ended and its events were dropped`, { cause: error });
      throw error;
    }
  }

  async appendFleet(event: FleetEvent, epoch: number): Promise<void> {
    for (;;) {
      const result = await this.#journal.append({
        stream: FLEET_STREAM,
        expectedVersion: this.view.fleetVersion,
        events: [asNew(event)],
        epoch,
      });
      if (!result.ok && result.because === 'superseded') throw new Superseded(`epoch ${epoch} is over`);
      await this.catchUp();
      if (result.ok) return;
    }
  }
}
