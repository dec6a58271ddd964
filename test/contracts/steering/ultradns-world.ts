import type { FakeFault } from '../../../providers/fake-kit/faults.ts';
import type { Steering } from '../../../providers/steering.ts';
import { STEERING } from '../../../providers/ultradns/capabilities.ts';
import type { HeldSet } from '../../../providers/ultradns/fake/validate.ts';
import type { UltraFakeOptions } from '../../../providers/ultradns/fake.ts';
import { REQUEST_LIMITS } from '../../../providers/ultradns/limits.ts';
import type { SetRef, SetState } from '../../../src/domain/steering.ts';
import { HOME, OTHER, openUltra, tcPool } from '../../providers/ultradns/arrange.ts';
import {
  ALL_FAULTS,
  type EditableField,
  refOf,
  type SteeringTraits,
  type SteeringWorld,
  staleReads,
  type WorldFault,
} from './world.ts';

const PROPAGATION_MS = 30_000;

/** A pool record has no other name than its address; the suite calls it by its region. */
const ADDRESSES: Readonly<Record<string, string>> = {
  east: '192.0.2.10',
  west: '192.0.2.11',
  spare: '192.0.2.12',
  stranger: '192.0.2.13',
};
const NAMES = Object.fromEntries(Object.entries(ADDRESSES).map(([name, address]) => [address, name]));

const addressOf = (member: string): string => ADDRESSES[member] ?? member;
const nameOf = (member: string): string => NAMES[member] ?? member;

const renamed = (state: SetState, name: (member: string) => string): SetState => ({
  ...state,
  members: state.members
    .map((member) => ({ ...member, member: name(member.member) }))
    .toSorted((a, b) => (a.member < b.member ? -1 : 1)),
});

/** The same steering with members called by region. */
const byRegion = (steering: Steering): Steering => ({
  capabilities: steering.capabilities,
  async read(refs, signal) {
    const readings = await steering.read(refs, signal);
    return readings.map((reading) => ({ ...reading, sets: reading.sets.map((set) => renamed(set, nameOf)) }));
  },
  async replace(write, signal) {
    const changes = write.changes.map((change) => ({
      ...change,
      expects: renamed(change.expects, addressOf),
      weights: Object.fromEntries(
        Object.entries(change.weights).map(([member, weight]) => [addressOf(member), weight]),
      ),
    }));
    const landed = await steering.replace({ ...write, changes }, signal);
    return { ...landed, sets: landed.sets.map((set) => renamed(set, nameOf)) };
  },
  propagation: (changes, signal) => steering.propagation(changes, signal),
});

export const ultradnsTraits = (variant?: string): SteeringTraits => ({
  vendor: 'ultradns',
  ...(variant === undefined ? {} : { variant }),
  ground: 'described',
  capabilities: STEERING,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 20, low: 5, high: 35, far: { east: 10, west: 20 } },
  marker: false,
  faults: ALL_FAULTS,
  staleReads: true,
  pace: REQUEST_LIMITS.account,
});

const FAULTS: Readonly<Record<Exclude<WorldFault, 'unauthorised'>, FakeFault>> = {
  throttled: 'throttled',
  busy: 'busy',
  'unavailable-before': 'unavailable-before',
  'unavailable-after': 'unavailable-after',
  'reset-before': 'reset-before',
  'reset-after': 'reset-after',
  'hang-before': 'hang-before',
  'hang-after': 'hang-after',
  garbage: 'garbage',
};

interface Info {
  readonly [key: string]: unknown;
}

/** A pool as it is held, in two lists of one length. */
interface Lists {
  readonly ttl: number;
  readonly rdata: readonly string[];
  readonly infos: readonly Info[];
}

const listsOf = (set: HeldSet | undefined): Lists => {
  const infos = set?.profile?.['rdataInfo'];
  return { ttl: set?.ttl ?? 60, rdata: set?.rdata ?? [], infos: Array.isArray(infos) ? infos : [] };
};

const edited = ({ ttl, rdata, infos }: Lists, at: number, field: EditableField): Lists => {
  const info = infos[at] ?? {};
  const withInfo = (other: Info): Lists => ({ ttl, rdata, infos: infos.with(at, other) });
  if (field === 'ttl') return { ttl: 300, rdata, infos };
  if (field === 'value') return { ttl, rdata: rdata.with(at, '203.0.113.9'), infos };
  if (field === 'healthCheck') return withInfo({ ...info, runProbes: info['runProbes'] !== true });
  return withInfo({ ...info, state: 'NORMAL', weight: 98 });
};

/** The real provider over the wire fake, in this process and on a clock that the test moves. */
export const arrangeUltradns = async (options: Partial<UltraFakeOptions> = {}): Promise<SteeringWorld> => {
  const { fake, clock, steering } = await openUltra({ propagationMs: PROPAGATION_MS, ...options });
  const words = options.words ?? { on: 'ACTIVE', off: 'INACTIVE' };
  const member = (name: string, weight: number | null) => ({
    rdata: addressOf(name),
    weight,
    state: weight === null ? words.off : 'NORMAL',
  });
  for (const ref of [refOf('www', HOME), refOf('api', HOME)]) {
    fake.put(HOME, ref.name, 'A', tcPool([member('west', 40), member('east', 40), member('spare', null)]));
  }
  fake.put(OTHER, refOf('far', OTHER).name, 'A', tcPool([member('east', 20), member('west', 40)]));
  await clock.advance(PROPAGATION_MS);

  const heldAt = (ref: SetRef): HeldSet | undefined => fake.zones.set(ref.zone, ref.name, ref.type);
  const put = (ref: SetRef, { ttl, rdata, infos }: Lists): void => {
    const profile = heldAt(ref)?.profile ?? {};
    fake.put(ref.zone, ref.name, ref.type, {
      ttl,
      rdata,
      profile: { ...profile, maxToLB: rdata.length, rdataInfo: infos },
    });
  };

  return {
    steering: byRegion(steering),
    zones: { home: HOME, other: OTHER },
    propagationMs: PROPAGATION_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: {
      edit: async (ref, name, field) => {
        const lists = listsOf(heldAt(ref));
        put(ref, edited(lists, lists.rdata.indexOf(addressOf(name)), field));
      },
      remove: async (ref, name) => {
        const { ttl, rdata, infos } = listsOf(heldAt(ref));
        const at = rdata.indexOf(addressOf(name));
        put(ref, { ttl, rdata: rdata.toSpliced(at, 1), infos: infos.toSpliced(at, 1) });
      },
      add: async (ref, name, weight) => {
        const { ttl, rdata, infos } = listsOf(heldAt(ref));
        const info = { ...infos[0], state: 'NORMAL', weight: weight * 2 };
        put(ref, { ttl, rdata: [...rdata, addressOf(name)], infos: [...infos, info] });
      },
      fence: async () => {
        throw new Error('this vendor has no place for a marker');
      },
    },
    stale: (isStale) => staleReads(fake.faults, isStale),
    fail: (on, fault) => {
      if (fault === 'unauthorised') return fake.logins.shut();
      const method = on === 'write' ? 'PUT' : 'GET';
      return fake.faults.add({ fault: FAULTS[fault], on: (request) => request.method === method });
    },
    hung: () => fake.faults.hung(),
    landedWrites: () => fake.landedWrites(),
    isAnswered: (ref, name) => (fake.answers(ref.zone, ref.name, ref.type).get(addressOf(name)) ?? 0) > 0,
    unmanaged: (ref) => {
      const { ttl, rdata, infos } = listsOf(heldAt(ref));
      const { rdataInfo: _, ...profile } = heldAt(ref)?.profile ?? {};
      const records = rdata.map((value, index) => ({ ...infos[index], rdata: value, state: '', weight: 0 }));
      return JSON.parse(JSON.stringify({ ttl, profile, records }));
    },
    paced: () => ({ requests: fake.requests().length, elapsedMs: clock.now() }),
  };
};
