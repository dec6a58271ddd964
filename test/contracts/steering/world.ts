import { ProviderError } from '../../../providers/errors.ts';
import type { FakeFault, FakeFaults } from '../../../providers/fake-kit/faults.ts';
import type { SetChange, Steering, SteeringWrite, ZoneReading } from '../../../providers/steering.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import { afterWrite } from '../../../src/domain/set-state.ts';
import type {
  DrainMethod,
  Fence,
  SetRef,
  SetState,
  SteeringCapabilities,
  Weights,
} from '../../../src/domain/steering.ts';

/** `before` the effect nothing happens; `after` it the work is done and only the answer is lost. */
export type WorldFault =
  | 'throttled'
  | 'busy'
  | 'unavailable-before'
  | 'unavailable-after'
  | 'reset-before'
  | 'reset-after'
  | 'hang-before'
  | 'hang-after'
  /** The vendor takes the credentials no more, and new ones neither. */
  | 'unauthorised'
  /** Done, but the answer is not one of the vendor's. */
  | 'garbage';

/** What somebody else may change of a member's record. A vendor where one of them belongs to the whole set changes it there. */
export type EditableField = 'weight' | 'ttl' | 'value' | 'healthCheck';

type Awaitable<T> = T | Promise<T>;

/** What the suite needs of a vendor besides its `Steering`: a hand from outside, faults, time, and eyes. */
export interface SteeringWorld {
  readonly steering: Steering;
  readonly zones: { readonly home: string; readonly other: string };
  readonly propagationMs: number;
  advance(ms: number): Promise<void>;
  /** A person at the vendor's own console. */
  readonly foreigner: {
    edit(ref: SetRef, member: string, field: EditableField): Promise<void>;
    remove(ref: SetRef, member: string): Promise<void>;
    add(ref: SetRef, member: string, weight: number): Promise<void>;
    /** Only asked where the vendor has a marker. */
    fence(zone: string, fence: Fence): Promise<void>;
  };
  /** The next read or write fails so, once (`unauthorised`: from now on). */
  fail(on: 'read' | 'write', fault: WorldFault): void;
  /** From now on (or no longer) the vendor answers every read with what the same request got the last time. Left out where that cannot be staged. */
  readonly stale?: (isStale: boolean) => void;
  /** Resolves once a request is left hanging. */
  hung(): Promise<void>;
  /** How many writes had an effect since the world was made. */
  landedWrites(): Awaitable<number>;
  /** Whether the vendor's servers ever answer with this member now. Only asked where the traits say that they answer. */
  isAnswered(ref: SetRef, member: string): Awaitable<boolean>;
  /** The vendor's own records of a set without their weights, sorted: everything that steer must give back. */
  unmanaged(ref: SetRef): Awaitable<Json>;
  /** Requests of any kind that reached the vendor since the world was made, and the time that has passed, to hold the pace against. */
  paced(): { readonly requests: number; readonly elapsedMs: number };
}

/**
 * Every world begins so: in zone `home` the names `www` (east and west `even`, spare drained) and `api` (the same), each with
 * whatever fields the vendor has beside a weight; in zone `other` the name `far` (east and west, by `far`). No marker anywhere.
 * Where a drained member has no record at all (`remove` is the only way), spare is one that the vendor has no record of.
 */
export type ArrangeSteering = () => Promise<SteeringWorld>;

/**
 * What stands behind a suite: the vendor's own server, somebody else's emulator of it, a fake checked with its published
 * description, or only a fake.
 */
export type Ground = 'real' | 'emulator' | 'described' | 'fake' | 'reference';

/** What the suite must know of a vendor before there is a world: which cases there are, and with which numbers. */
export interface SteeringTraits {
  /** As in the registry. */
  readonly vendor: string;
  /** Which kind of account or server, where there are several. */
  readonly variant?: string;
  readonly ground: Ground;
  readonly capabilities: SteeringCapabilities;
  /** Fields that a foreigner can edit, besides none. */
  readonly fields: readonly EditableField[];
  /** In steer's units. `low` and `high` are unlike each other and unlike `even`, all within the range. */
  readonly weights: {
    readonly even: number;
    readonly low: number;
    readonly high: number;
    readonly far: { readonly east: number; readonly west: number };
  };
  /** Whether a zone carries the marker `_steer`. */
  readonly marker: boolean;
  readonly faults: readonly WorldFault[];
  /** Whether there are name servers to ask; where left out there are. An emulator may be a control plane alone. */
  readonly answers?: boolean;
  /** Whether its world can make reads stale; false where left out. */
  readonly staleReads?: boolean;
  /** Requests that the vendor allows; null where there is no published limit and no bucket. */
  readonly pace: { readonly perSecond: number; readonly burst: number } | null;
}

/** The faults of the suite as a fake over HTTP calls them. */
export const HTTP_FAULTS: Readonly<Record<WorldFault, FakeFault>> = {
  throttled: 'throttled',
  busy: 'busy',
  'unavailable-before': 'unavailable-before',
  'unavailable-after': 'unavailable-after',
  'reset-before': 'reset-before',
  'reset-after': 'reset-after',
  'hang-before': 'hang-before',
  'hang-after': 'hang-after',
  unauthorised: 'expired',
  garbage: 'garbage',
};

/** Stale reads of a fake over HTTP: whatever is asked by GET. */
export const staleReads = (faults: Pick<FakeFaults, 'add' | 'clear'>, isStale: boolean): void => {
  if (isStale) faults.add({ fault: 'stale', on: ({ method }) => method === 'GET', times: Number.POSITIVE_INFINITY });
  else faults.clear();
};

export const ALL_FAULTS: readonly WorldFault[] = [
  'throttled',
  'busy',
  'unavailable-before',
  'unavailable-after',
  'reset-before',
  'reset-after',
  'hang-before',
  'hang-after',
  'unauthorised',
  'garbage',
];

/** Whether a case about answers can be tried. */
export const hasAnswers = ({ answers = true }: SteeringTraits): boolean => answers;

/** Ways to drain by a write; a lever is not one. */
export const drainsOf = ({ capabilities }: SteeringTraits): readonly DrainMethod[] =>
  capabilities.drain.filter((drain) => drain !== 'lever');

/** The way of draining that a test takes where it does not matter which. */
export const usualDrain = (traits: SteeringTraits): DrainMethod => drainsOf(traits)[0] ?? 'zero';

/** Whether a drained member still has a record: then `spare` is one. */
export const keepsDrained = (traits: SteeringTraits): boolean => drainsOf(traits).some((drain) => drain !== 'remove');

/** A member that no test writes but every test expects. */
export const bystander = (traits: SteeringTraits): 'spare' | 'west' => (keepsDrained(traits) ? 'spare' : 'west');

/** `www` and `api` as every world begins, with some members changed; null is drained. */
export const beginning = (
  traits: SteeringTraits,
  changed: Readonly<Record<string, number | null>> = {},
): Record<string, number | null> => {
  const { even } = traits.weights;
  return { east: even, west: even, ...(keepsDrained(traits) ? { spare: null } : {}), ...changed };
};

export const refOf = (name: string, zone: string, type = 'A'): SetRef => ({
  set: setId(`${name}-${type.toLowerCase()}`),
  provider: providerId('dns-1'),
  zone,
  name: `${name}.${name === 'far' ? 'example.net' : 'example.com'}.`,
  type,
});

export const FENCE_1: Fence = { store: 'store_1', epoch: 1 };
export const FENCE_2: Fence = { store: 'store_1', epoch: 2 };

export const never = (): AbortSignal => new AbortController().signal;

export const readOne = async (world: SteeringWorld, ref: SetRef): Promise<SetState> => {
  const [reading] = await world.steering.read([ref], never());
  const [state] = reading?.sets ?? [];
  if (state === undefined) throw new Error(`nothing was read of ${ref.name}`);
  return state;
};

export const readZone = async (world: SteeringWorld, refs: readonly SetRef[]): Promise<ZoneReading> => {
  const [reading] = await world.steering.read(refs, never());
  if (reading === undefined) throw new Error('no zone was read');
  return reading;
};

export const weightsOf = (state: SetState): Record<string, number | null> =>
  Object.fromEntries(state.members.filter(({ present }) => present).map(({ member, weight }) => [member, weight]));

/** A change of a set as it was read: weights that are not named stay. */
export const changeOf = (ref: SetRef, expects: SetState, weights: Weights, drain: SetChange['drain'] = 'zero') => ({
  ref,
  drain,
  expects,
  weights: { ...Object.fromEntries(expects.members.map(({ member, weight }) => [member, weight])), ...weights },
});

/** What the set shall hold once the change has landed. */
export const intendedState = ({ expects, weights, drain }: SetChange): SetState => afterWrite(expects, weights, drain);

export const writeOf = (
  zone: string,
  changes: readonly SetChange[],
  fence: SteeringWrite['fence'] = { expects: null, leaves: FENCE_1 },
): SteeringWrite => ({ zone, changes, fence, comment: 'run_1 step 1' });

/** The kind of failure, or `ok`: a test then says in one line what happened. */
export const kindOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return 'ok';
  } catch (failure) {
    return failure instanceof ProviderError ? failure.kind : `not a provider's error: ${String(failure)}`;
  }
};
