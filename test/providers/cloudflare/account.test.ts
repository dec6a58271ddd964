import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../providers/cloudflare/api.ts';
import { refused } from '../../../providers/cloudflare/fake/envelope.ts';
import { openProvider } from '../../../providers/registry.ts';
import { arrangeCloudflare, CLOUDFLARE_CONFIG, TOKEN } from '../../contracts/steering/cloudflare-world.ts';
import { kindOf, never, readOne, refOf } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';

describe('an account at Cloudflare', () => {
  it('takes its token anew for every call, so that it can be changed while it runs', async () => {
    const world = await arrangeCloudflare();
    const ref = refOf('www', world.zones.home);

    world.setToken('token-2');
    const wrong = await kindOf(world.steering.read([ref], never()));
    world.setToken(TOKEN);
    const right = await kindOf(world.steering.read([ref], never()));

    expect([wrong, right]).toEqual(['unauthorised', 'ok']);
    expect(world.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer token-2',
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  it('asks nobody when there is no token, and never says what a token is', async () => {
    const world = await arrangeCloudflare();
    world.setToken(null);
    const missing = await world.steering.read([refOf('www', world.zones.home)], never()).catch(String);
    world.setToken('token-that-is-no-good');
    const wrong = await world.steering.read([refOf('www', world.zones.home)], never()).catch(String);

    expect(missing).toContain('the environment variable CLOUDFLARE_API_TOKEN is empty or missing');
    expect(wrong).toContain('10000 Authentication error');
    expect(wrong).not.toContain('token-that-is-no-good');
    expect(world.requests).toHaveLength(1);
  });

  it.each([
    ['accountId', {}],
    ['accountId', { accountId: 'example' }],
    ['', { accountId: '0'.repeat(32), apiToken: 'x' }],
  ])('is not opened when its settings are wrong at "%s"', async (where, settings) => {
    const opening = openProvider({ ...CLOUDFLARE_CONFIG, settings }, null, providerDeps());

    await expect(opening).rejects.toThrow(`provider dns-1: settings.${where}`);
  });

  it.each([
    [refused(400, 6003, 'Invalid request headers'), 'unauthorised', '6003 Invalid request headers'],
    [refused(403, 9109, 'Unauthorized to access requested resource'), 'unauthorised', '9109 Unauthorized'],
    [refused(404, 7003, 'Could not route'), 'not-found', '7003 Could not route'],
    [refused(400, 81058, 'An identical record already exists.'), 'conflict', '81058 An identical'],
    [refused(400, 1002, 'validation failed'), undefined, '1002 validation failed'],
  ])('understands a refusal', (response, kind, message) => {
    const said = failureOf(response);

    expect(said?.kind).toBe(kind);
    expect(said?.message).toContain(message);
  });

  it.each([
    ['is ill', { status: 503, headers: {}, body: JSON.stringify({ errors: [{ code: 10000, message: 'no' }] }) }],
    ['throttles', { status: 429, headers: {}, body: JSON.stringify({ errors: [{ code: 10000, message: 'no' }] }) }],
    ['answers with no envelope', { status: 403, headers: {}, body: '<html>' }],
  ])('goes by the status alone when the vendor %s', (_, response) => {
    expect(failureOf(response)).toBe(null);
  });

  it('an answer that says it failed is unreadable, not a success', async () => {
    const world = await arrangeCloudflare();
    const { steering } = await openProvider(
      CLOUDFLARE_CONFIG,
      null,
      providerDeps({
        secret: async () => TOKEN,
        http: async () => ({
          status: 200,
          headers: {},
          body: '{"success":false,"errors":[],"messages":[],"result":[]}',
        }),
      }),
    );

    expect(await kindOf(readOne({ ...world, steering }, refOf('www', world.zones.home)))).toBe('unreadable');
  });
});
