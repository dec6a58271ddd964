/** How many calls of each method were answered, and how. */
export interface CallLog {
  add(method: string, isOk: boolean): void;
  all(): Readonly<Record<string, { readonly ok: number; readonly failed: number }>>;
}

export const createCallLog = (): CallLog => {
  const counts = new Map<string, { ok: number; failed: number }>();
  return {
    add: (method, isOk) => {
      const count = counts.get(method) ?? { ok: 0, failed: 0 };
      counts.set(method, count);
      if (isOk) count.ok += 1;
      else count.failed += 1;
    },
    all: () => Object.fromEntries([...counts].map(([method, count]) => [method, { ...count }])),
  };
};
