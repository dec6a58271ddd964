import { type MemoryPromises, memoryCapabilities, memorySteering } from '../../../providers/memory/steering.ts';
import { keyOf, type MemoryFault, type MemoryRecord, MemoryVendor } from '../../../providers/memory/vendor.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import type { SetRef } from '../../../src/domain/steering.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ALL_FAULTS, refOf, type SteeringTraits, type SteeringWorld, type WorldFault } from './world.ts';

const PROPAGATION_MS = 30_000;

const recordOf = (ref: SetRef, member: string, weight: number, healthCheck: string | null = null): MemoryRecord => ({
  name: ref.name,
  type: ref.type,
  member,
  weight,
  ttlSeconds: 60,
  healthCheck,
  value: `192.0.2.${member.length}`,
  extra: { note: `made for ${member}`, tags: ['a', 'b'] },
});

const FAULTS: Readonly<Record<WorldFault, Omit<MemoryFault, 'on'>>> = {
  throttled: { when: 'before', kind: 'throttled' },
  busy: { when: 'before', kind: 'busy' },
  'unavailable-before': { when: 'before', kind: 'unavailable' },
  'unavailable-after': { when: 'after', kind: 'unavailable' },
  'reset-before': { when: 'before', kind: 'unavailable' },
  'reset-after': { when: 'after', kind: 'unavailable' },
  'hang-before': { when: 'before', kind: 'hang' },
  'hang-after': { when: 'after', kind: 'hang' },
  unauthorised: { when: 'before', kind: 'unauthorised' },
  garbage: { when: 'after', kind: 'unreadable' },
};

const EDITS = {
  weight: { weight: 99 },
  ttl: { ttlSeconds: 300 },
  value: { value: '203.0.113.9' },
  healthCheck: { healthCheck: 'check-other' },
} as const;

export const memoryTraits = (promises: MemoryPromises, variant?: string): SteeringTraits => ({
  vendor: 'memory',
  ...(variant === undefined ? {} : { variant }),
  ground: 'reference',
  capabilities: memoryCapabilities(promises, PROPAGATION_MS),
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: true,
  faults: ALL_FAULTS,
  pace: null,
});

/** A world in memory with whichever promises the test wants kept. */
export const arrangeMemory = async (promises?: MemoryPromises): Promise<SteeringWorld> => {
  const clock = new ManualClock();
  // What the world begins with has long arrived everywhere.
  let isBuilt = false;
  let hanging: MemoryFault | undefined;
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const vendor = new MemoryVendor({
    now: () => (isBuilt ? clock.now() : clock.now() - PROPAGATION_MS),
    zones: ['home', 'other'],
    propagationMs: PROPAGATION_MS,
    reached: async (point) => {
      if (hanging !== undefined && point === `${hanging.on}:${hanging.when}`) hung();
    },
  });
  const [www, api, far] = [refOf('www', 'home'), refOf('api', 'home'), refOf('far', 'other')];
  const put = (ref: SetRef, record: MemoryRecord): void => vendor.edit(ref.zone, record, record);
  for (const ref of [www, api]) {
    put(ref, recordOf(ref, 'east', 100, 'check-east'));
    put(ref, recordOf(ref, 'west', 100, 'check-west'));
    put(ref, recordOf(ref, 'spare', 0));
  }
  put(far, recordOf(far, 'east', 10));
  put(far, recordOf(far, 'west', 20));
  isBuilt = true;

  const held = (ref: SetRef, member: string): MemoryRecord => {
    const record = vendor.zone(ref.zone).records.get(keyOf({ name: ref.name, type: ref.type, member }));
    if (record === undefined) throw new Error(`${ref.name} has no member ${member}`);
    return record;
  };

  return {
    steering: memorySteering(vendor, promises),
    zones: { home: 'home', other: 'other' },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, member, field) => put(ref, { ...held(ref, member), ...EDITS[field] }),
      remove: async (ref, member) => vendor.edit(ref.zone, held(ref, member), null),
      add: async (ref, member, weight) => put(ref, recordOf(ref, member, weight)),
      fence: async (zone, fence) => vendor.editFence(zone, fence),
    },
    fail: (on, fault) => {
      const its = FAULTS[fault];
      // Where nobody has said no, a write may have landed.
      const isUnsure = its.kind === 'unavailable' || its.kind === 'unreadable';
      const kind = on === 'write' && isUnsure ? 'unknown-outcome' : its.kind;
      const made: MemoryFault = { ...its, on, kind };
      if (kind === 'hang') hanging = made;
      vendor.failNext(made);
    },
    hung: () => isHung,
    landedWrites: () => vendor.landedWrites,
    paced: () => ({ requests: 0, elapsedMs: clock.now() }),
    isAnswered: (ref, member) => (vendor.answers(ref)[member] ?? 0) > 0,
    unmanaged: (ref) =>
      [...vendor.zone(ref.zone).records.values()]
        .filter(({ name, type }) => name === ref.name && type === ref.type)
        .map(({ weight: _, ...rest }): Json => ({ ...rest }))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  };
};
