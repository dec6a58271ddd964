import { ProviderError } from '../../../providers/errors.ts';
import type { SetChange, Steering, SteeringWrite, ZoneReading } from '../../../providers/steering.ts';
import type { Json } from '../../../src/domain/canonical.ts';
import { providerId, setId } from '../../../src/domain/ids.ts';
import { afterWrite } from '../../../src/domain/set-state.ts';
import type { Fence, SetRef, SetState, Weights } from '../../../src/domain/steering.ts';

/** `before` the effect nothing happens; `after` it the work is done and only the answer is lost. */
export type WorldFault =
  | 'throttled'
  | 'busy'
  | 'unavailable-before'
  | 'unavailable-after'
  | 'reset-before'
  | 'reset-after'
  | 'hang-before'
  | 'hang-after';

/** What the suite needs of a vendor besides its `Steering`: a hand from outside, faults, time, and eyes. */
export interface SteeringWorld {
  readonly steering: Steering;
  readonly zones: { readonly home: string; readonly other: string };
  readonly propagationMs: number;
  advance(ms: number): Promise<void>;
  /** A person at the vendor's own console. */
  readonly foreigner: {
    edit(ref: SetRef, member: string, field: 'weight' | 'ttl' | 'value' | 'healthCheck'): void;
    remove(ref: SetRef, member: string): void;
    add(ref: SetRef, member: string, weight: number): void;
    fence(zone: string, fence: Fence): void;
  };
  /** The next read or write fails so, once. */
  fail(on: 'read' | 'write', fault: WorldFault): void;
  /** Resolves once a request is left hanging. */
  hung(): Promise<void>;
  /** How many writes had an effect since the world was made. */
  landedWrites(): number;
  /** Whether the vendor's servers ever answer with this member now. */
  isAnswered(ref: SetRef, member: string): boolean;
  /** The vendor's own records of a set without their weights, sorted: everything that steer must give back. */
  unmanaged(ref: SetRef): Json;
}

/**
 * Every world begins so: in zone `home` the names `www` (east 100, west 100, spare drained) and `api` (the same), each with
 * whatever fields the vendor has beside a weight; in zone `other` the name `far` (east 10, west 20). No marker anywhere.
 */
export type ArrangeSteering = () => Promise<SteeringWorld>;

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
