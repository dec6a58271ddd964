/** One question to monitoring as it went out. A count of these is a bill, and a quota. */
export interface HealthCall {
  readonly backend: 'cloudwatch' | 'route53' | 'http' | 'dns';
  /** The vendor's own name of the operation, or `GET` and `QUERY`. */
  readonly action: string;
  readonly outcome: 'ok' | 'failed';
}

/** Told of every call. Must not throw: counting never decides anything. */
export type HealthCallObserver = (call: HealthCall) => void;

/**
 * How calls to one backend are repeated, limited and ended. Built in one place and passed in, because its waits use the
 * real clock; the first rooms of a test pass one that only calls `attempt`.
 */
export interface ReadPolicy {
  read<T>(attempt: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

/** Runs one call under the policy and reports each attempt. Rejects with whatever the last attempt rejected with. */
export const counted = <T>(
  policy: ReadPolicy,
  call: Omit<HealthCall, 'outcome'>,
  observe: HealthCallObserver,
  attempt: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> =>
  policy.read(async (inner) => {
    try {
      const answer = await attempt(inner);
      observe({ ...call, outcome: 'ok' });
      return answer;
    } catch (error) {
      observe({ ...call, outcome: 'failed' });
      throw error;
    }
  }, signal);
