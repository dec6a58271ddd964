import type { GateSpec } from '../domain/gates.ts';
import type { SignalId } from '../domain/ids.ts';

/** Signals whose gates want a minimum of samples: only for these are counts asked of the backend, since each costs a query. */
export const signalsWithMinimum = (specs: readonly GateSpec[]): ReadonlySet<SignalId> =>
  new Set(specs.filter(({ rule }) => rule.kind !== 'state' && rule.minimumSamples > 0).map(({ signal }) => signal));
