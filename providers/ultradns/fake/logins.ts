import { type FakeRequest, type FakeResponse, json } from '../../fake-kit/wire.ts';
import { Refusal } from './refusal.ts';

export interface LoginOptions {
  readonly now: () => number;
  readonly username: string;
  readonly password: string;
  readonly tokenLifeMs: number;
  readonly refreshLifeMs: number;
  /** Which spelling comes back; both at once by default, as in the vendor's own examples. */
  readonly spelling: 'both' | 'camel' | 'snake';
}

const MOST_FAILURES = 5;

const parametersOf = (body: string): ReadonlyMap<string, string> => new Map(new URLSearchParams(body));

/** OAuth's password and refresh grants with rotation, and the lock that failed logins earn. */
export const createLogins = ({ now, username, ...options }: LoginOptions) => {
  let password = options.password;
  let made = 0;
  let failures = 0;
  let logins = 0;
  const access = new Map<string, number>();
  const refresh = new Map<string, number>();

  const granted = (): FakeResponse => {
    made += 1;
    const [token, again] = [`access-${made}`, `refresh-${made}`];
    access.set(token, now() + options.tokenLifeMs);
    refresh.set(again, now() + options.refreshLifeMs);
    const seconds = String(Math.floor(options.tokenLifeMs / 1000));
    const camel = { tokenType: 'Bearer', accessToken: token, refreshToken: again, expiresIn: seconds };
    const snake = { token_type: 'Bearer', access_token: token, refresh_token: again, expires_in: seconds };
    const spelt = { both: { ...camel, ...snake }, camel, snake }[options.spelling];
    return json(200, { ...spelt, username });
  };

  const badGrant = (why: string): Refusal => new Refusal(401, 60001, `invalid_grant:${why}`);

  const byPassword = (form: ReadonlyMap<string, string>): FakeResponse => {
    logins += 1;
    if (!form.has('username')) {
      throw new Refusal(400, 60007, 'invalid_request:username parameter is required for grant_type=password');
    }
    if (!form.has('password')) {
      throw new Refusal(400, 60008, 'invalid_request:password parameter is required for grant_type=password');
    }
    if (failures >= MOST_FAILURES) throw new Refusal(401, 60013, 'You are currently blacklisted');
    if (form.get('username') === username && form.get('password') === password) {
      failures = 0;
      return granted();
    }
    failures += 1;
    throw badGrant('Invalid username & password combination.');
  };

  const byRefresh = (form: ReadonlyMap<string, string>): FakeResponse => {
    const token = form.get('refresh_token');
    if (token === undefined) {
      throw new Refusal(400, 60009, 'invalid_request:refresh_token parameter is required for grant_type=refresh_token');
    }
    const until = refresh.get(token);
    refresh.delete(token);
    if (until === undefined || now() >= until) throw badGrant('Token not found, expired or invalid');
    return granted();
  };

  return {
    answer(request: FakeRequest): FakeResponse {
      if (request.method !== 'POST') throw new Refusal(405, 240003, 'Invalid HTTP Method');
      if (request.headers['content-type']?.split(';')[0] !== 'application/x-www-form-urlencoded') {
        throw new Refusal(415, 240002, 'Invalid Content-Type header');
      }
      const form = parametersOf(request.body);
      const grant = form.get('grant_type');
      if (grant === 'password') return byPassword(form);
      if (grant === 'refresh_token') return byRefresh(form);
      throw new Refusal(400, 60005, 'grant_type not supported');
    },

    /** Throws for a request without a token that is in force. */
    assertAllowed({ headers }: FakeRequest): void {
      const header = headers['authorization'];
      if (header === undefined) throw new Refusal(400, 60004, 'Authorization Header required');
      const [, token] = /^Bearer (\S+)$/.exec(header) ?? [];
      if (token === undefined)
        throw new Refusal(400, 60003, 'Token format expected is in header is "Token: Bearer <token>"');
      const until = access.get(token);
      if (until === undefined || now() >= until) throw badGrant('Token not found, expired or invalid');
    },

    /** All tokens end, and the password is another one from now on. */
    shut(): void {
      access.clear();
      refresh.clear();
      password = '';
    },
    endAccess: (): void => access.clear(),
    endRefresh: (): void => refresh.clear(),
    setPassword: (other: string): void => {
      password = other;
    },
    /** How often a password was tried, right or wrong. */
    logins: (): number => logins,
  };
};

export type Logins = ReturnType<typeof createLogins>;
