import type { FakeAnswer, FakeRequest, FakeResponse } from './wire.ts';

/**
 * What can go wrong on demand. `throttled` and `busy` refuse; `unavailable-*`, `reset-*` and `hang-*` fail before or after the
 * effect; `slow` has its effect and answers after `delayMs`; `stale` gives a read the answer that the same request got the last
 * time; `expired` says that the token is no longer good; `garbage` answers with no JSON after the effect.
 */
export type FakeFault =
  | 'throttled'
  | 'busy'
  | 'unavailable-before'
  | 'unavailable-after'
  | 'reset-before'
  | 'reset-after'
  | 'hang-before'
  | 'hang-after'
  | 'slow'
  | 'stale'
  | 'expired'
  | 'garbage';

export interface WantedFault {
  readonly fault: FakeFault;
  /** Hits only these requests; all where left out. */
  readonly on?: (request: FakeRequest) => boolean;
  /** How many requests it hits; 1 where left out. */
  readonly times?: number;
  /** For `slow`. */
  readonly delayMs?: number;
}

/** The vendor's own words for the faults that are answers. */
export interface FaultAnswers {
  readonly throttled: FakeResponse;
  readonly busy: FakeResponse;
  readonly unavailable: FakeResponse;
  readonly expired: FakeResponse;
}

export interface FakeFaults {
  add(wanted: WantedFault): void;
  clear(): void;
  /** Resolves once a request is left hanging. */
  hung(): Promise<void>;
  /** Answers through the next fault that fits, or by `effect` alone. */
  around(request: FakeRequest, effect: () => Promise<FakeAnswer>): Promise<FakeAnswer>;
}

export interface FaultOptions {
  readonly answers: FaultAnswers;
  /** For `slow`; a fake without a clock leaves it out and refuses that fault. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Faults around a fake, the same for every vendor: each wanted one hits so many fitting requests, in the order they were added. */
export const createFakeFaults = ({ answers, sleep }: FaultOptions): FakeFaults => {
  let waiting: { wanted: WantedFault; left: number }[] = [];
  let onHung = (): void => {};
  let isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });

  const earlier = new Map<string, FakeAnswer>();
  const keyOf = ({ method, path, query }: FakeRequest): string => JSON.stringify([method, path, query]);

  const take = (request: FakeRequest): WantedFault | undefined => {
    const found = waiting.find(({ wanted }) => wanted.on?.(request) ?? true);
    if (found === undefined) return undefined;
    found.left -= 1;
    waiting = waiting.filter(({ left }) => left > 0);
    return found.wanted;
  };

  const hang = (): FakeAnswer => {
    onHung();
    return 'hang';
  };

  type Meet = (effect: () => Promise<FakeAnswer>, wanted: WantedFault, request: FakeRequest) => Promise<FakeAnswer>;

  const met: Readonly<Record<FakeFault, Meet>> = {
    throttled: async () => answers.throttled,
    busy: async () => answers.busy,
    expired: async () => answers.expired,
    'unavailable-before': async () => answers.unavailable,
    'unavailable-after': async (effect) => {
      await effect();
      return answers.unavailable;
    },
    'reset-before': async () => 'reset',
    'reset-after': async (effect) => {
      await effect();
      return 'reset';
    },
    'hang-before': async () => hang(),
    'hang-after': async (effect) => {
      await effect();
      return hang();
    },
    slow: async (effect, { delayMs = 1000 }) => {
      const answer = await effect();
      await sleep?.(delayMs);
      return answer;
    },
    stale: async (effect, _, request) => earlier.get(keyOf(request)) ?? (await effect()),
    garbage: async (effect) => {
      await effect();
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' };
    },
  };

  return {
    add(wanted) {
      if (wanted.fault === 'slow' && sleep === undefined) throw new TypeError('a slow answer needs the option `sleep`');
      waiting.push({ wanted, left: wanted.times ?? 1 });
    },
    clear() {
      waiting = [];
    },
    hung() {
      const now = isHung;
      void now.then(() => {
        isHung = new Promise((resolve) => {
          onHung = resolve;
        });
      });
      return now;
    },
    async around(request, effect) {
      const wanted = take(request);
      if (wanted !== undefined) return met[wanted.fault](effect, wanted, request);
      const answer = await effect();
      if (request.method === 'GET') earlier.set(keyOf(request), answer);
      return answer;
    },
  };
};
