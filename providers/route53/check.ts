import { ProviderError, type ProviderFailure } from '../errors.ts';
import type { HostedZone, Route53Api } from './api.ts';
import type { RecordChange } from './batch.ts';
import { keyText } from './names.ts';
import { isWeighted, type RecordSet } from './record.ts';
import { scanZone } from './scan.ts';

type CheckCode =
  | 'zone-owner'
  | 'canary-created'
  | 'positive-control'
  | 'stale-marker'
  | 'stale-weight'
  | 'unchanged'
  | 'stale-ttl'
  | 'stale-health-check'
  | 'cleaned';

interface CheckFinding {
  readonly code: CheckCode;
  readonly ok: boolean;
  /** What was tried and what the vendor did, in a sentence. */
  readonly saw: string;
}

/** What an account has shown. `native` only when every question was asked and answered as it must be. */
export interface CheckReport {
  readonly zone: string;
  readonly conditionalWrite: 'native' | 'emulated';
  readonly fence: 'native' | 'waited';
  readonly findings: readonly CheckFinding[];
}

export interface CheckOptions {
  readonly zone: string;
  /** A health check of this account to hang on the canary; null leaves that question out. */
  readonly healthCheck: string | null;
}

const COMMENT = 'steer provider check';

/** Kinds of failure that are the vendor's judgement of a batch. */
const ANSWERS: ReadonlySet<ProviderFailure> = new Set(['conflict', 'rejected']);

const del = (record: RecordSet): RecordChange => ({ Action: 'DELETE', ResourceRecordSet: record });
const create = (record: RecordSet): RecordChange => ({ Action: 'CREATE', ResourceRecordSet: record });

interface Canary {
  readonly weighted: RecordSet;
  readonly marker: RecordSet;
}

/** Names that only steer uses, with an address that nobody may own (RFC 5737). */
const canaryOf = (zone: HostedZone, healthCheck: string | null): Canary => ({
  weighted: {
    Name: `_steer-canary.${zone.name}`,
    Type: 'A',
    SetIdentifier: 'c1',
    Weight: 7,
    TTL: 60,
    ResourceRecords: [{ Value: '192.0.2.1' }],
    ...(healthCheck === null ? {} : { HealthCheckId: healthCheck }),
  },
  marker: {
    Name: `_steer-canary.${zone.name}`,
    Type: 'TXT',
    TTL: 60,
    ResourceRecords: [{ Value: '"steer canary"' }],
  },
});

const withoutCheck = ({ HealthCheckId: _, ...record }: RecordSet): RecordSet => record;

/**
 * Asks an account, with two records of its own in one zone, whether a DELETE that is out of date is refused: for the marker's
 * text, the weight, the TTL and the health check. Each question comes after a positive control, because an unrelated refusal
 * would look like a pass. About a dozen calls. Cleans up whatever happens, also after an earlier check that was interrupted.
 *
 * Findings are the report; throws only when the vendor cannot be asked at all, and then nothing is proven.
 */
export const checkAccount = async (
  api: Pick<Route53Api, 'zone' | 'listRecords' | 'change'>,
  { zone: id, healthCheck }: CheckOptions,
  signal: AbortSignal,
): Promise<CheckReport> => {
  const zone = await api.zone(id, signal);
  const findings: CheckFinding[] = [];
  const note = (code: CheckCode, ok: boolean, saw: string): boolean => {
    findings.push({ code, ok, saw });
    return ok;
  };
  const report = (): CheckReport => {
    const good = (code: CheckCode): boolean => findings.some((finding) => finding.code === code && finding.ok);
    const needed: CheckCode[] = ['positive-control', 'stale-marker', 'stale-weight', 'unchanged', 'stale-ttl'];
    const isNative = needed.every(good) && findings.every(({ code, ok }) => ok || code === 'cleaned');
    const refuted = findings.some(({ code, ok }) => code === 'stale-marker' && !ok);
    return {
      zone: zone.id,
      conditionalWrite: isNative ? 'native' : 'emulated',
      fence: refuted ? 'waited' : 'native',
      findings,
    };
  };

  const owner = zone.linkedService;
  const saw =
    owner === null ? `zone ${zone.name} belongs to this account alone` : `zone ${zone.name} belongs to ${owner}`;
  if (!note('zone-owner', owner === null, saw)) return report();

  const canary = canaryOf(zone, healthCheck);
  const send = (...changes: RecordChange[]): Promise<string> => api.change(zone.id, changes, COMMENT, signal);
  const held = async (within: AbortSignal): Promise<readonly RecordSet[]> => {
    const wanted = [canary.weighted, canary.marker].map(({ Name: name, Type: type }) => ({ name, type }));
    const found = await scanZone(wanted, (start) => api.listRecords(zone.id, start, within));
    return wanted.flatMap((key) => found.get(keyText(key)) ?? []);
  };
  const clean = async (within: AbortSignal): Promise<void> => {
    const left = await held(within);
    if (left.length > 0) await api.change(zone.id, left.map(del), COMMENT, within);
  };
  /** Null when accepted. What says nothing about the batch itself (no answer, no rights) is thrown on. */
  const refusalOf = async (...changes: RecordChange[]): Promise<ProviderError | null> => {
    try {
      await send(...changes);
      return null;
    } catch (failure) {
      if (failure instanceof ProviderError && ANSWERS.has(failure.kind)) return failure;
      throw failure;
    }
  };
  const plant = (): Promise<string> => send(create(canary.weighted), create(canary.marker));
  const ask = async (code: CheckCode, what: string, stale: RecordSet, next: RecordSet): Promise<void> => {
    const refusal = await refusalOf(del(stale), create(next));
    if (refusal === null) {
      note(code, false, `DELETE with ${what} was ACCEPTED: it is not compared`);
      // Put the canary back as it was, so that the next question starts from the truth.
      await clean(signal);
      await plant();
    } else if (refusal.kind === 'conflict') note(code, true, `DELETE with ${what} was refused as stale`);
    else
      note(code, false, `DELETE with ${what} was refused for another reason, which proves nothing: ${refusal.message}`);
  };

  const questions = async (): Promise<void> => {
    await clean(signal);
    const { weighted, marker } = canary;
    const created = await refusalOf(create(weighted), create(marker));
    const made = created === null ? `two records named ${weighted.Name} were created` : created.message;
    if (!note('canary-created', created === null, made)) return;
    const control = await refusalOf(del(weighted), create(weighted), del(marker), create(marker));
    const same = 'DELETE and CREATE of the same values in one batch were accepted';
    if (!note('positive-control', control === null, control === null ? same : control.message)) return;

    const other = { ...marker, ResourceRecords: [{ Value: '"steer other"' }] };
    await ask('stale-marker', 'another TXT value', other, { ...marker, ResourceRecords: [{ Value: '"steer next"' }] });
    const next = { ...weighted, Weight: 9 };
    await ask('stale-weight', 'weight 8 instead of 7', { ...weighted, Weight: 8 }, next);
    const weight = (await held(signal)).find(isWeighted)?.Weight;
    note('unchanged', weight === 7, `the canary then weighed ${weight ?? 'nothing'}; it was created with 7`);
    await ask('stale-ttl', 'TTL 61 instead of 60', { ...weighted, TTL: 61 }, next);
    if (healthCheck !== null) await ask('stale-health-check', 'no health check', withoutCheck(weighted), next);
  };

  try {
    await questions();
  } finally {
    // Not with the caller's signal: an aborted check must not leave its records behind.
    const left = await clean(new AbortController().signal).then(
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
  return report();
};
