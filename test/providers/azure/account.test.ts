import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../../providers/errors.ts';
import { openProvider } from '../../../providers/registry.ts';
import { AZURE_CONFIG, arrangeAzure } from '../../contracts/steering/azure-world.ts';
import { kindOf, never, readOne, refOf } from '../../contracts/steering/world.ts';
import { providerDeps } from '../../support/provider-deps.ts';

const WWW = refOf('www', 'home');
const HOUR_MS = 3_600_000;

const failureOf = async (work: Promise<unknown>): Promise<ProviderError> => {
  try {
    await work;
  } catch (failure) {
    if (failure instanceof ProviderError) return failure;
  }
  throw new Error('it did not fail as a provider does');
};

describe('an account at Azure', () => {
  it('logs in once for many calls, and again before the token ends', async () => {
    const { world, fake, clock } = await arrangeAzure();
    for (let call = 0; call < 5; call += 1) await readOne(world, WWW);
    const early = fake.counts().logins;

    await clock.advance(HOUR_MS - 200_000);
    await readOne(world, WWW);

    expect(early).toBe(1);
    expect(fake.counts().logins).toBe(2);
  });

  it('logs in once for calls side by side', async () => {
    const { world, fake } = await arrangeAzure();
    fake.revokeTokens();

    await Promise.all([readOne(world, WWW), readOne(world, WWW), readOne(world, WWW)]);

    expect(fake.counts().logins).toBe(2);
  });

  it('fetches a new token once when the last one is refused', async () => {
    const { world, fake } = await arrangeAzure();
    fake.revokeTokens();

    const state = await readOne(world, WWW);

    expect(state.members).toHaveLength(3);
    expect(fake.counts().logins).toBe(2);
  });

  it('takes a new secret from the next call on', async () => {
    const { world, fake, secrets } = await arrangeAzure();
    fake.changeSecret('secret-2');
    secrets.current = 'secret-2';

    await readOne(world, WWW);

    expect(fake.counts().logins).toBe(2);
  });

  it('asks for no login again with a secret that was just refused, and says nothing secret', async () => {
    const { world, fake, secrets, clock } = await arrangeAzure();
    secrets.current = 'hunter2';
    const failure = await failureOf(world.steering.read([WWW], never()));
    const before = fake.counts().requests;

    const again = await kindOf(world.steering.read([WWW], never()));
    const asked = fake.counts().requests - before;
    secrets.current = 'secret-1';
    await clock.advance(1);
    const after = await kindOf(world.steering.read([WWW], never()));

    expect(failure.kind).toBe('unauthorised');
    expect(failure.message).toMatch(/invalid_client AADSTS7000215/);
    expect(failure.message).not.toContain('hunter2');
    expect([again, asked, after]).toEqual(['unauthorised', 0, 'ok']);
  });

  it('says unauthorised when the secret is nowhere', async () => {
    const { steering } = await openProvider(AZURE_CONFIG, null, providerDeps());

    const failure = await failureOf(steering.read([WWW], never()));

    expect(failure.message).toMatch(/clientSecret: the environment variable AZURE_SECRET is empty or missing/);
  });

  it('says how long Azure asks to wait when it throttles', async () => {
    const { world, fake } = await arrangeAzure();
    fake.faults.add({ fault: 'throttled' });

    const failure = await failureOf(world.steering.read([WWW], never()));

    expect(failure.kind).toBe('throttled');
    expect(failure.message).toMatch(/ask again after 17 s/);
  });

  it('says that it is busy, not that somebody else has edited, while another change is under way', async () => {
    const { world, fake } = await arrangeAzure();
    fake.faults.add({ fault: 'busy' });

    expect(await kindOf(world.steering.read([WWW], never()))).toBe('busy');
  });

  it('refuses settings that are incomplete, before anything is called', async () => {
    const { profiles: _, tenantId: __, ...settings } = AZURE_CONFIG.settings ?? {};

    const failure = await failureOf(openProvider({ ...AZURE_CONFIG, settings }, null, providerDeps()));

    expect(failure.kind).toBe('rejected');
    expect(failure.message).toMatch(/settings of Azure: tenantId/);
  });

  it.each(['http://login.example.com', 'ftp://127.0.0.1', 'login'])(
    'sends the secret to no such place: %s',
    async (login) => {
      const settings = { ...AZURE_CONFIG.settings, login };

      expect(await kindOf(openProvider({ ...AZURE_CONFIG, settings }, null, providerDeps()))).toBe('rejected');
    },
  );

  it('refuses a resource group that would ask for another resource', async () => {
    const settings = { ...AZURE_CONFIG.settings, subscriptionId: '../other' };

    expect(await kindOf(openProvider({ ...AZURE_CONFIG, settings }, null, providerDeps()))).toBe('rejected');
  });
});
