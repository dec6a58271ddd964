import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../../providers/google/settings.ts';
import { arrangeGoogle, GOOGLE_CONFIG, keyFile, TOKEN_ENDPOINT } from '../../contracts/steering/google-world.ts';
import { kindOf, never, readOne, refOf } from '../../contracts/steering/world.ts';

const isToken = ({ path }: { readonly path: string }): boolean => path === '/token';

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing was refused',
    (failure: unknown) => String(failure),
  );

describe('a token', () => {
  it('is asked for once and used until shortly before its end', async () => {
    const world = await arrangeGoogle();
    const refs = [refOf('www', world.zones.home), refOf('far', world.zones.other)];
    await world.steering.read(refs, never());
    await world.advance(3_500_000);
    await world.steering.read(refs, never());
    const before = world.requests.filter(isToken).length;

    await world.advance(60_000);
    await world.steering.read(refs, never());

    expect(before).toBe(1);
    expect(world.requests.filter(isToken)).toHaveLength(2);
  });

  it('that the vendor ended early is replaced once, and the call goes on', async () => {
    const world = await arrangeGoogle();
    const ref = refOf('www', world.zones.home);
    await readOne(world, ref);
    world.fake.auth.endTokens();

    const state = await readOne(world, ref);

    expect(state.members).toHaveLength(2);
    expect(world.requests.filter(isToken)).toHaveLength(2);
  });

  it('is dropped when the key changes', async () => {
    const world = await arrangeGoogle();
    await readOne(world, refOf('www', world.zones.home));

    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    world.fake.auth.replaceKey({ keyId: 'key-2', publicKey });
    world.setKeyFile(keyFile({ private_key_id: 'key-2', private_key: privateKey }));
    const state = await readOne(world, refOf('www', world.zones.home));

    expect(state.members).toHaveLength(2);
    expect(world.requests.filter(isToken)).toHaveLength(2);
  });

  it('comes from the endpoint of the settings, never from the address in the key file', async () => {
    const world = await arrangeGoogle();

    await readOne(world, refOf('www', world.zones.home));
    const [request] = world.requests.filter(isToken);
    const assertion = new URLSearchParams(request?.body).get('assertion') ?? '';
    const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());

    expect(claims).toMatchObject({ aud: TOKEN_ENDPOINT, scope: expect.stringMatching(/ndev\.clouddns\.readwrite$/) });
  });

  it('of a key that was deleted is `unauthorised`, without a loop', async () => {
    const world = await arrangeGoogle();
    world.fake.auth.revoke();

    const kind = await kindOf(readOne(world, refOf('www', world.zones.home)));

    expect(kind).toBe('unauthorised');
    expect(world.requests).toHaveLength(1);
  });

  it.each([
    ['no JSON', 'not json, but a secret'],
    ['another file', JSON.stringify({ type: 'authorized_user', client_secret: 'a secret' })],
    ['a broken key', keyFile({ private_key: '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n' })],
  ])('needs a key file: %s is refused without a word of it', async (_, text) => {
    const world = await arrangeGoogle();
    world.setKeyFile(text);

    const told = await refusal(readOne(world, refOf('www', world.zones.home)));

    expect(told).toContain('serviceAccountKey is not the JSON key file');
    expect(told).not.toMatch(/a secret|c2Vj/);
    expect(world.requests).toEqual([]);
  });
});

describe('settings', () => {
  it('name the key that is wrong', () => {
    const wrong = { ...GOOGLE_CONFIG, settings: { project: 'dns-prod-1', tokenEndpoint: 'nowhere' } };

    expect(() => settingsOf(wrong)).toThrow(/provider dns-1: settings\.tokenEndpoint: /);
    expect(() => settingsOf({ ...GOOGLE_CONFIG, settings: {} })).toThrow(/settings\.project/);
  });

  it('let the machine say who it is', async () => {
    const world = await arrangeGoogle({
      config: { settings: { project: 'dns-prod-1', identity: 'metadata-server', tokenEndpoint: TOKEN_ENDPOINT } },
    });
    world.setKeyFile(null);

    await kindOf(readOne(world, refOf('www', world.zones.home)));

    expect(world.requests[0]).toMatchObject({ method: 'GET', headers: { 'metadata-flavor': 'Google' }, body: '' });
  });
});
