import { canonicalText } from '../../src/domain/canonical.ts';
import { sum } from '../../src/domain/records.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { AskAnswers, CheckCode, SeenAnswers } from '../check-report.ts';
import { ProviderError } from '../errors.ts';
import type { Route53Api } from './api.ts';
import { type AliasCanary, type CanaryZone, create, del } from './canary.ts';
import { keyText } from './names.ts';
import type { RecordSet } from './record.ts';

/** Of a member that still got one answer in twenty, all of these would miss 6 times in 1,000; at one in two, never. */
const QUERIES = 100;
/** Fewer answers than this are too few to say "none of them". */
const LEAST_ANSWERS = 50;
/** Route 53 says within 60 s, ordinarily; later than this something is wrong there. */
const LONGEST_WAIT_MS = 5 * 60_000;
const LOOK_AGAIN_MS = 2000;

export interface AliasCheck {
  readonly api: Pick<Route53Api, 'propagation'>;
  readonly clock: Clock;
  readonly scratch: CanaryZone;
  readonly canary: AliasCanary;
  readonly ask: AskAnswers | null;
  readonly note: (code: CheckCode, ok: boolean | null, saw: string) => boolean;
}

/** Null once every name server has the change, else why nothing can be said. */
const untilEverywhere = async (
  { api, clock }: AliasCheck,
  change: string,
  signal: AbortSignal,
): Promise<string | null> => {
  const latest = clock.now() + LONGEST_WAIT_MS;
  for (;;) {
    const state = await api.propagation(change, signal);
    if (state === 'done') return null;
    if (state === 'unknown-change') return `the vendor does not know its own change ${change}`;
    if (clock.now() >= latest) {
      return `the change ${change} had not reached all name servers after ${LONGEST_WAIT_MS / 60_000} minutes`;
    }
    await clock.sleep(LOOK_AGAIN_MS, signal);
  }
};

/** The answers, or why there are too few of them to prove anything. */
const answersOf = async ({ ask, canary }: AliasCheck, signal: AbortSignal): Promise<SeenAnswers | string> => {
  const seen = await ask?.({ name: canary.name, type: 'A', queries: QUERIES }, signal);
  if (seen == null) {
    return `nobody knows which name servers answer for ${canary.name}; set nameServers of this provider`;
  }
  if (seen.answered >= LEAST_ANSWERS) return seen;
  const because = seen.failures.length === 0 ? '' : `: ${seen.failures.slice(0, 4).join('; ')}`;
  return `${seen.answered} of ${QUERIES} questions for ${canary.name} were answered by its name servers, at least ${LEAST_ANSWERS} are needed${because}`;
};

const countOf = ({ answers }: SeenAnswers, address: string): number =>
  sum(answers.map(({ data, count }) => (data.length === 1 && data[0] === address ? count : 0)));

const shown = (seen: SeenAnswers, { drained, serving }: AliasCanary): string => {
  const [zero, other] = [countOf(seen, drained), countOf(seen, serving)];
  const strange = seen.answered - zero - other;
  const rest = strange === 0 ? '' : `, ${strange} something else`;
  return `of ${seen.answered} answers ${zero} named the member to be drained, ${other} the other one${rest}`;
};

/** Before: both members must be seen to answer, or their silence afterwards would prove nothing. */
const controlled = async (check: AliasCheck, signal: AbortSignal): Promise<boolean> => {
  const { canary, note } = check;
  const seen = await answersOf(check, signal);
  if (typeof seen === 'string') return note('alias-control', null, seen);
  const [zero, other] = [countOf(seen, canary.drained), countOf(seen, canary.serving)];
  const isGood = zero > 0 && other > 0 && zero + other === seen.answered;
  return note('alias-control', isGood || null, `at weights 1 and 1, ${shown(seen, canary)}`);
};

const drainedForm = (record: RecordSet, { aliases }: AliasCanary): RecordSet =>
  record.SetIdentifier === aliases[0]?.SetIdentifier ? { ...record, Weight: 0 } : record;

/** In any order: lists have their own. */
const recordsText = (records: readonly RecordSet[]): string => records.map(canonicalText).toSorted().join(' ');

const groupIn = async ({ scratch, canary }: AliasCheck, signal: AbortSignal): Promise<readonly RecordSet[]> => {
  const group = keyText({ name: canary.name, type: 'A' });
  return (await scratch.held(signal)).filter(({ Name, Type }) => keyText({ name: Name, type: Type }) === group);
};

/** Weight 0 as every drain writes it: DELETE of all members as they were read, CREATE of all, one of them with weight 0. */
const drain = async (check: AliasCheck, signal: AbortSignal): Promise<boolean> => {
  const { scratch, canary, note } = check;
  const before = await groupIn(check, signal);
  const wanted = before.map((record) => drainedForm(record, canary));
  if (before.length !== canary.aliases.length || !wanted.some(({ Weight }) => Weight === 0)) {
    return note('alias-weight', null, `the aliases were listed as ${recordsText(before)}`);
  }
  const change = await scratch.send([...before.map(del), ...wanted.map(create)], signal);
  const late = await untilEverywhere(check, change, signal);
  if (late !== null) return note('alias-weight', null, late);
  const after = await groupIn(check, signal);
  const isKept = recordsText(after) === recordsText(wanted);
  const saw = isKept
    ? 'weight 0 on an alias was stored as 0, and all else of both aliases stayed as it was'
    : `weight 0 on an alias came back as another record: ${recordsText(after)} instead of ${recordsText(wanted)}`;
  return note('alias-weight', isKept, saw);
};

const isolated = async (check: AliasCheck, signal: AbortSignal): Promise<void> => {
  const { canary, note } = check;
  const seen = await answersOf(check, signal);
  if (typeof seen === 'string') note('alias-zero', null, seen);
  else
    note('alias-zero', countOf(seen, canary.serving) === seen.answered, `at weights 0 and 1, ${shown(seen, canary)}`);
};

const questions = async (check: AliasCheck, signal: AbortSignal): Promise<void> => {
  const { scratch, canary, note } = check;
  await scratch.clean(signal);
  // First what they point at: whether a batch may bring both is nowhere said.
  await scratch.send(canary.targets.map(create), signal);
  const planted = await scratch.send(canary.aliases.map(create), signal);
  const late = await untilEverywhere(check, planted, signal);
  const made = `two weighted aliases named ${canary.name}, to two records below it, were created`;
  if (!note('alias-created', late === null || null, late ?? made)) return;
  const wasControlled = await controlled(check, signal);
  if (!(await drain(check, signal))) return;
  if (wasControlled) await isolated(check, signal);
  else note('alias-zero', null, 'not proven: without the answers of before, answers now would say nothing');
};

/**
 * Asks whether weight 0 drains an alias. The Developer Guide says "never returned" of records that are no aliases only, so
 * nothing but answers is proof: of name servers with authority, of both members before, of the other one alone afterwards.
 *
 * What the vendor refuses leaves it unproven, and takes nothing back from what other questions have shown. Throws when
 * aborted. Cleans before, not after: that is for whoever called, in whatever way it ends.
 */
export const checkAliasZero = async (check: AliasCheck, signal: AbortSignal): Promise<void> => {
  try {
    await questions(check, signal);
  } catch (failure) {
    if (signal.aborted || !(failure instanceof ProviderError)) throw failure;
    check.note('alias-zero', null, `this could not be asked to its end: ${failure.message}`);
  }
};
