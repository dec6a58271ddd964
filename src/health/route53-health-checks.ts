import { GetHealthCheckCommand, GetHealthCheckStatusCommand, type Route53Client } from '@aws-sdk/client-route-53';
import type { ProviderId } from '../domain/ids.ts';
import type { SignalReading, SignalSpec } from '../domain/signals.ts';
import type { Instant } from '../domain/units.ts';
import type { Probe } from '../ports/probe.ts';
import { groupedBy } from './batches.ts';
import { counted, type HealthCallObserver, type ReadPolicy } from './calls.ts';
import { type CheckerVerdict, checkerVerdict, unusableCheck } from './checker-verdict.ts';
import { failureText } from './failure-text.ts';
import { PollBudget } from './poll-budget.ts';
import { errorReading, noDataReading, ofKind, type SignalOf, stateReading } from './readings.ts';

export interface Route53HealthCheckOptions {
  readonly clientFor: (provider: ProviderId) => Pick<Route53Client, 'send'>;
  readonly policy: ReadPolicy;
  readonly observe: HealthCallObserver;
  /** A check is not asked again before this; checkers report every 10 or 30 seconds anyway. */
  readonly refreshAfterMs: number;
  /** What was read longer ago than this is not given any more. */
  readonly maximumAgeMs: number;
}

type CheckSignal = SignalOf<'route53-health-check'>;

interface Poll {
  readonly at: Instant;
  readonly verdict: CheckerVerdict;
}

interface Account {
  readonly budget: PollBudget;
  readonly polls: Map<string, Poll>;
}

/**
 * GetHealthCheckStatus has a bucket of its own, 4 at once and one a second for the whole account
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html, November 2026).
 */
const STATUS_QUOTA = { perSecond: 1, burst: 4 };

const readingOf = (spec: CheckSignal, { at, verdict }: Poll): SignalReading => {
  const because = `health check ${spec.source.healthCheck}: ${verdict.because}`;
  switch (verdict.kind) {
    case 'ok':
    case 'alarm':
      return stateReading(spec, at, verdict.kind, because);
    case 'no-data':
      return noDataReading(spec, at, because);
    case 'error':
      return errorReading(spec, at, because);
  }
};

/**
 * Health checks of Route 53 by what its checkers say. Their quota is tiny, so answers are kept and the oldest are asked
 * first; a reading says when it was really read, and a check whose turn has not come is no-data. Never waits, never throws.
 */
export const route53HealthCheckProbe = (options: Route53HealthCheckOptions): Probe => {
  const accounts = new Map<ProviderId, Account>();
  const accountOf = (provider: ProviderId): Account => {
    const account = accounts.get(provider) ?? { budget: new PollBudget(STATUS_QUOTA), polls: new Map<string, Poll>() };
    accounts.set(provider, account);
    return account;
  };

  const poll = async (provider: ProviderId, id: string, now: Instant, signal: AbortSignal): Promise<Poll> => {
    const { policy, observe, maximumAgeMs } = options;
    let action = 'GetHealthCheck';
    const ask = <T>(name: string, attempt: (inner: AbortSignal) => Promise<T>): Promise<T> => {
      action = name;
      return counted(policy, { backend: 'route53', action: name }, observe, attempt, signal);
    };
    const input = { HealthCheckId: id };
    try {
      const client = options.clientFor(provider);
      // Asked every time: whether it is disabled or inverted can change while a run goes on.
      const { HealthCheck } = await ask('GetHealthCheck', (inner) =>
        client.send(new GetHealthCheckCommand(input), { abortSignal: inner }),
      );
      const reason = unusableCheck(HealthCheck?.HealthCheckConfig);
      if (reason !== null) return { at: now, verdict: { kind: 'error', because: `it ${reason}` } };
      const { HealthCheckObservations } = await ask('GetHealthCheckStatus', (inner) =>
        client.send(new GetHealthCheckStatusCommand(input), { abortSignal: inner }),
      );
      return { at: now, verdict: checkerVerdict(HealthCheckObservations ?? [], maximumAgeMs, now) };
    } catch (error) {
      return { at: now, verdict: { kind: 'error', because: failureText(error, `route53:${action}`) } };
    }
  };

  const readAccount = async (
    provider: ProviderId,
    group: readonly CheckSignal[],
    now: Instant,
    signal: AbortSignal,
  ): Promise<readonly SignalReading[]> => {
    const { budget, polls } = accountOf(provider);
    const ageOf = (id: string): number => now - (polls.get(id)?.at ?? Number.NEGATIVE_INFINITY);
    const due = [...new Set(group.map(({ source }) => source.healthCheck))]
      .filter((id) => !(ageOf(id) < options.refreshAfterMs))
      .sort((one, other) => ageOf(other) - ageOf(one) || (one < other ? -1 : 1));
    const chosen = due.slice(0, budget.take(due.length, now));
    const fresh = await Promise.all(chosen.map(async (id) => [id, await poll(provider, id, now, signal)] as const));
    for (const [id, answer] of fresh) polls.set(id, answer);
    return group.map((spec) => {
      const known = polls.get(spec.source.healthCheck);
      if (known !== undefined && now - known.at <= options.maximumAgeMs) return readingOf(spec, known);
      const because = `health check ${spec.source.healthCheck} waits for its turn: Route 53 answers one status a second`;
      return noDataReading(spec, now, because);
    });
  };

  return {
    read: async (signals: readonly SignalSpec[], now, signal) => {
      const groups = groupedBy(ofKind(signals, 'route53-health-check'), ({ source }) => source.provider);
      const read = await Promise.all(
        [...groups.values()].map(async (group) => {
          const [first] = group;
          return first === undefined ? [] : readAccount(first.source.provider, group, now, signal);
        }),
      );
      return read.flat();
    },
  };
};
