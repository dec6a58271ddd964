import type { RegionId, RunId } from '../../src/domain/ids.ts';
import type { MoveRequest } from '../../src/domain/plan.ts';
import { FLEET_STREAM, type RunEvent } from '../../src/run/events.ts';
import { isEnded, type Run } from '../../src/run/state.ts';
import { ADMIN, APPROVER, EAST, EUROPE, OPERATOR, WEST } from '../support/fleet-config.ts';
import type { Model } from '../support/model.ts';
import type { Dice } from './dice.ts';

const MINUTE = 60_000;
const PATIENCE_MS = 5 * 60 * MINUTE;
const LIMITS: ReadonlySet<string> = new Set(['headroom', 'floor', 'minimum-serving-regions', 'budget']);

/** People at their phones: what they ask of runs, and when it is the wrong moment. */
export class People {
  readonly asked: string[] = [];
  readonly #model: Model;
  readonly #dice: Dice;

  constructor(model: Model, dice: Dice) {
    this.#model = model;
    this.#dice = dice;
  }

  async propose(): Promise<void> {
    const dice = this.#dice;
    const region: RegionId = dice.pick([EAST, EAST, WEST, EUROPE]);
    const mode = dice.pick(['drill', 'drill', 'planned', 'emergency'] as const);
    const verb = dice.pick(['evacuate', 'evacuate', 'evacuate', 'shift', 'restore'] as const);
    const services = this.#model.config.services.map(({ service }) => service);
    const some = [dice.any(services)].filter((service) => service !== undefined);
    const request: Partial<MoveRequest> = {
      verb,
      mode,
      region,
      services: verb === 'shift' || dice.chance(0.3) ? some : [],
      share: verb === 'shift' ? dice.between(1, 30) * 100 : null,
      ...(verb === 'evacuate' && mode !== 'drill' && dice.chance(0.3) ? { declaresDead: true as const } : {}),
      stayMs: mode === 'emergency' || verb === 'restore' || dice.chance(0.3) ? null : dice.between(1, 15) * MINUTE,
    };
    try {
      const id = await this.#model.start(request, dice.chance(0.7));
      this.asked.push(`${id}: ${mode} ${verb} ${region}`);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('refused'))) throw error;
    }
  }

  /** One ask of some run, sensible or not. */
  async ask(): Promise<void> {
    const dice = this.#dice;
    const runs = await this.runs();
    const run = dice.any(runs.filter((one) => !isEnded(one))) ?? dice.any(runs);
    if (run === undefined || dice.chance(0.15)) return this.propose();
    const by = { by: OPERATOR, door: 'test', because: 'somebody asked' };
    const wrong = dice.chance(0.2);
    const events: readonly [RunEvent, ...RunEvent[]] = [
      { type: 'hold.asked', data: by },
      { type: 'hold.asked', data: by },
      { type: 'resume.asked', data: by },
      { type: 'resume.asked', data: by },
      { type: 'resume.asked', data: by },
      { type: 'rollback.asked', data: by },
      { type: dice.chance(0.4) ? 'stop.asked' : 'hold.asked', data: by },
      { type: dice.chance(0.2) ? 'denial.given' : 'resume.asked', data: by },
      {
        type: 'approval.given',
        data: { by: APPROVER, door: 'test', digest: wrong ? 'another plan' : run.digest, solo: false },
      },
      {
        type: 'approval.given',
        data: { by: APPROVER, door: 'test', digest: wrong ? 'another plan' : run.digest, solo: false },
      },
    ];
    await this.say(run.run, dice.pick(events));
  }

  /** Somebody sees a write leave, or nobody know what became of it, and reacts within seconds. */
  async react(run: RunId): Promise<void> {
    const by = { by: OPERATOR, door: 'test', because: 'it looks wrong' };
    await this.say(run, {
      type: this.#dice.pick(['hold.asked', 'hold.asked', 'rollback.asked', 'stop.asked']),
      data: by,
    });
  }

  /** Freezes the fleet for a while, or lifts it. */
  async freeze(): Promise<void> {
    const { journal } = this.#model.store;
    const version = (await journal.read(FLEET_STREAM, 0)).at(-1)?.version ?? 0;
    const data = { by: ADMIN, door: 'test', because: 'a launch' };
    const event = this.#dice.chance(0.5)
      ? { type: 'freeze.set', data: { ...data, until: this.#model.clock.now() + this.#dice.between(1, 20) * MINUTE } }
      : { type: 'freeze.lifted', data };
    await journal.append({ stream: FLEET_STREAM, expectedVersion: version, events: [event] });
  }

  async say(run: RunId, event: RunEvent): Promise<void> {
    this.asked.push(`${run}: ${event.type}`);
    await this.#model.ask(run, event);
  }

  async runs(): Promise<readonly Run[]> {
    return this.#model.runs();
  }

  /** A limit that the world as it is will never meet, such as headroom at a base that was over it: then people plan anew. */
  #standsInTheWay(run: Run): boolean {
    const { engineHold } = run;
    if (engineHold === null || !engineHold.objections.some(({ code }) => LIMITS.has(code))) return false;
    return this.#model.clock.now() - engineHold.since > PATIENCE_MS;
  }

  /** Nobody starts anything new; whoever is waited for comes. True while something is still under way. */
  async goHome(): Promise<boolean> {
    const open = (await this.runs()).filter((run) => !isEnded(run));
    const by = { by: OPERATOR, door: 'test' };
    for (const run of open) {
      const isHeld = run.personHold !== null || (run.engineHold !== null && !run.engineHold.endsByItself);
      const isOverdue = run.engineHold?.objections.some(({ code }) => code === 'plan-overdue') === true;
      if (isOverdue) await this.say(run.run, { type: 'rollback.asked', data: { ...by, because: 'overdue' } });
      else if (this.#standsInTheWay(run))
        await this.say(run.run, { type: 'stop.asked', data: { ...by, because: 'no way back' } });
      else if (isHeld) await this.say(run.run, { type: 'resume.asked', data: by });
    }
    return open.length > 0;
  }
}
