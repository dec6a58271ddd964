import {
  GetHealthCheckStatusCommand,
  type HealthCheckConfig,
  ListHealthChecksCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import type { ProviderId } from '../domain/ids.ts';
import type { SignalReading } from '../domain/signals.ts';
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
  /** A checker's report from longer ago than this counts for nothing. */
  readonly reportAgeMs: number;
  /** What was read longer ago than this is not given any more. */
  readonly maximumAgeMs: number;
  /** How long a second of the vendor's lasts, in milliseconds: 1000, unless a sandbox lives faster. */
  readonly secondMs: number;
}

type CheckSignal = SignalOf<'route53-health-check'>;

interface Poll {
  readonly at: Instant;
  readonly verdict: CheckerVerdict;
}

interface Account {
  readonly budget: PollBudget;
  /** The newest answer about each check. */
  readonly polls: Map<string, Poll>;
  /** Why the newest question about a check got no answer. Such a question says nothing: what was known before stands. */
  readonly failures: Map<string, string>;
}

/** Sends one call of one account, counted and under the policy. */
type Ask = <T>(
  action: string,
  send: (client: Pick<Route53Client, 'send'>, inner: AbortSignal) => Promise<T>,
) => Promise<T>;

/**
 * GetHealthCheckStatus has a bucket of its own, 4 at once and one a second for the whole account
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html, November 2026).
 */
const STATUS_QUOTA = { perSecond: 1, burst: 4 };

/** 100 checks a page; an account has 200 unless its quota was raised. */
const MOST_PAGES = 20;

/**
 * The config of every check of the account: one call for all of them, because an account on the old quota has five calls a
 * second, and whether a check is disabled or inverted can change while a run goes on.
 */
const listConfigs = async (ask: Ask): Promise<ReadonlyMap<string, HealthCheckConfig>> => {
  const configs = new Map<string, HealthCheckConfig>();
  let marker: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const input = marker === undefined ? {} : { Marker: marker };
    const answer = await ask('ListHealthChecks', (client, inner) =>
      client.send(new ListHealthChecksCommand(input), { abortSignal: inner }),
    );
    for (const { Id, HealthCheckConfig: config } of answer.HealthChecks ?? [])
      if (Id !== undefined && config !== undefined) configs.set(Id, config);
    marker = answer.IsTruncated === true ? answer.NextMarker : undefined;
    if (marker === undefined) break;
  }
  return configs;
};

const askStatus = async (id: string, account: Account, reportAgeMs: number, now: Instant, ask: Ask): Promise<void> => {
  try {
    const { HealthCheckObservations } = await ask('GetHealthCheckStatus', (client, inner) =>
      client.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }), { abortSignal: inner }),
    );
    account.polls.set(id, { at: now, verdict: checkerVerdict(HealthCheckObservations ?? [], reportAgeMs, now) });
    account.failures.delete(id);
  } catch (error) {
    account.failures.set(id, failureText(error, 'route53:GetHealthCheckStatus'));
  }
};

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

/** What is known of a check now: the newest answer while it is young enough, else why there is none. */
const known = (spec: CheckSignal, { polls, failures }: Account, maximumAgeMs: number, now: Instant): SignalReading => {
  const id = spec.source.healthCheck;
  const poll = polls.get(id);
  if (poll !== undefined && now - poll.at <= maximumAgeMs) return readingOf(spec, poll);
  const failure = failures.get(id);
  if (failure !== undefined) return errorReading(spec, now, `health check ${id}: ${failure}`);
  return noDataReading(spec, now, `health check ${id} waits for its turn: Route 53 answers one status a second`);
};

/** Asks those that are due, the oldest first, as far as the quota goes; the others keep what they have. */
const refresh = async (
  due: readonly string[],
  account: Account,
  options: Route53HealthCheckOptions,
  now: Instant,
  ask: Ask,
): Promise<void> => {
  const { budget, polls, failures } = account;
  let configs: ReadonlyMap<string, HealthCheckConfig>;
  try {
    configs = await listConfigs(ask);
  } catch (error) {
    const because = failureText(error, 'route53:ListHealthChecks');
    for (const id of due) failures.set(id, because);
    return;
  }
  const usable = due.filter((id) => {
    const reason = unusableCheck(configs.get(id));
    if (reason === null) return true;
    polls.set(id, { at: now, verdict: { kind: 'error', because: `it ${reason}` } });
    failures.delete(id);
    return false;
  });
  const chosen = usable.slice(0, budget.take(usable.length, now));
  await Promise.all(chosen.map((id) => askStatus(id, account, options.reportAgeMs, now, ask)));
};

/**
 * Health checks of Route 53 by what its checkers say. Their quota is tiny, so answers are kept and the oldest are asked
 * first; a reading says when it was really read, and a check whose turn has not come is no-data. A question that gets no
 * answer (an account's quota is used up by others, too) takes nothing away from what was read before. Never waits, never throws.
 */
export const route53HealthCheckProbe = (options: Route53HealthCheckOptions): Probe => {
  const accounts = new Map<ProviderId, Account>();
  const accountOf = (provider: ProviderId): Account => {
    const account = accounts.get(provider) ?? {
      budget: new PollBudget({ ...STATUS_QUOTA, perSecond: (STATUS_QUOTA.perSecond * 1000) / options.secondMs }),
      polls: new Map<string, Poll>(),
      failures: new Map<string, string>(),
    };
    accounts.set(provider, account);
    return account;
  };

  const readAccount = async (
    provider: ProviderId,
    group: readonly CheckSignal[],
    now: Instant,
    signal: AbortSignal,
  ): Promise<readonly SignalReading[]> => {
    const account = accountOf(provider);
    const ageOf = (id: string): number => now - (account.polls.get(id)?.at ?? Number.NEGATIVE_INFINITY);
    const due = [...new Set(group.map(({ source }) => source.healthCheck))]
      .filter((id) => !(ageOf(id) < options.refreshAfterMs))
      .sort((one, other) => ageOf(other) - ageOf(one) || (one < other ? -1 : 1));
    const { policy, observe, clientFor } = options;
    const ask: Ask = (action, send) =>
      counted(
        policy,
        { backend: 'route53', action },
        observe,
        async (inner) => send(clientFor(provider), inner),
        signal,
      );
    if (due.length > 0) await refresh(due, account, options, now, ask);
    return group.map((spec) => known(spec, account, options.maximumAgeMs, now));
  };

  return {
    read: async (signals, now, signal) => {
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
