import type { Answer } from '../../operations/answer.ts';
import { type Applied, dnsApply } from '../../operations/dns/apply.ts';
import type { ChangeResult, Prepared } from '../../operations/dns/prepared.ts';
import { type Arrival, dnsWait } from '../../operations/dns/wait.ts';
import { clockTime } from '../../words/numbers.ts';
import { EXIT } from '../exit-codes.ts';
import { arrivalLines, dryRunLines, preparedLines, resultLines } from '../render/dns-change.ts';
import type { DnsRun } from './dns-run.ts';
import type { ApplyTyped } from './flags.ts';

/** What a machine reads of a change that was worked out. */
const shown = ({
  provider,
  zone,
  verb,
  digest,
  diff,
  zoneDiff,
  remarks,
  blocked,
  objections,
  sets,
  whole,
}: Prepared) => ({
  provider,
  zone,
  verb,
  digest,
  diff,
  zoneDiff,
  remarks,
  blocked,
  objections,
  sets,
  whole,
});

const exitOf = (results: readonly ChangeResult[], arrival: Arrival | null, unrecorded: string | null): number => {
  const bad = results.filter(({ outcome }) => outcome === 'conflict' || outcome === 'failed');
  if (bad.length > 0) return bad.every(({ outcome }) => outcome === 'conflict') ? EXIT.refused : EXIT.failed;
  return arrival?.state === 'late' || unrecorded !== null ? EXIT.failed : EXIT.done;
};

const waited = async (
  { ask, print }: DnsRun,
  prepared: Prepared,
  { results }: Applied,
  waitMs: number | null,
): Promise<Arrival | null> => {
  const isLanded = results.some(({ outcome }) => outcome === 'landed');
  if (waitMs === null || !isLanded) return null;
  const now = ask.deps.clock.now();
  print.remark([`Waiting until every name server has it, until ${clockTime(now + waitMs, now)} at the latest.`]);
  return dnsWait(ask, prepared, results, now + waitMs);
};

/**
 * Shows what would change, and carries it out only where that was asked for: nothing that changes a record goes by without
 * its diff. `extra` is what the answer for machines has beside it.
 */
export const changeDns = async (
  run: DnsRun,
  answer: Answer<Prepared>,
  typed: ApplyTyped,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<number> => {
  const { ask, print } = run;
  if (!answer.ok) return print.refusal(answer.refusal);
  const prepared = answer.value;
  const base = { ...extra, ...shown(prepared) };
  const isRefused = prepared.objections.length > 0 || prepared.blocked.length > 0;
  if (!typed.apply || prepared.isNothing) {
    print.answer({ ok: true, applied: false, ...base }, (style) => [
      ...preparedLines(prepared, style),
      ...dryRunLines(prepared, style),
    ]);
    return isRefused ? EXIT.refused : EXIT.done;
  }
  print.before((style) => preparedLines(prepared, style));
  const applied = await dnsApply(ask, prepared, typed);
  if (!applied.ok) return print.refusal(applied.refusal, { applied: false, ...base });
  const { results, intent, unrecorded } = applied.value;
  print.before((style) => resultLines(applied.value, style));
  const arrival = await waited(run, prepared, applied.value, typed.waitMs);
  print.answer({ ok: true, applied: true, ...base, intent, results, unrecorded, arrival }, (style) =>
    arrivalLines(arrival, ask.deps.clock.now(), style),
  );
  return exitOf(results, arrival, unrecorded);
};
