import { canonicalText, type Json } from '../../src/domain/canonical.ts';
import type { Fence, SetRef } from '../../src/domain/steering.ts';
import type { Instant } from '../../src/domain/units.ts';
import { ProviderError, type ProviderFailure } from '../errors.ts';

/** One record as the vendor holds it. `weight` 0 is drained, as at Route 53. `extra` is what steer does not model. */
export interface MemoryRecord {
  readonly name: string;
  readonly type: string;
  readonly member: string;
  readonly weight: number;
  readonly ttlSeconds: number;
  readonly healthCheck: string | null;
  readonly value: string;
  readonly extra: Json;
}

/** One zone at one instant; never changed in place, so that a snapshot costs nothing to keep. */
export interface MemoryZone {
  readonly records: ReadonlyMap<string, MemoryRecord>;
  readonly fence: Fence | null;
}

export type MemoryOperation = 'read' | 'write' | 'propagation';

/** What goes wrong next. `before` the effect nothing happens; `after` it the work is done and only the answer is lost. */
export interface MemoryFault {
  readonly on: MemoryOperation;
  readonly when: 'before' | 'after';
  readonly kind: ProviderFailure | 'hang';
}

/** Where a scheduler of the model may let another task run. */
export type MemoryPoint = `${MemoryOperation}:before` | `${MemoryOperation}:after` | 'write:between';

export interface MemoryVendorOptions {
  readonly now: () => Instant;
  /** Zone ids that exist. */
  readonly zones: readonly string[];
  readonly propagationMs: number;
  /** Awaited at every point where time passes at a real vendor. */
  readonly reached: (point: MemoryPoint) => Promise<void>;
}

interface Version {
  readonly at: Instant;
  readonly zone: MemoryZone;
}

export const keyOf = (record: Pick<MemoryRecord, 'name' | 'type' | 'member'>): string =>
  `${record.name} ${record.type} ${record.member}`;

export const isSameRecord = (a: MemoryRecord | undefined, b: MemoryRecord | undefined): boolean =>
  a === undefined || b === undefined ? a === b : canonicalText(a) === canonicalText(b);

const answersFrom = (records: readonly MemoryRecord[]): Readonly<Record<string, number>> => {
  const total = records.reduce((sum, { weight }) => sum + weight, 0);
  return Object.fromEntries(
    records.map(({ member, weight }) => [member, total === 0 ? 1 / records.length : weight / total]),
  );
};

/**
 * The vendor's side: zones, their history, and what a foreigner or a fault does to them. Several `Steering`s may share one,
 * as several processes share one account.
 */
export class MemoryVendor {
  readonly options: MemoryVendorOptions;
  readonly #zones: Map<string, readonly Version[]>;
  readonly #changes = new Map<string, Instant>();
  readonly #answers = new WeakMap<MemoryZone, ReadonlyMap<string, Readonly<Record<string, number>>>>();
  readonly #faults: MemoryFault[] = [];
  #writes = 0;

  constructor(options: MemoryVendorOptions) {
    this.options = options;
    const empty: MemoryZone = { records: new Map(), fence: null };
    this.#zones = new Map(options.zones.map((zone) => [zone, [{ at: -Infinity, zone: empty }]]));
  }

  /** Throws `not-found` for an unknown zone. */
  zone(id: string): MemoryZone {
    const newest = this.#zones.get(id)?.at(-1);
    if (newest === undefined)
      throw new ProviderError('not-found', `there is no zone "${id}"; check \`zone\` of the set`);
    return newest.zone;
  }

  /** How many writes have had an effect. */
  get landedWrites(): number {
    return this.#writes;
  }

  land(id: string, zone: MemoryZone): string {
    this.#push(id, zone);
    this.#writes += 1;
    const change = `change-${this.#writes}`;
    this.#changes.set(change, this.options.now());
    return change;
  }

  /** When the change was accepted; undefined for an id that the vendor does not know. */
  acceptedAt(change: string): Instant | undefined {
    return this.#changes.get(change);
  }

  /** The vendor forgets an accepted change, as a control plane that was moved away may. */
  strand(change: string): void {
    this.#changes.delete(change);
  }

  /** A foreigner's edit: no condition, no marker, no change id. Null takes the record away. */
  edit(zone: string, key: Pick<MemoryRecord, 'name' | 'type' | 'member'>, record: MemoryRecord | null): void {
    const records = new Map(this.zone(zone).records);
    if (record === null) records.delete(keyOf(key));
    else records.set(keyOf(key), record);
    this.#push(zone, { ...this.zone(zone), records });
  }

  /** A foreigner's hand on the marker. */
  editFence(zone: string, fence: Fence | null): void {
    this.#push(zone, { ...this.zone(zone), fence });
  }

  failNext(...faults: readonly MemoryFault[]): void {
    this.#faults.push(...faults);
  }

  /** Takes the next fault for this operation and moment, if there is one. */
  faultFor(on: MemoryOperation, when: MemoryFault['when']): MemoryFault | undefined {
    const index = this.#faults.findIndex((fault) => fault.on === on && fault.when === when);
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }

  /**
   * Part of the answers that each member gets once everything older than the propagation time has arrived, by Route 53's
   * rules: shares follow weights, and all-zero means all equally.
   */
  answers(ref: Pick<SetRef, 'zone' | 'name' | 'type'>): Readonly<Record<string, number>> {
    const settled = this.options.now() - this.options.propagationMs;
    const versions = this.#zones.get(ref.zone) ?? [];
    const serving = versions.findLast(({ at }) => at <= settled) ?? versions[0];
    return serving === undefined ? {} : (this.#answersOf(serving.zone).get(`${ref.name} ${ref.type}`) ?? {});
  }

  /** A version of a zone never changes, and everybody who resolves asks it: its answers are reckoned once. */
  #answersOf(zone: MemoryZone): ReadonlyMap<string, Readonly<Record<string, number>>> {
    const known = this.#answers.get(zone);
    if (known !== undefined) return known;
    const bySet = Map.groupBy(zone.records.values(), ({ name, type }) => `${name} ${type}`);
    const answers = new Map(bySet.entries().map(([set, records]) => [set, answersFrom(records)]));
    this.#answers.set(zone, answers);
    return answers;
  }

  #push(id: string, zone: MemoryZone): void {
    this.#zones.set(id, [...(this.#zones.get(id) ?? []), { at: this.options.now(), zone }]);
  }
}
