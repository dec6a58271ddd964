import type { Clock } from '../../src/ports/clock.ts';
import { type CheckCode, type CheckFinding, type CheckOptions, type CheckReport, reportOf } from '../check-report.ts';
import { ProviderError, type ProviderFailure } from '../errors.ts';
import type { HostedZone, Route53Api } from './api.ts';
import type { RecordChange } from './batch.ts';
import { aliasCanaryOf, canaryName, canaryZone, create, del } from './canary.ts';
import { checkAliasZero } from './check-alias.ts';
import { isWeighted, type RecordSet } from './record.ts';

/** Kinds of failure that are the vendor's judgement of a batch. */
const ANSWERS: ReadonlySet<ProviderFailure> = new Set(['conflict', 'rejected']);

interface Canary {
  readonly weighted: RecordSet;
  readonly marker: RecordSet;
}

/** Names that only steer uses, with an address that nobody may own (RFC 5737). */
const canaryOf = (zone: HostedZone, healthCheck: string | null): Canary => ({
  weighted: {
    Name: canaryName(zone),
    Type: 'A',
    SetIdentifier: 'c1',
    Weight: 7,
    TTL: 60,
    ResourceRecords: [{ Value: '192.0.2.1' }],
    ...(healthCheck === null ? {} : { HealthCheckId: healthCheck }),
  },
  marker: {
    Name: canaryName(zone),
    Type: 'TXT',
    TTL: 60,
    ResourceRecords: [{ Value: '"steer canary"' }],
  },
});

const withoutCheck = ({ HealthCheckId: _, ...record }: RecordSet): RecordSet => record;

/**
 * Asks an account, with records of its own in one zone, whether a DELETE that is out of date is refused (for the marker's
 * text, the weight, the TTL and the health check), and then whether weight 0 drains an alias. Each question comes after a
 * positive control, because an unrelated refusal, or silence, would look like a pass. About thirty calls, and twice the
 * time that a change takes to reach the name servers, in which it looks every two seconds. Cleans up whatever happens, also after an earlier check that was
 * interrupted.
 *
 * Findings are the report; throws only when the vendor cannot be asked at all, and then nothing is proven.
 */
export const checkAccount = async (
  { api, clock }: { api: Pick<Route53Api, 'zone' | 'listRecords' | 'change' | 'propagation'>; clock: Clock },
  { zone: id, healthCheck, ask: askAnswers }: CheckOptions,
  signal: AbortSignal,
): Promise<CheckReport> => {
  const zone = await api.zone(id, signal);
  const findings: CheckFinding[] = [];
  const note = (code: CheckCode, ok: boolean | null, saw: string): boolean => {
    findings.push({ code, ok, saw });
    return ok === true;
  };

  const owner = zone.linkedService;
  const saw =
    owner === null ? `zone ${zone.name} belongs to this account alone` : `zone ${zone.name} belongs to ${owner}`;
  if (!note('zone-owner', owner === null, saw)) return reportOf(zone.id, findings);

  const canary = canaryOf(zone, healthCheck);
  const scratch = canaryZone(api, zone);
  /** Null when accepted. What says nothing about the batch itself (no answer, no rights) is thrown on. */
  const refusalOf = async (...changes: RecordChange[]): Promise<ProviderError | null> => {
    try {
      await scratch.send(changes, signal);
      return null;
    } catch (failure) {
      if (failure instanceof ProviderError && ANSWERS.has(failure.kind)) return failure;
      throw failure;
    }
  };
  const plant = () => scratch.send([create(canary.weighted), create(canary.marker)], signal);
  const ask = async (code: CheckCode, what: string, stale: RecordSet, next: RecordSet): Promise<void> => {
    const refusal = await refusalOf(del(stale), create(next));
    if (refusal === null) {
      note(code, false, `DELETE with ${what} was ACCEPTED: it is not compared`);
      // Put the canary back as it was, so that the next question starts from the truth.
      await scratch.clean(signal);
      await plant();
    } else if (refusal.kind === 'conflict') note(code, true, `DELETE with ${what} was refused as stale`);
    else
      note(code, false, `DELETE with ${what} was refused for another reason, which proves nothing: ${refusal.message}`);
  };

  /** Whether the canary stood and could be replaced at all. */
  const questions = async (): Promise<boolean> => {
    await scratch.clean(signal);
    const { weighted, marker } = canary;
    const created = await refusalOf(create(weighted), create(marker));
    const made = created === null ? `two records named ${weighted.Name} were created` : created.message;
    if (!note('canary-created', created === null, made)) return false;
    const control = await refusalOf(del(weighted), create(weighted), del(marker), create(marker));
    const same = 'DELETE and CREATE of the same values in one batch were accepted';
    if (!note('positive-control', control === null, control === null ? same : control.message)) return false;

    const other = { ...marker, ResourceRecords: [{ Value: '"steer other"' }] };
    await ask('stale-marker', 'another TXT value', other, { ...marker, ResourceRecords: [{ Value: '"steer next"' }] });
    const next = { ...weighted, Weight: 9 };
    await ask('stale-weight', 'weight 8 instead of 7', { ...weighted, Weight: 8 }, next);
    const weight = (await scratch.held(signal)).find(isWeighted)?.Weight;
    note('unchanged', weight === 7, `the canary then weighed ${weight ?? 'nothing'}; it was created with 7`);
    await ask('stale-ttl', 'TTL 61 instead of 60', { ...weighted, TTL: 61 }, next);
    if (healthCheck !== null) await ask('stale-health-check', 'no health check', withoutCheck(weighted), next);
    return true;
  };

  try {
    const alias = { api, clock, scratch, canary: aliasCanaryOf(zone), ask: askAnswers, note };
    if (await questions()) await checkAliasZero(alias, signal);
    else note('alias-zero', null, 'this was not asked: the canary could not be replaced');
  } finally {
    // Not with the caller's signal: an aborted check must not leave its records behind.
    const left = await scratch.clean(new AbortController().signal).then(
      () => null,
      (failure: unknown) => (failure instanceof Error ? failure.message : 'for an unknown reason'),
    );
    const { Name } = canary.weighted;
    note(
      'cleaned',
      left === null,
      left === null ? `the records named ${Name} are gone` : `${Name} is still there: ${left}`,
    );
  }
  return reportOf(zone.id, findings);
};
