import { MemoryVendor, type MemoryZone } from '../../providers/memory/vendor.ts';
import type { Config, ServiceConfig, SteeringSetConfig } from '../../src/domain/config.ts';
import type { RegionId, ServiceId, SetId } from '../../src/domain/ids.ts';
import type { Instant } from '../../src/domain/units.ts';
import { servedIn, sharesIn } from './capacity.ts';
import type { Intent, KnownRun, KnownStep, Ledger } from './ledger.ts';
import { recordsOf, setsOfZone, textOf, textOfState } from './zone-sets.ts';

/** A vendor that shows every landed write to somebody, with the zone before it. */
export class WatchedVendor extends MemoryVendor {
  watch: (zone: string, before: MemoryZone, after: MemoryZone, change: string) => void = () => {};

  override land(id: string, zone: MemoryZone): string {
    const before = this.zone(id);
    const change = super.land(id, zone);
    this.watch(id, before, zone, change);
    return change;
  }
}

export interface Landing {
  readonly at: Instant;
  readonly zone: string;
  readonly change: string;
  readonly before: MemoryZone;
  readonly after: MemoryZone;
  readonly intent: Intent;
}

/** What one step took out of one service: from before its first write to after its newest (design section 4). */
interface Removal {
  readonly step: KnownStep;
  readonly service: ServiceId;
  at: Instant;
  before: number;
  after: number;
}

const HOUR = 60 * 60 * 1000;
const NOISE = 1e-6;

export interface JudgeInput {
  readonly config: Config;
  readonly vendor: WatchedVendor;
  readonly now: () => Instant;
  /** Regions that may have looked dead to a decision which lands now. */
  readonly dead: () => ReadonlySet<RegionId>;
  readonly ledger: Ledger;
  readonly broken: (rule: number, what: string) => void;
}

/** Judges every landed write by the rules, from the vendor's records and the journal alone. */
export class Judge {
  readonly landings: Landing[] = [];
  /** Sets on which a foreigner's hand lies: what they hold is not steer's doing. */
  readonly edited = new Set<SetId>();
  readonly #input: JudgeInput;
  readonly #removals: Removal[] = [];
  readonly #editedAt = new Map<ServiceId, Instant>();
  readonly #own = new Map<string, Set<string>>();

  constructor(input: JudgeInput) {
    this.#input = input;
    input.vendor.watch = (zone, before, after, change) => this.#landed(zone, before, after, change);
  }

  foreignEdit(service: ServiceConfig, set: SteeringSetConfig): void {
    this.edited.add(set.ref.set);
    this.#editedAt.set(service.service, this.#input.now());
  }

  /** A request leaves while its facts are fresh, whatever its process was doing since it looked at them. */
  sent(sets: readonly SetId[], epoch: number): void {
    if (sets.length === 0) return;
    const { ledger, broken, now } = this.#input;
    const intent = ledger.intents.findLast((one) => one.epoch === epoch && sets.every((set) => one.sets.includes(set)));
    if (intent !== undefined && now() <= intent.notAfter) return;
    broken(
      2,
      `${intent?.run.run}: a write left ${intent === undefined ? 'without an intent' : 'after its commit window'}`,
    );
  }

  /** A step that counts as baked must stand at the vendor, and must have stood there for the whole bake. */
  baked(run: KnownRun, step: KnownStep): void {
    const landed = this.landings.findLast(({ intent }) => intent.step === step);
    if (landed !== undefined && this.#input.now() - landed.at < run.envelope.bakeMs)
      this.#input.broken(6, `${run.run} step ${step.step} baked for ${this.#input.now() - landed.at} ms only`);
    for (const { ref } of run.envelope.sets) {
      const weights = step.weights[ref.set];
      if (weights === undefined || run.foreign.has(ref.set) || this.edited.has(ref.set)) continue;
      for (const { member, weight } of recordsOf(this.#input.vendor.zone(ref.zone), { ref })) {
        if (weight === (weights[member] ?? 0)) continue;
        this.#input.broken(
          4,
          `${run.run} step ${step.step} counts as baked, ${ref.set} ${member} still weighs ${weight}`,
        );
      }
    }
  }

  #landed(zone: string, before: MemoryZone, after: MemoryZone, change: string): void {
    const { config, broken } = this.#input;
    const [from, to] = [before.fence?.epoch ?? 0, after.fence?.epoch ?? 0];
    if (to < from) broken(3, `the marker of ${zone} fell from ${from} to ${to}`);
    const changed = setsOfZone(config, zone).filter(
      ({ set }) => textOf(recordsOf(before, set)) !== textOf(recordsOf(after, set)),
    );
    if (changed.length === 0) return;
    for (const { set } of changed) this.#neverEmpty(set, after);
    const intent = this.#intentOf(
      changed.map(({ set }) => set),
      after,
      to,
    );
    if (intent === null) {
      broken(
        4,
        `${zone}: a write landed that nobody intended, or twice (${changed.map(({ set }) => set.ref.set).join(', ')})`,
      );
      return;
    }
    if (intent.closed)
      broken(
        4,
        `${intent.run.run} step ${intent.step.step}: a write landed after the journal had said that it did not`,
      );
    intent.landed = true;
    for (const { set } of changed) this.#expected(intent.run, set, before, after);
    const landing: Landing = { at: this.#input.now(), zone, change, before, after, intent };
    this.landings.push(landing);
    for (const service of new Set(changed.map((one) => one.service))) this.#capacity(service, landing);
  }

  /** Rule 1. What a foreigner emptied is not judged: a write of steer's never lands on it. */
  #neverEmpty({ ref }: SteeringSetConfig, after: MemoryZone): void {
    const serving = recordsOf(after, { ref }).filter(({ weight }) => weight > 0);
    if (serving.length === 0) this.#input.broken(1, `${ref.set} has no serving member left`);
  }

  #intentOf(sets: readonly SteeringSetConfig[], after: MemoryZone, epoch: number): Intent | null {
    const found = this.#input.ledger.intents.findLast(
      (intent) =>
        !intent.landed &&
        intent.epoch === epoch &&
        sets.every((set) => {
          const weights = intent.step.weights[set.ref.set];
          return (
            intent.sets.includes(set.ref.set) &&
            recordsOf(after, set).every(({ member, weight }) => weight === (weights?.[member] ?? 0))
          );
        }),
    );
    return found ?? null;
  }

  /** Rule 2: the write found what this run knew of, its base or what the run itself had written. */
  #expected(run: KnownRun, set: SteeringSetConfig, before: MemoryZone, after: MemoryZone): void {
    const key = `${run.run} ${set.ref.set}`;
    const base = run.envelope.sets.find(({ ref }) => ref.set === set.ref.set)?.base;
    const own = this.#own.get(key) ?? new Set(base === undefined ? [] : [textOfState(base)]);
    this.#own.set(key, own);
    if (!own.has(textOf(recordsOf(before, set))))
      this.#input.broken(2, `${run.run} overwrote a foreign edit of ${set.ref.set}`);
    own.add(textOf(recordsOf(after, set)));
  }

  #capacity(service: ServiceConfig, landing: Landing): void {
    const { vendor, broken, now } = this.#input;
    const { run, step } = landing.intent;
    const dead = this.#input.dead();
    const past = (id: string): MemoryZone => (id === landing.zone ? landing.before : vendor.zone(id));
    const present = (id: string): MemoryZone => vendor.zone(id);
    const before = servedIn(service, past, dead);
    const after = servedIn(service, present, dead);
    this.#canary(service, landing, past, present);
    const known = this.#removals.find((one) => one.step === step && one.service === service.service);
    const removal: Removal = known ?? { step, service: service.service, before, at: now(), after };
    if (known === undefined) this.#removals.push(removal);
    // What is in service beside a dead region does not compare with what was before it died.
    Object.assign(removal, { at: now(), after }, dead.size > 0 ? { before: after } : {});
    const isEdited = now() - (this.#editedAt.get(service.service) ?? Number.NEGATIVE_INFINITY) < HOUR;
    if (after >= before - NOISE || isEdited || dead.size > 0) return;
    const { limits, request } = run.envelope;
    if (after < limits.minimumHealthyCapacity / 10_000 - NOISE)
      broken(9, `${run.run}: ${service.service} fell to ${after}, its floor is ${limits.minimumHealthyCapacity}`);
    const recent = this.#removals.filter((one) => one.service === service.service && now() - one.at < HOUR);
    const countsPeak = request.mode === 'emergency' || run.rollback === 'turned';
    const removed = countsPeak
      ? Math.max(before, ...recent.map((one) => Math.max(one.before, one.after))) - after
      : recent.reduce((sum, one) => sum + Math.max(0, one.before - one.after), 0);
    if (removed > limits.capacityRemovedPerHour / 10_000 + NOISE)
      broken(
        9,
        `${run.run} step ${step.step} (${request.mode}): ${removed} of ${service.service} left within an hour, ${limits.capacityRemovedPerHour} may`,
      );
  }

  /** Rule 6: a drained region gets the canary, no more. */
  #canary(
    service: ServiceConfig,
    { intent }: Landing,
    past: (id: string) => MemoryZone,
    present: (id: string) => MemoryZone,
  ): void {
    const { run, step } = intent;
    if (step.direction === 'out' && run.envelope.request.verb !== 'restore') return;
    const before = sharesIn(service, past);
    for (const [region, share] of sharesIn(service, present)) {
      const limit = run.envelope.limits.restoreCanaryShare / 10_000;
      if ((before.get(region) ?? 0) > 0 || share <= limit + NOISE) continue;
      this.#input.broken(
        6,
        `${run.run} step ${step.step}: drained ${region} got ${share} at once, the canary is ${limit}`,
      );
    }
  }
}
