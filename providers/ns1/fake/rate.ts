/** One bucket of NS1: so many requests in a window that begins with the first one. */
interface Window {
  readonly from: number;
  readonly used: number;
}

export interface FakeRate {
  readonly limit: number;
  readonly remaining: number;
  readonly isOver: boolean;
}

const PERIOD_MS = 300_000;

/** Counts requests by method; what is told is what is left after this one. */
export const createRate = (now: () => number, limits: { readonly reads: number; readonly changes: number }) => {
  const windows = new Map<string, Window>();
  return (method: string): FakeRate => {
    const limit = method === 'GET' ? limits.reads : limits.changes;
    const held = windows.get(method);
    const isNew = held === undefined || now() - held.from >= PERIOD_MS;
    const used = (isNew ? 0 : held.used) + 1;
    windows.set(method, { from: isNew ? now() : held.from, used });
    return { limit, remaining: Math.max(0, limit - used), isOver: used > limit };
  };
};
