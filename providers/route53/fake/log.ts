export type LogEntry = {
  /** Epoch milliseconds by the fake's clock. */
  readonly at: number;
  readonly operation: string;
  /** Undefined where the signer was not known. */
  readonly accountId: string | undefined;
  readonly zoneId: string | undefined;
  /** `ok`, a code such as `Throttling`, `hang` or `reset`: what the client got to see. */
  readonly outcome: string;
  /** Whether the operation ran and was not refused, whatever the client saw. */
  readonly tookEffect: boolean;
  readonly body: string;
};

export type RequestLog = {
  /** The newest last; old ones are dropped, the counts are not. */
  readonly entries: () => readonly LogEntry[];
  readonly counts: () => Readonly<Record<string, number>>;
  readonly clear: () => void;
  readonly add: (entry: LogEntry) => void;
};

/** Weeks of virtual time make millions of requests; a test looks at the last few. */
const KEPT = 2000;

export const createRequestLog = (): RequestLog => {
  let entries: LogEntry[] = [];
  let counts: Record<string, number> = {};
  return {
    entries: () => entries,
    counts: () => ({ ...counts }),
    clear: () => {
      entries = [];
      counts = {};
    },
    add: (entry) => {
      entries.push(entry);
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT);
      counts[entry.operation] = (counts[entry.operation] ?? 0) + 1;
    },
  };
};
