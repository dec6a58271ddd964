/**
 * What can go wrong on demand:
 * `throttle` and `prior-request` refuse; `unavailable` is a 503 before the effect and `unavailable-after` one after it;
 * `reset` breaks the connection before the effect and `lost-response` after it; `hang` never answers and has no effect,
 * `hang-after` has its effect and never answers; `slow` has its effect at once and answers after `delayMs`;
 * `strand` lets a change be accepted and forgets it after `delayMs`.
 */
export type FaultKind =
  | 'throttle'
  | 'prior-request'
  | 'unavailable'
  | 'unavailable-after'
  | 'reset'
  | 'lost-response'
  | 'hang'
  | 'hang-after'
  | 'slow'
  | 'strand';

export type Fault = {
  readonly kind: FaultKind;
  /** How many requests it hits; 1 where left out, Infinity for all. */
  readonly times?: number;
  /** Only this operation, e.g. `ChangeResourceRecordSets`. */
  readonly operation?: string;
  readonly zoneId?: string;
  /** For `slow` and `strand`. */
  readonly delayMs?: number;
};

export type ActiveFault = { readonly kind: FaultKind; readonly delayMs: number };

/** How the whole control plane is gone. */
export type Outage = 'unavailable' | 'hang' | 'reset';

export type Faults = {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The first fault that fits, counted down; undefined: all is well. */
  readonly take: (operation: string, zoneId: string | undefined) => ActiveFault | undefined;
};

export const createFaults = (canWait: boolean): Faults => {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      if (fault.kind === 'slow' && !canWait) throw new TypeError('a slow answer needs the option `sleep`');
      if (fault.kind === 'strand' && fault.operation !== undefined && fault.operation !== 'ChangeResourceRecordSets')
        throw new TypeError('only ChangeResourceRecordSets can be stranded');
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    clear: () => {
      waiting = [];
    },
    take: (operation, zoneId) => {
      const found = waiting.find(
        ({ fault }) =>
          (fault.operation ?? (fault.kind === 'strand' ? 'ChangeResourceRecordSets' : operation)) === operation &&
          (fault.zoneId ?? zoneId) === zoneId,
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return { kind: found.fault.kind, delayMs: found.fault.delayMs ?? 0 };
    },
  };
};
