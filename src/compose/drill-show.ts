import type { Style } from '../cli/render/style.ts';
import type { Instant } from '../domain/units.ts';
import type { Proposed } from '../operations/propose-move.ts';
import { phaseOf } from '../run/phase.ts';
import type { Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import type { Scenario, ScenarioEvent } from '../sandbox/scenarios.ts';
import type { DrillWatcher } from './drill-options.ts';
import { drillPlanLines } from './drill-plan-lines.ts';
import { type Look, progressBlock, progressLines, sinceText } from './drill-progress.ts';
import { breakageText, scenarioLines } from './drill-words.ts';

export interface DrillOutput {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

export interface ShowOptions {
  readonly output: DrillOutput;
  readonly style: Style;
  readonly now: () => Instant;
  readonly propagationMs: number;
  /** Draws one picture over the other; else a line for every change. */
  readonly redraws: boolean;
}

/** Up `n` lines, and clear from there to the end of the screen (ECMA-48). */
const over = (n: number): string => (n === 0 ? '' : `\u001b[${n}A\u001b[0J`);

/** What changes only with the run; the figures of the sandbox change at every tick and are no news in a log. */
const newsOf = (run: Run): string =>
  `${run.stage} ${phaseOf(run).words} ${run.steps.length} ${run.engineHold?.because.join('; ') ?? ''}`;

/** Shows a drill while it goes on: a picture that is drawn anew on a terminal, plain lines for pipes and logs. */
export class DrillShow implements DrillWatcher {
  readonly #options: ShowOptions;
  #startedAt: Instant;
  #drawn = 0;
  #block: readonly string[] = [];
  #news = '';

  constructor(options: ShowOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  begin(scenario: Scenario): void {
    this.say(...scenarioLines(scenario), 'Warming up: monitoring needs a history, and the account is checked.', '');
  }

  planned(plan: Proposed): void {
    this.#startedAt = this.#options.now();
    this.say(...drillPlanLines(plan, this.#options.style), '');
  }

  moved(run: Run, picture: Picture): void {
    const { now, propagationMs, redraws, style, output } = this.#options;
    const look: Look = { run, picture, propagationMs, startedAt: this.#startedAt, now: now() };
    if (redraws) {
      this.#block = progressBlock(look, style, output.columns);
      this.#draw([]);
      return;
    }
    const news = newsOf(run);
    if (news !== this.#news) this.say(...progressLines(look));
    this.#news = news;
  }

  broke({ breaks }: ScenarioEvent): void {
    this.#event(`BREAKS: ${breakageText(breaks)}`, this.#options.style.warn);
  }

  healed({ breaks }: ScenarioEvent): void {
    // A lost process does not come back; that another was started is told by itself.
    if (breaks.kind !== 'process-crash') this.#event(`over: ${breakageText(breaks)}`, this.#options.style.dim);
  }

  told(what: string): void {
    this.#event(what, this.#options.style.bold);
  }

  /** Lines that stay, above the picture. */
  say(...lines: readonly string[]): void {
    this.#draw(lines);
  }

  #event(text: string, dress: (text: string) => string): void {
    this.#draw([dress(`${sinceText(this.#options.now() - this.#startedAt)}  ${text}`)]);
  }

  #draw(lines: readonly string[]): void {
    const text = [...lines, ...this.#block].map((line) => `${line}\n`).join('');
    this.#options.output.write(`${over(this.#drawn)}${text}`);
    this.#drawn = this.#block.length;
  }
}
