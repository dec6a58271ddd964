import { isSameRecordSet, recordKeyText } from '../../src/domain/record-order.ts';
import type { RecordChange, RecordKey, RecordSet, Zone } from '../../src/domain/record-sets.ts';
import type { Instant } from '../../src/domain/units.ts';
import { ProviderError, type ProviderFailure } from '../errors.ts';

export type RecordOperation = 'read' | 'write' | 'propagation';

/** What goes wrong next. `before` the effect nothing happens; `after` it the work is done and only the answer is lost. */
export interface RecordFault {
  readonly on: RecordOperation;
  readonly when: 'before' | 'after';
  readonly kind: ProviderFailure | 'hang';
}

interface HeldZone {
  readonly zone: Zone;
  readonly sets: ReadonlyMap<string, RecordSet>;
}

/** The vendor's side of `Records` in memory: zones, their sets, who may call, and what a foreigner or a fault does. */
export class MemoryRecordVendor {
  readonly #now: () => Instant;
  readonly #zones = new Map<string, HeldZone>();
  readonly #changes = new Map<string, Instant>();
  readonly #faults: RecordFault[] = [];
  #key = 'key-1';
  #serial = 0;
  #writes = 0;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  /** How many writes of record sets have had an effect. */
  get landedWrites(): number {
    return this.#writes;
  }

  get zones(): readonly Zone[] {
    return [...this.#zones.values()].map(({ zone }) => zone);
  }

  /** Throws `unauthorised` for any key but the one that is good now. */
  authorise(key: string): void {
    if (key !== this.#key) throw new ProviderError('unauthorised', 'the vendor does not know this key');
  }

  /** From now on only this key is good. */
  changeKey(key: string): void {
    this.#key = key;
  }

  /** Throws `not-found` for an unknown zone. */
  held(id: string): HeldZone {
    const held = this.#zones.get(id);
    if (held === undefined) throw new ProviderError('not-found', `there is no zone "${id}"`);
    return held;
  }

  addZone(name: string, ttlSeconds: number, email: string): Zone {
    this.#serial += 1;
    const zone = { id: `zone-${this.#serial}`, name, ttlSeconds, email };
    this.#zones.set(zone.id, { zone, sets: new Map() });
    return zone;
  }

  updateZone(zone: Zone): void {
    this.#zones.set(zone.id, { ...this.held(zone.id), zone });
  }

  deleteZone(id: string): void {
    this.#zones.delete(id);
  }

  /** A foreigner's edit: no condition and no change id. Null takes the set away. */
  edit(zone: string, key: RecordKey, set: RecordSet | null): void {
    const held = this.held(zone);
    const sets = new Map(held.sets);
    if (set === null) sets.delete(recordKeyText(key));
    else sets.set(recordKeyText(set), set);
    this.#zones.set(zone, { ...held, sets });
  }

  /** All changes or none; with `compares` a set that is not as expected refuses them. The id of what landed. */
  write(zone: string, changes: readonly RecordChange[], compares: boolean): string {
    const { sets } = this.held(zone);
    const stale = changes.find(({ expects, leaves }) => {
      const key = expects ?? leaves;
      const live = key === null ? undefined : sets.get(recordKeyText(key));
      return expects === null || live === undefined
        ? expects !== null || live !== undefined
        : !isSameRecordSet(live, expects);
    });
    if (compares && stale !== undefined) throw new ProviderError('conflict', 'a set is not as expected; read it again');
    for (const { expects, leaves } of changes) {
      const key = leaves ?? expects;
      if (key !== null) this.edit(zone, key, leaves);
    }
    this.#writes += 1;
    const id = `change-${this.#writes}`;
    this.#changes.set(id, this.#now());
    return id;
  }

  /** When the change was accepted; undefined for an id that the vendor does not know. */
  acceptedAt(change: string): Instant | undefined {
    return this.#changes.get(change);
  }

  failNext(...faults: readonly RecordFault[]): void {
    this.#faults.push(...faults);
  }

  /** Takes the next fault for this operation and moment, if there is one. */
  faultFor(on: RecordOperation, when: RecordFault['when']): RecordFault | undefined {
    const index = this.#faults.findIndex((fault) => fault.on === on && fault.when === when);
    return index < 0 ? undefined : this.#faults.splice(index, 1)[0];
  }
}
