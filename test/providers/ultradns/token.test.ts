import { describe, expect, it } from 'vitest';
import type { ProviderError } from '../../../providers/errors.ts';
import { kindOf, never } from '../../contracts/steering/world.ts';
import { HOME, openUltra, tcPool, type UltraAccount, wwwRef } from './arrange.ts';
import { PAIR } from './moves.ts';

const MINUTE_MS = 60_000;

const read = ({ steering }: UltraAccount): Promise<unknown> => steering.read([wwwRef], never());

const open = async (...options: Parameters<typeof openUltra>): Promise<UltraAccount> => {
  const account = await openUltra(...options);
  account.fake.put(HOME, wwwRef.name, 'A', tcPool(PAIR));
  return account;
};

/** What was asked of the vendor, in a word each. */
const asked = ({ fake }: UltraAccount): readonly string[] =>
  fake.requests().map(({ method, path, body }) => {
    if (!path.endsWith('/authorization/token')) return method;
    return new URLSearchParams(body).get('grant_type') ?? 'no grant';
  });

describe('the token of an account', () => {
  it.each(['both', 'camel', 'snake'] as const)(
    'is got once by password and used until it ends (%s)',
    async (spelling) => {
      const account = await open({ spelling });

      await read(account);
      await read(account);

      expect(asked(account)).toEqual(['password', 'GET', 'GET']);
    },
  );

  it('is renewed a minute before it ends, by a refresh token that is used once', async () => {
    const account = await open({ tokenLifeMs: 10 * MINUTE_MS });
    await read(account);

    await account.clock.advance(9 * MINUTE_MS);
    await read(account);
    await account.clock.advance(9 * MINUTE_MS);
    await read(account);

    expect(asked(account)).toEqual(['password', 'GET', 'refresh_token', 'GET', 'refresh_token', 'GET']);
    const refreshes = account.fake.requests().flatMap(({ body }) => /refresh_token=(refresh-\d)/.exec(body)?.[1] ?? []);
    expect(refreshes).toEqual(['refresh-1', 'refresh-2']);
  });

  it('is got by password again when the refresh token has ended', async () => {
    const account = await open({ tokenLifeMs: 10 * MINUTE_MS, refreshLifeMs: MINUTE_MS });
    await read(account);

    await account.clock.advance(11 * MINUTE_MS);
    await read(account);

    expect(asked(account)).toEqual(['password', 'GET', 'refresh_token', 'password', 'GET']);
  });

  it('is renewed once when the vendor refuses it early, and the call is made again', async () => {
    const account = await open();
    await read(account);
    account.fake.logins.endAccess();

    const kind = await kindOf(read(account));

    expect(kind).toBe('ok');
    expect(asked(account)).toEqual(['password', 'GET', 'GET', 'refresh_token', 'GET']);
  });

  it('is renewed on error 60001 whatever the status', async () => {
    const account = await open();
    await read(account);
    const refusal = { status: 400, headers: {}, body: '{"errorCode":60001,"errorMessage":"invalid_grant"}' };
    let isFirst = true;
    const { fake } = account;
    const again = await openUltra(
      {},
      {},
      {
        http: async ({ method, url, headers, body }) => {
          const { pathname, searchParams } = new URL(url);
          if (method === 'GET' && isFirst) {
            isFirst = false;
            return refusal;
          }
          const request = {
            method,
            path: pathname,
            query: Object.fromEntries(searchParams),
            headers,
            body: body ?? '',
          };
          const answer = await fake.handle(request);
          return typeof answer === 'string' ? expect.fail(answer) : answer;
        },
      },
    );

    expect(await kindOf(read(again))).toBe('ok');
  });

  it('is asked for once when many ask at the same time', async () => {
    const account = await open();

    await Promise.all([read(account), read(account), read(account)]);

    expect(asked(account)).toEqual(['password', 'GET', 'GET', 'GET']);
  });

  it('is dropped as soon as the secret changes', async () => {
    const account = await open();
    await read(account);
    account.fake.logins.setPassword('battery staple');
    account.secrets['ULTRA_PASSWORD'] = 'battery staple';

    await read(account);

    expect(asked(account)).toEqual(['password', 'GET', 'password', 'GET']);
  });

  it('a wrong password is tried once and then left alone, because failed logins lock the account', async () => {
    const account = await open();
    account.secrets['ULTRA_PASSWORD'] = 'wrong';

    const kinds = [await kindOf(read(account)), await kindOf(read(account)), await kindOf(read(account))];
    await account.clock.advance(16 * MINUTE_MS);
    const later = await kindOf(read(account));

    expect([...kinds, later]).toEqual(['unauthorised', 'unauthorised', 'unauthorised', 'unauthorised']);
    expect(account.fake.logins.logins()).toBe(2);
  });

  it('a corrected password is tried at once', async () => {
    const account = await open();
    account.secrets['ULTRA_PASSWORD'] = 'wrong';
    await kindOf(read(account));

    account.secrets['ULTRA_PASSWORD'] = 'correct horse';

    expect(await kindOf(read(account))).toBe('ok');
  });

  it('never says a secret, whatever the vendor and the network say', async () => {
    const account = await openUltra(
      {},
      {},
      {
        http: ({ body }) => Promise.reject(new Error(`cannot connect: ${body === null ? '' : 'a request'}`)),
      },
    );
    const wrong = await open();
    wrong.secrets['ULTRA_PASSWORD'] = 'hunter two';

    const failures = await Promise.all(
      [account, wrong].map((one) =>
        read(one).then(
          () => expect.fail('no failure'),
          (failure: ProviderError) => failure,
        ),
      ),
    );

    expect(failures.map(({ kind }) => kind)).toEqual(['unavailable', 'unauthorised']);
    expect(failures.map(({ message, stack }) => `${message}${stack}`).join()).not.toMatch(/correct horse|hunter/);
    expect(failures.map(({ cause }) => cause)).toEqual([undefined, undefined]);
  });

  it('a login that is throttled is no refusal of the password', async () => {
    const account = await open();
    account.fake.faults.add({ fault: 'throttled', on: ({ path }) => path.endsWith('/token') });

    const kinds = [await kindOf(read(account)), await kindOf(read(account))];

    expect(kinds).toEqual(['throttled', 'ok']);
  });
});
