/** How one call is spoiled. */
export type CallFault =
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds: number }
  | { readonly kind: 'fail'; readonly error: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'http'; readonly status: number };

interface Waiting {
  readonly method: string;
  readonly fault: CallFault;
  left: number;
}

/** Faults of Web API calls, each for so many calls of one method, or of any (`*`). */
export interface CallFaults {
  add(method: string, times: number, fault: CallFault): void;
  /** The faults of the next call, in the order in which they were added; each is used up by one. */
  next(method: string): readonly CallFault[];
  clear(): void;
}

export const createCallFaults = (): CallFaults => {
  let waiting: Waiting[] = [];
  return {
    add: (method, times, fault) => {
      waiting.push({ method, fault, left: times });
    },
    next: (method) => {
      const hit = waiting.filter((one) => one.left > 0 && (one.method === method || one.method === '*'));
      // One answer each: of several refusals the first counts and the others wait; a delay goes before any of them.
      const slow = hit.filter(({ fault }) => fault.kind === 'slow').slice(0, 1);
      const refusal = hit.filter(({ fault }) => fault.kind !== 'slow').slice(0, 1);
      const chosen = [...slow, ...refusal];
      for (const one of chosen) one.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return chosen.map(({ fault }) => fault);
    },
    clear: () => {
      waiting = [];
    },
  };
};
