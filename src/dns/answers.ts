import { fitOf, type Interval, intervalOf, mostUnseen } from '../domain/distribution.ts';
import type { ServerSeen } from '../domain/seen-answers.ts';

/** One member as it is configured. `weight` 0 is drained. */
export interface ConfiguredMember {
  readonly member: string;
  readonly weight: number;
  /** What its answers hold, in the form of answers. Empty where nobody can tell (an alias). */
  readonly values: readonly string[];
}

/** What the answers to a name should be. */
export interface Configured {
  /** Where that stands, for a sentence: `dns-1, as steered` or `dns-1, zone example.com.`. */
  readonly source: string;
  /** `answer`: by the answer as a whole. `first`: by its first record, where all members stand in every answer. */
  readonly countBy: 'answer' | 'first';
  readonly members: readonly ConfiguredMember[];
}

/** `too-few`: some member is expected fewer than five times, which the test cannot judge. */
export type Verdict =
  | { readonly verdict: 'agrees' | 'differs'; readonly chance: number }
  | { readonly verdict: 'too-few'; readonly needed: number }
  | { readonly verdict: 'not-compared'; readonly because: string };

export interface AnswerRow {
  /** The member that answers so; null where no member is known to. */
  readonly member: string | null;
  /** What was answered, for the eye; null for a member that was never seen and whose values nobody knows. */
  readonly value: string | null;
  readonly count: number;
  /** Of all answers, 0 to 1, and where the true share lies with 95 % confidence (Wilson). */
  readonly share: number;
  readonly interval: Interval;
  /** 0 to 1; null where nothing is configured to compare with. */
  readonly configured: number | null;
  /** For what never came: its true share is below this with 95 % confidence, about 3 over the number of answers. */
  readonly atMost: number | null;
}

export interface ServerRow {
  readonly server: string;
  readonly address: string | null;
  readonly asked: number;
  readonly answered: number;
  readonly noSuchName: number;
  readonly overTcp: number;
  readonly failures: ServerSeen['failures'];
  readonly isBeyondReach: boolean;
  /** Counts in the order of `rows`. */
  readonly counts: readonly number[];
  readonly verdict: Verdict;
}

/** Everything that `steer dns answers` has to say. */
export interface AnswersShown {
  readonly name: string;
  readonly type: string;
  readonly asked: number;
  readonly answered: number;
  readonly configured: { readonly source: string; readonly countBy: 'answer' | 'first' } | { readonly because: string };
  readonly rows: readonly AnswerRow[];
  readonly servers: readonly ServerRow[];
  readonly verdict: Verdict;
}

/** Honest servers look so unlike what they should do once in a thousand times. */
const UNLIKELY = 0.001;

/** Cochran's rule for Pearson's test: at least so many expected of each. */
const EXPECTED_AT_LEAST = 5;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

interface Kind {
  readonly member: string | null;
  readonly value: string | null;
  readonly weight: number | null;
}

/** Names of answers: the first record, or all of them in one order, since servers turn them around. */
const textOf = (data: readonly string[], countBy: 'answer' | 'first'): string => {
  const [first] = data;
  if (first === undefined) return '';
  return countBy === 'first' ? first : data.toSorted().join(' + ');
};

const memberOf = (data: readonly string[], { countBy, members }: Configured): ConfiguredMember | undefined => {
  const told = countBy === 'first' ? data.slice(0, 1) : data;
  const owners = members.filter(({ values }) => values.some((value) => told.includes(value)));
  return owners.length === 1 ? owners[0] : undefined;
};

/** One line for each member, known by its name, and one for each answer that belongs to none. */
const kindOf = (data: readonly string[], configured: Configured | null): Kind => {
  const countBy = configured?.countBy ?? 'answer';
  const owner = configured === null ? undefined : memberOf(data, configured);
  return owner === undefined
    ? { member: null, value: textOf(data, countBy), weight: configured === null ? null : 0 }
    : { member: owner.member, value: null, weight: owner.weight };
};

const keyOf = ({ member, value }: Kind): string => JSON.stringify(member === null ? [null, value] : [member]);

/** Why answers cannot be told apart by member; null where they can. */
const cannotCompare = (configured: Configured | { readonly because: string }): string | null => {
  if ('because' in configured) return configured.because;
  const { members } = configured;
  const unknown = members.filter(({ weight, values }) => weight > 0 && values.length === 0);
  if (unknown.length > 0)
    return `nobody can tell which answers are those of ${unknown.map(({ member }) => member).join(', ')}`;
  const values = members.flatMap((member) => member.values);
  if (new Set(values).size < values.length) {
    return 'two members have the same values, so that answers do not tell them apart';
  }
  return members.some(({ weight }) => weight > 0) ? null : 'every member is drained';
};

const judged = (counts: readonly number[], weights: readonly number[]): Verdict => {
  const asked = sum(counts);
  const whole = sum(weights);
  const fit = fitOf([...counts], [...weights]);
  // An answer that should never come needs no statistics.
  if (fit.chance === 0 && fit.statistic === Number.POSITIVE_INFINITY) return { verdict: 'differs', chance: 0 };
  const least = Math.min(...weights.filter((weight) => weight > 0));
  const needed = Math.ceil((EXPECTED_AT_LEAST * whole) / least);
  if (asked < needed) return { verdict: 'too-few', needed };
  return { verdict: fit.chance < UNLIKELY ? 'differs' : 'agrees', chance: fit.chance };
};

const shownValue = (kind: Kind, seen: readonly ServerSeen[], configured: Configured | null): string | null => {
  if (kind.member === null) return kind.value;
  const countBy = configured?.countBy ?? 'answer';
  const values = seen
    .flatMap(({ replies }) => replies)
    .filter(({ data }) => kindOf(data, configured).member === kind.member)
    .map(({ data }) => textOf(data, countBy));
  const known = configured?.members.find(({ member }) => member === kind.member)?.values ?? [];
  const texts = values.length === 0 ? known : [...new Set(values)];
  return texts.length === 0 ? null : texts.toSorted().join(', ');
};

/**
 * Counts what servers answered, each answer by its member where what is configured tells them apart, and judges it by Pearson's
 * test. Otherwise it shows what came, and says why it is not compared.
 */
export const answersShown = (
  question: { readonly name: string; readonly type: string },
  seen: readonly ServerSeen[],
  configured: Configured | { readonly because: string },
): AnswersShown => {
  const because = cannotCompare(configured);
  const known = because === null && 'members' in configured ? configured : null;
  const kinds = new Map<string, Kind>();
  for (const { member, weight } of known?.members ?? []) {
    const kind = { member, value: null, weight };
    kinds.set(keyOf(kind), kind);
  }
  for (const { data } of seen.flatMap(({ replies }) => replies)) {
    const kind = kindOf(data, known);
    if (!kinds.has(keyOf(kind))) kinds.set(keyOf(kind), kind);
  }
  const all = [...kinds];
  const countsOf = ({ replies }: Pick<ServerSeen, 'replies'>): readonly number[] =>
    all.map(([key]) => sum(replies.filter(({ data }) => keyOf(kindOf(data, known)) === key).map(({ count }) => count)));
  const weights = all.map(([, { weight }]) => weight ?? 0);
  const whole = sum(weights);
  const verdictOf = (counts: readonly number[]): Verdict =>
    because === null ? judged(counts, weights) : { verdict: 'not-compared', because };

  const counts = countsOf({ replies: seen.flatMap(({ replies }) => replies) });
  const answered = sum(counts);
  const rows = all.map(([, kind], index): AnswerRow => {
    const count = counts[index] ?? 0;
    return {
      member: kind.member,
      value: shownValue(kind, seen, known),
      count,
      share: answered === 0 ? 0 : count / answered,
      interval: intervalOf(count, answered),
      configured: known === null ? null : (kind.weight ?? 0) / whole,
      atMost: count === 0 ? mostUnseen(answered) : null,
    };
  });
  const order = rows.map((_, index) => index).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const arranged = <T>(items: readonly T[]): readonly T[] => order.flatMap((index) => items[index] ?? []);
  return {
    ...question,
    asked: sum(seen.map(({ asked }) => asked)),
    answered,
    configured: known === null ? { because: because ?? '' } : { source: known.source, countBy: known.countBy },
    rows: arranged(rows),
    servers: seen.map((server) => {
      const own = countsOf(server);
      const { replies: _, ...told } = server;
      const verdict: Verdict =
        sum(own) === 0 ? { verdict: 'not-compared', because: 'it did not answer' } : verdictOf(own);
      return { ...told, answered: sum(own), counts: order.map((index) => own[index] ?? 0), verdict };
    }),
    verdict: answered === 0 ? { verdict: 'not-compared', because: 'no server answered' } : verdictOf(counts),
  };
};

/** Whether anything is not as it should be: exit code 1 says so. What could not be compared is no finding. */
export const hasFindings = ({ verdict, servers }: AnswersShown): boolean =>
  verdict.verdict === 'differs' ||
  servers.some(
    (server) =>
      server.verdict.verdict === 'differs' ||
      (!server.isBeyondReach && (server.failures.length > 0 || server.answered === 0)),
  ) ||
  servers.every(({ answered }) => answered === 0);
