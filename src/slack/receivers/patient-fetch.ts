import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../log.ts';

export interface PatientParts {
  readonly fetch: FetchFunction;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends the trying for good. */
  readonly signal: AbortSignal;
}

const REQUEST_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

const ANSWER = z.object({ ok: z.boolean(), error: z.string().max(80).optional(), url: z.string().optional() });

interface Tried {
  /** Null where it did not work. */
  readonly response: Answered | null;
  readonly because: string;
  /** As Slack says it; 0 where it does not. */
  readonly retryAfterMs: number;
}

type Answered = Awaited<ReturnType<FetchFunction>>;

const answered = async (response: Answered): Promise<Tried> => {
  const text = await response.text();
  const retryAfterMs = Number(response.headers.get('retry-after') ?? 0) * 1000 || 0;
  const read = ANSWER.safeParse(JSON.parse(text)).data;
  if (response.ok && read?.ok === true && read.url !== undefined) {
    const headers = { 'content-type': 'application/json' };
    return { response: new Response(text, { status: 200, headers }), because: '', retryAfterMs };
  }
  return { response: null, because: read?.error ?? `HTTP ${response.status}`, retryAfterMs };
};

/**
 * A fetch that asks for a connection until it gets one. The socket library ends its process by an unhandled rejection when
 * the answer is an error that it holds for final (a revoked token), or when its own row of retries is over: this process
 * also executes runs, so it never sees such an answer.
 */
export const patientFetch =
  ({ fetch, clock, log, signal }: PatientParts): FetchFunction =>
  async (input, init) => {
    const attempt = async (): Promise<Tried> => {
      try {
        return await answered(await fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_MS) }));
      } catch (error) {
        return { response: null, because: error instanceof Error ? error.name : 'unknown', retryAfterMs: 0 };
      }
    };
    let waitMs = FIRST_WAIT_MS;
    let told = '';
    while (!signal.aborted) {
      const { response, because, retryAfterMs } = await attempt();
      if (response !== null) return response;
      if (because !== told) log.warn({ event: 'slack.not-connected', because }, 'Slack gives no connection; trying on');
      told = because;
      await clock.sleep(Math.max(waitMs, retryAfterMs), signal).catch(() => {});
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 1.5);
    }
    // Nobody waits any more; an error would only be tried again.
    return new Promise<never>(() => {});
  };
