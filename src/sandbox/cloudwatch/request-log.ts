import type { Operation } from './envelope.ts';

/** One request as it was served. */
type LoggedRequest = {
  readonly atMs: number;
  /** `unknown`: the request named no operation that is served. */
  readonly operation: Operation | 'unknown';
  /** `ok`, an error code, `hang` or `reset`. */
  readonly outcome: string;
};

/** A long virtual run would otherwise fill the memory; the counts go on beyond it. */
const KEPT_REQUESTS = 10_000;

export type RequestLog = {
  readonly add: (request: LoggedRequest) => void;
  /** The newest requests, oldest first. */
  readonly recent: () => readonly LoggedRequest[];
  /** How many requests there ever were of an operation, optionally with one outcome only. */
  readonly count: (operation: LoggedRequest['operation'], outcome?: string) => number;
};

export const createRequestLog = (): RequestLog => {
  const recent: LoggedRequest[] = [];
  const counts = new Map<string, number>();
  const raise = (key: string): void => {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  return {
    add: (request) => {
      recent.push(request);
      if (recent.length > KEPT_REQUESTS) recent.shift();
      raise(request.operation);
      raise(`${request.operation} ${request.outcome}`);
    },
    recent: () => recent,
    count: (operation, outcome) => counts.get(outcome === undefined ? operation : `${operation} ${outcome}`) ?? 0,
  };
};
