import type { Operation } from './envelope.ts';
import type { Outage } from './visibility.ts';

/** What can be broken on demand. An operation that is left out means every operation. */
export type CloudWatchFault =
  | { readonly kind: 'down'; readonly operation?: Operation }
  | { readonly kind: 'throttle'; readonly operation?: Operation }
  | { readonly kind: 'hang'; readonly operation?: Operation }
  | { readonly kind: 'reset'; readonly operation?: Operation }
  /** Data points of metrics with these dimensions are lost while it lasts. */
  | { readonly kind: 'silent'; readonly dimensions: Readonly<Record<string, string>> }
  /** Data points of metrics with these dimensions arrive only when it ends. */
  | { readonly kind: 'stale'; readonly dimensions: Readonly<Record<string, string>> };

type ServingFault = Extract<CloudWatchFault, { operation?: Operation }>;

export type Faults = {
  /** Breaks something from this instant on; the function that it gives heals it again. */
  readonly start: (fault: CloudWatchFault, nowMs: number) => (healedMs: number) => void;
  /** How a request is to be mistreated; the fault started last decides. */
  readonly serving: (operation: Operation | 'unknown') => ServingFault['kind'] | undefined;
  readonly outages: () => readonly Outage[];
};

export const createFaults = (): Faults => {
  const serving: ServingFault[] = [];
  let outages: readonly Outage[] = [];

  const startServing = (fault: ServingFault) => {
    serving.push(fault);
    return () => {
      const index = serving.indexOf(fault);
      if (index >= 0) serving.splice(index, 1);
    };
  };

  const startOutage = (outage: Outage) => {
    outages = [...outages, outage];
    let current = outage;
    return (healedMs: number) => {
      const ended = { ...current, untilMs: current.untilMs ?? healedMs };
      outages = outages.map((one) => (one === current ? ended : one));
      current = ended;
    };
  };

  return {
    start: (fault, nowMs) => {
      if (fault.kind === 'silent') return startOutage({ kind: 'lost', dimensions: fault.dimensions, fromMs: nowMs });
      if (fault.kind === 'stale') return startOutage({ kind: 'late', dimensions: fault.dimensions, fromMs: nowMs });
      return startServing({ ...fault });
    },
    serving: (operation) =>
      serving.findLast((fault) => fault.operation === undefined || fault.operation === operation)?.kind,
    outages: () => outages,
  };
};
