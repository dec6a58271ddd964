import { z } from 'zod';
import type { Instant } from '../../src/domain/units.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { ProviderError } from '../errors.ts';
import type { HttpAccount } from '../http-account.ts';
import type { AzureSettings } from './settings.ts';

/** Fields of the OAuth 2 answer that we need; `expires_in` is a text in older versions of the login. */
const TOKEN = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** A token this near to its end is not begun with: the call that carries it may wait before it is sent. */
const SPARE_SECONDS = 300;

/** A secret that was refused is not tried again for so long: failed logins in a row lock accounts out. */
const REFUSED_FOR_MS = 60_000;

interface Held {
  readonly secret: string;
  readonly token: string;
  readonly goodUntil: Instant;
}

interface Refused {
  readonly secret: string;
  readonly until: Instant;
  readonly because: string;
}

export interface TokenSourceOptions {
  readonly settings: AzureSettings;
  /** The secret, read anew for every call so that it can be changed. */
  readonly secret: () => Promise<string>;
  /** Calls to the login alone; it repeats nothing. */
  readonly login: HttpAccount;
  readonly clock: Clock;
}

/**
 * A bearer token by client credentials (OAuth 2.0, RFC 6749 section 4.4). One login at a time; the token is kept in memory and
 * dropped when the secret changes. `again`: the vendor has refused the last one.
 */
export const createTokenSource = ({ settings, secret, login, clock }: TokenSourceOptions) => {
  let held: Held | null = null;
  let refused: Refused | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const fetched = async (clientSecret: string, signal: AbortSignal): Promise<Held> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.clientId,
      client_secret: clientSecret,
      scope: `${settings.audience}/.default`,
    });
    const url = `${settings.login.replace(/\/+$/, '')}/${settings.tenantId}/oauth2/v2.0/token`;
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    const { access_token: token, expires_in: seconds } = await login.call(
      {
        action: 'Token',
        zone: null,
        request: { method: 'POST', url, headers, body: body.toString() },
        changes: false,
        schema: TOKEN,
      },
      signal,
    );
    const goodMs = Math.max(seconds / 2, seconds - SPARE_SECONDS) * 1000;
    return { secret: clientSecret, token, goodUntil: clock.now() + goodMs };
  };

  const remember = (clientSecret: string, failure: unknown): void => {
    if (!(failure instanceof ProviderError) || failure.kind !== 'unauthorised') return;
    refused = { secret: clientSecret, until: clock.now() + REFUSED_FOR_MS, because: failure.message };
  };

  const bearer = async (again: boolean, before: Held | null, signal: AbortSignal): Promise<string> => {
    const clientSecret = await secret();
    const isGood = held !== null && held.secret === clientSecret && clock.now() < held.goodUntil;
    // Somebody else may have fetched a new one while this call stood in the queue.
    if (held !== null && isGood && (!again || held !== before)) return held.token;
    if (refused !== null && refused.secret === clientSecret && clock.now() < refused.until) {
      throw new ProviderError('unauthorised', refused.because);
    }
    try {
      held = await fetched(clientSecret, signal);
      return held.token;
    } catch (failure) {
      held = null;
      remember(clientSecret, failure);
      throw failure;
    }
  };

  return (again: boolean, signal: AbortSignal): Promise<string> => {
    const before = held;
    const mine = last.then(() => bearer(again, before, signal));
    last = mine.catch(() => {});
    return mine;
  };
};
