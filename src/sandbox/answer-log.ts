/** One answer that the name server gave. */
export type GivenAnswer = {
  readonly atMs: number;
  /** Without a trailing dot. */
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly region: string;
};

export type AnswerLog = {
  readonly add: (answer: GivenAnswer) => void;
  /** Those of the last `ms`, the oldest first. */
  readonly since: (nowMs: number, ms: number) => readonly GivenAnswer[];
};

/** Keeps the answers of the last seconds: as many as a picture of them needs, however long the sandbox lives. */
export const createAnswerLog = (keptMs: number): AnswerLog => {
  let kept: GivenAnswer[] = [];
  let oldestKeptMs = Number.NEGATIVE_INFINITY;
  return {
    add: (answer) => {
      kept.push(answer);
      // Now and then, not at every answer: there are hundreds a second.
      if (answer.atMs - oldestKeptMs < 2 * keptMs) return;
      oldestKeptMs = answer.atMs - keptMs;
      kept = kept.filter(({ atMs }) => atMs >= oldestKeptMs);
    },
    since: (nowMs, ms) => kept.filter(({ atMs }) => atMs > nowMs - ms),
  };
};
