import { z } from 'zod';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Instant } from '../../src/domain/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CallObserver } from '../calls.ts';
import { ProviderError, type ProviderFailure } from '../errors.ts';
import type { HttpResponse, HttpTransport } from '../http.ts';
import type { RateLimiter } from '../rate-limit.ts';

export interface TokenDeps {
  readonly url: string;
  /** `username` and `password`, read anew each time. */
  readonly secret: (name: string) => Promise<string>;
  readonly transport: HttpTransport;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly observe: CallObserver;
}

export interface Tokens {
  /** The bearer token in force. `again`: the last one was refused, so it is renewed first. Throws `unauthorised`, never in a loop. */
  bearer(again: boolean, signal: AbortSignal): Promise<string>;
}

const SECONDS = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

/** Both spellings come, often side by side, and the lives are texts. */
const ANSWER = z
  .looseObject({
    accessToken: z.string().min(1).optional(),
    access_token: z.string().min(1).optional(),
    refreshToken: z.string().min(1).optional(),
    refresh_token: z.string().min(1).optional(),
    expiresIn: SECONDS.optional(),
    expires_in: SECONDS.optional(),
  })
  .transform((answer, context) => {
    const access = answer.accessToken ?? answer.access_token;
    if (access === undefined) {
      context.addIssue({ code: 'custom', message: 'no access token' });
      return z.NEVER;
    }
    return {
      access,
      refresh: answer.refreshToken ?? answer.refresh_token ?? null,
      lifeSeconds: answer.expiresIn ?? answer.expires_in ?? USUAL_LIFE_SECONDS,
    };
  });

type Granted = z.infer<typeof ANSWER>;

const USUAL_LIFE_SECONDS = 3600;
/** Renewed this long before it ends, so that no request leaves with a token that ends on the way. */
const MARGIN_MS = 60_000;
/** Failed logins can lock the account (OpenAPI, tag Authorization): after one, the same password is not tried for so long. */
const KEEP_AWAY_MS = 15 * 60_000;

const ACTION = 'authorization/token';

interface Held extends Granted {
  readonly endsAt: Instant;
  /** What it was got with. */
  readonly by: string;
}

const kindOf = ({ status }: HttpResponse): ProviderFailure => {
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : 'unauthorised';
};

const jsonIn = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

/** Without a cause, which may carry the request and the password in it, or the answer and the token. */
const failed = (kind: ProviderFailure, why: string): ProviderError =>
  new ProviderError(kind, `ultradns ${ACTION}: ${why}`);

/** Password grant, then refreshes with rotation; one request at a time, whoever asks. Kept in memory only. */
export const createTokens = (deps: TokenDeps): Tokens => {
  const { url, transport, limiter, clock, observe } = deps;
  let held: Held | null = null;
  let refused: { readonly by: string; readonly until: Instant } | null = null;
  let pending: Promise<string> | null = null;

  const sent = async (form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HttpResponse> => {
    try {
      return await transport(
        {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
          body: new URLSearchParams(form).toString(),
        },
        signal,
      );
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw failed('unavailable', `no answer (${why})`);
    }
  };

  const grantedBy = (response: HttpResponse): Granted => {
    if (response.status !== 200) {
      const kind = kindOf(response);
      if (kind === 'throttled') limiter.throttled(ACTION);
      // The vendor's own text is not repeated: nobody knows what of the request it quotes.
      throw failed(kind, `the login was answered with status ${response.status}`);
    }
    const answer = ANSWER.safeParse(jsonIn(response.body));
    if (answer.success) return answer.data;
    throw failed('unreadable', 'the answer to the login holds no token');
  };

  const granted = async (form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Granted> => {
    await limiter.take(ACTION, signal);
    const startedAt = clock.now();
    const tell = (outcome: 'ok' | ProviderFailure): void =>
      observe({ vendor: 'ultradns', action: ACTION, zone: null, outcome, tookMs: clock.now() - startedAt });
    try {
      const result = grantedBy(await sent(form, signal));
      tell('ok');
      return result;
    } catch (failure) {
      tell(failure instanceof ProviderError ? failure.kind : 'unreadable');
      throw failure;
    }
  };

  const kept = (by: string, grant: Granted): string => {
    held = { ...grant, by, endsAt: clock.now() + grant.lifeSeconds * 1000 - MARGIN_MS };
    return grant.access;
  };

  /** Null when the vendor takes the refresh token no more: it ends too, and is used up by the first who uses it. */
  const refreshed = async (refresh: string, signal: AbortSignal): Promise<Granted | null> => {
    try {
      return await granted({ grant_type: 'refresh_token', refresh_token: refresh }, signal);
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'unauthorised') return null;
      throw failure;
    }
  };

  const loggedIn = async (by: string, username: string, password: string, signal: AbortSignal): Promise<Granted> => {
    if (refused !== null && refused.by === by && clock.now() < refused.until) {
      throw failed(
        'unauthorised',
        `user and password were refused, and are not tried again for a while, because failed logins lock the account; correct the secrets`,
      );
    }
    try {
      return await granted({ grant_type: 'password', username, password }, signal);
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'unauthorised') {
        refused = { by, until: clock.now() + KEEP_AWAY_MS };
      }
      throw failure;
    }
  };

  const renewed = async (by: string, username: string, password: string, signal: AbortSignal): Promise<string> => {
    const refresh = held?.by === by ? held.refresh : null;
    held = null;
    const grant = refresh === null ? null : await refreshed(refresh, signal);
    return kept(by, grant ?? (await loggedIn(by, username, password, signal)));
  };

  return {
    async bearer(again, signal) {
      const [username, password] = [await deps.secret('username'), await deps.secret('password')];
      const by = canonicalText([url, username, password]);
      if (pending !== null) {
        try {
          return await pending;
        } catch (failure) {
          // Another caller's own abort is no answer of the vendor.
          if (failure instanceof ProviderError) throw failure;
          signal.throwIfAborted();
        }
      }
      if (!again && held !== null && held.by === by && clock.now() < held.endsAt) return held.access;
      pending = renewed(by, username, password, signal).finally(() => {
        pending = null;
      });
      return pending;
    },
  };
};
