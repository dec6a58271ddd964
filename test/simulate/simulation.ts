import type { MemoryPromises } from '../../providers/memory/steering.ts';
import type { RegionId, RunId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/units.ts';
import { DEFAULT_OPTIONS, type ExecutorOptions } from '../../src/executor/deps.ts';
import { Executor } from '../../src/executor/executor.ts';
import { gatherFacts } from '../../src/facts/gather.ts';
import { phaseOf } from '../../src/run/phase.ts';
import { isEnded, type Run } from '../../src/run/state.ts';
import { auditStore } from '../../src/store/audit.ts';
import { openMemoryStore } from '../../src/store/memory/memory-store.ts';
import { sha256 } from '../../src/system/hash.ts';
import { MODEL } from '../support/fleet-config.ts';
import { MONDAY_MORNING } from '../support/manual-clock.ts';
import { buildModel, type Model } from '../support/model.ts';
import { Dice } from './dice.ts';
import { journalText } from './journal-text.ts';
import { Judge, WatchedVendor } from './judge.ts';
import { Ledger } from './ledger.ts';
import { People } from './people.ts';
import { CALM, SeededPorts, type SendWatch, type Weather } from './ports.ts';
import { type Actor, actor, Scheduler } from './scheduler.ts';
import { breakHealth, changeWeather, dropClosed, editSomething, heal, putBack, strandSomething } from './storm.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface SimulationOptions {
  readonly seed: number;
  readonly promises: MemoryPromises;
  readonly executor: Partial<ExecutorOptions>;
  /** What goes wrong all the time while the storm lasts, beside what comes and goes. */
  readonly always: Partial<Weather>;
  /** How long things go wrong; then they are healed, and everything must come to an end. */
  readonly stormMs: number;
}

export interface Violation {
  /** Milliseconds after the start. */
  readonly at: number;
  readonly rule: number;
  readonly what: string;
}

export interface Outcome {
  readonly violations: readonly Violation[];
  readonly landings: number;
  readonly runs: readonly string[];
  readonly events: number;
  readonly processes: number;
  readonly virtualMs: number;
  readonly asked: readonly string[];
  /** The journal, one line each: minutes, stream, type, and what matters. */
  readonly journal: readonly string[];
}

export const HONEST: Omit<SimulationOptions, 'seed'> = {
  promises: { conditionalWrite: 'native', fence: 'native' },
  executor: {},
  always: {},
  stormMs: 2 * HOUR,
};

/** What is wrong in a fleet all day long; most have nothing. */
const TEMPERS: readonly [Partial<Weather>, ...Partial<Weather>[]] = [
  {},
  {},
  {},
  { late: 0.3, stall: 0.01 },
  { lost: 0.3, crash: 0.005 },
  { throttled: 0.3, stall: 0.02 },
];

/** Half-hours that a healed fleet gets until its last run must have ended. */
const CALM_ROUNDS = 60;

const errorText = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

const waitsFor = (run: Run): string => JSON.stringify({ hold: run.engineHold, person: run.personHold });

/** Hours of bad luck in one fleet, from one seed. */
export class Simulation {
  readonly violations: Violation[] = [];
  readonly #options: SimulationOptions;
  readonly #dice: Dice;
  readonly #scheduler: Scheduler;
  readonly #nature = actor('nature');
  readonly #processes: Actor[] = [];
  readonly #end = new AbortController();
  readonly #weather: Weather = { ...CALM };
  readonly #failedAt = new Map<RegionId, Instant>();
  #isStormy = true;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#dice = new Dice(options.seed);
    this.#scheduler = new Scheduler(MONDAY_MORNING, this.#dice);
  }

  async run(): Promise<Outcome> {
    const dice = this.#dice;
    const names = dice.between(1, 3);
    const vendors: WatchedVendor[] = [];
    const model = await buildModel(this.#scheduler, {
      services: dice.chance(0.5) ? ['checkout'] : ['checkout', 'search'],
      names,
      zones: dice.between(1, names),
      limits: { drill: { capacityRemovedPerHour: dice.pick([2_500, 4_000, 6_000]) } },
      promises: this.#options.promises,
      makeVendor: (options) => {
        const vendor = new WatchedVendor(options);
        vendors.push(vendor);
        return vendor;
      },
    });
    const [vendor] = vendors;
    if (vendor === undefined) throw new Error('the model did not take the vendor it was given');
    const { judge, ledger } = this.#watch(model, vendor);
    const people = new People(model, dice);
    ledger.told = (run, type) => this.#alarm(people, run, type);
    for (let n = dice.between(2, 3); n > 0; n -= 1) this.#startProcess(model, judge);
    this.#storm(model, judge, people);
    await this.#until(MONDAY_MORNING + this.#options.stormMs);
    if (this.violations.length === 0) await this.#calm(model, judge, people);
    this.#end.abort();
    return {
      violations: this.violations,
      landings: judge.landings.length,
      runs: (await people.runs()).map((run) => `${run.run} ${phaseOf(run).words}`),
      events: model.disk.lastPosition,
      processes: this.#processes.length,
      virtualMs: this.#scheduler.now() - MONDAY_MORNING,
      asked: people.asked,
      journal: journalText(model.disk, MONDAY_MORNING),
    };
  }

  #watch(model: Model, vendor: WatchedVendor): { judge: Judge; ledger: Ledger } {
    const broken = (rule: number, what: string): void => this.#broken(rule, what);
    const ledger = new Ledger(model.disk, broken, (run, step) => judge.baked(run, step));
    const judge: Judge = new Judge({
      config: model.config,
      vendor,
      now: () => this.#scheduler.now(),
      dead: () => this.#dead(model),
      ledger,
      broken,
    });
    // Whoever appends rings the bell before anybody can act on what was appended.
    model.disk.bell.listen(() => ledger.catchUp());
    return { judge, ledger };
  }

  /** Facts are this old at most when what was decided on them lands. */
  #dead({ world }: Model): ReadonlySet<RegionId> {
    for (const region of world.failing) this.#failedAt.set(region, this.#scheduler.now());
    const recently = [...this.#failedAt].filter(([, at]) => this.#scheduler.now() - at < 3 * MINUTE);
    return new Set(recently.map(([region]) => region));
  }

  #broken(rule: number, what: string): void {
    this.violations.push({ at: this.#scheduler.now() - MONDAY_MORNING, rule, what });
  }

  /** Runs on; false when that was impossible, which is a violation. */
  async #until(latest: Instant): Promise<void> {
    const how = await this.#scheduler.run(() => this.violations.length > 0, latest);
    if (how === 'in-circles' || how === 'nothing-left') this.#broken(14, `nothing goes on any more: ${how}`);
  }

  #startProcess(model: Model, judge: Judge): void {
    const process = actor(`process-${this.#processes.length + 1}`);
    this.#processes.push(process);
    const sent: SendWatch = (sets, epoch) => judge.sent(sets, epoch);
    const ports = new SeededPorts(this.#scheduler, process, () => this.#weather, sent);
    const { clock } = ports;
    const store = openMemoryStore(model.disk, { clock, hash: sha256 });
    const steering = ports.steering(model.steering);
    const gatherDeps = {
      probe: ports.probe(model.probe),
      steerings: new Map([[MODEL, steering]]),
      now: () => clock.now(),
    };
    const deps = model.deps({
      clock,
      journal: ports.journal(store.journal),
      lease: ports.lease(store.lease),
      steering: (provider) => (provider === MODEL ? steering : undefined),
      gather: (question, signal) => gatherFacts(question, gatherDeps, signal),
      holder: process.name,
    });
    const executor = new Executor(deps, { ...DEFAULT_OPTIONS, ...this.#options.executor });
    executor.run(this.#end.signal).catch((error: unknown) => {
      if (!this.#end.signal.aborted) this.#broken(14, `${process.name} died: ${errorText(error)}`);
    });
  }

  /** Something that happens again and again while the storm lasts. */
  #often(everyMs: readonly [number, number], happen: () => void | Promise<void>): void {
    this.#scheduler.after(this.#nature, this.#dice.between(...everyMs), () => {
      if (!this.#isStormy) return;
      Promise.resolve(happen()).catch((error: unknown) => this.#broken(14, `an ask failed: ${errorText(error)}`));
      this.#often(everyMs, happen);
    });
  }

  #alarm(people: People, run: RunId, type: string): void {
    const isTense = type === 'batch.unknown' || type === 'batch.intended';
    if (!this.#isStormy || !isTense || !this.#dice.chance(type === 'batch.unknown' ? 0.3 : 0.05)) return;
    this.#scheduler.after(this.#nature, this.#dice.between(0, 5_000), () => {
      people.react(run).catch((error: unknown) => this.#broken(14, `an ask failed: ${errorText(error)}`));
    });
  }

  #storm(model: Model, judge: Judge, people: People): void {
    const dice = this.#dice;
    const always = { ...dice.pick(TEMPERS), ...this.#options.always };
    Object.assign(this.#weather, always);
    this.#scheduler.after(this.#nature, 1000, () => void people.propose());
    this.#often([5_000, 8 * MINUTE], () => people.ask());
    this.#often([10 * MINUTE, 60 * MINUTE], () => people.freeze());
    this.#often([2 * MINUTE, 15 * MINUTE], () => {
      changeWeather(this.#weather, dice);
      Object.assign(this.#weather, always);
    });
    this.#often([5 * MINUTE, 60 * MINUTE], () => editSomething(model, judge, dice));
    this.#often([5 * MINUTE, 60 * MINUTE], () => strandSomething(model, judge));
    this.#often([10 * MINUTE, 60 * MINUTE], () => dropClosed(model, dice.pick([0, HOUR])));
    this.#often([5 * MINUTE, 40 * MINUTE], () => {
      const healed = breakHealth(model, dice);
      this.#scheduler.after(this.#nature, dice.between(20_000, 10 * MINUTE), () => {
        this.#dead(model);
        healed();
      });
    });
    this.#often([10_000, 2 * MINUTE], () => {
      if (this.#processes.filter(({ isGone }) => !isGone).length < 2) this.#startProcess(model, judge);
    });
  }

  /** Faults are healed and people are quiet: every run must come to an end, or to a hold which a resume ends. */
  async #calm(model: Model, judge: Judge, people: People): Promise<void> {
    this.#isStormy = false;
    this.#dead(model);
    Object.assign(this.#weather, CALM);
    heal(model);
    if (this.#processes.every(({ isGone }) => isGone)) this.#startProcess(model, judge);
    for (let round = 0; round < CALM_ROUNDS && this.violations.length === 0; round += 1) {
      await putBack(model, judge);
      if (!(await people.goHome())) break;
      await this.#until(this.#scheduler.now() + 30 * MINUTE);
    }
    if (this.violations.length > 0) return;
    for (const run of await people.runs())
      if (!isEnded(run)) this.#broken(14, `${run.run} never ends: ${phaseOf(run).words} ${waitsFor(run)}`);
    const { findings } = await auditStore(model.store.archive, sha256);
    for (const { stream, version, because } of findings) this.#broken(13, `${stream} ${version}: ${because}`);
  }
}

export const simulate = (seed: number, options: Partial<SimulationOptions> = {}): Promise<Outcome> =>
  new Simulation({ ...HONEST, ...options, seed }).run();
