import { durationText, type Instant } from '../domain/units.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

export interface StoreSeen {
  readonly storeId: string;
  /** As the store was made. */
  readonly region: string;
  /** As the config in force says; null outside of all regions. */
  readonly configured: string | null;
}

export const storeFinding = ({ storeId, region, configured }: StoreSeen): Finding => {
  const where = configured ?? 'outside';
  return region === where
    ? ok('store', `${storeId} opens; it stands ${region === 'outside' ? 'outside of all regions' : `in ${region}`}`)
    : fail(
        'store',
        `${storeId} was made for ${region}, the config in force says ${where}`,
        'correct store.region in the config',
      );
};

export interface AuditSeen {
  readonly events: number;
  readonly streams: number;
  readonly findings: readonly { readonly stream: string; readonly version: number; readonly because: string }[];
}

export const auditFinding = ({ events, streams, findings }: AuditSeen): Finding => {
  const [first] = findings;
  if (first === undefined) return ok('audit', `every chain is whole: ${events} events in ${streams} streams`);
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  return fail('audit', `${first.stream} at ${first.version}: ${first.because}${more}`, 'steer audit verify');
};

export interface LeaseSeen {
  readonly holder: string;
  readonly until: Instant;
}

/** Whether a process executes. Without one nothing goes wrong: no run moves, and that must not be found out at 3 AM. */
export const leaseFinding = (lease: LeaseSeen | null, openRuns: number, now: Instant): Finding => {
  if (lease !== null && lease.until > now)
    return ok('serve', `${lease.holder} executes; its lease lasts ${durationText(lease.until - now)} more`);
  const last = lease === null ? '' : `; the last was ${lease.holder}, ${durationText(now - lease.until)} ago`;
  return openRuns > 0
    ? fail('serve', `nobody executes, so none of ${openRuns} open runs moves${last}`, 'steer serve')
    : warn('serve', `nobody executes, so no run would move${last}`, 'steer serve');
};

/** Something that is dated after now: one of two clocks is wrong, and every age that is reckoned from it. */
export interface Dated {
  readonly what: string;
  readonly at: Instant;
}

/** Monitoring dates a point at the start of its period, so nothing honest lies ahead; a second is what clocks are kept to. */
const CLOCK_TOLERANCE_MS = 1000;

export const clockFinding = (dated: readonly Dated[], now: Instant): Finding => {
  const ahead = dated.filter(({ at }) => at > now + CLOCK_TOLERANCE_MS);
  const worst = ahead.toSorted((a, b) => b.at - a.at)[0];
  if (worst === undefined) return ok('clock', 'nothing that was read is dated after now');
  const says = `${worst.what} is dated ${durationText(worst.at - now)} after now: the clock here is late, or that one is early`;
  return fail('clock', says, 'set the clock by NTP');
};
