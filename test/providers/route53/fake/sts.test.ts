import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { createAwsAccounts } from '../../../../providers/route53/fake/accounts.ts';
import { createStsFake } from '../../../../providers/route53/fake/sts.ts';
import { createRoute53Fake } from '../../../../providers/route53/fake.ts';
import { createInProcessHandler } from '../../../../src/sandbox/in-process-handler.ts';
import { ACCOUNT, KEY, OTHER_ACCOUNT, OTHER_KEY, refusalOf, standingClock } from './arrange.ts';

type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };

const arrange = () => {
  const clock = standingClock();
  const accounts = createAwsAccounts(
    [
      { id: ACCOUNT, userName: 'steer', accessKeyIds: [KEY] },
      {
        id: OTHER_ACCOUNT,
        userName: 'owner',
        accessKeyIds: [OTHER_KEY],
        roles: [
          { name: 'steer-dns', trusts: [ACCOUNT] },
          { name: 'guarded', trusts: [ACCOUNT], externalId: 'shared' },
        ],
      },
    ],
    clock.now,
  );
  const sts = createStsFake(accounts);
  const route53 = createRoute53Fake({ now: clock.now, random: () => 0, accounts });
  route53.createZone({ accountId: OTHER_ACCOUNT, name: 'owned.test' });
  const settings = (credentials: Keys) => ({ region: 'us-east-1', credentials, maxAttempts: 1 });
  return {
    clock,
    sts,
    stsAs: (keys: Keys) =>
      new STSClient({
        ...settings(keys),
        endpoint: 'http://sts.invalid',
        requestHandler: createInProcessHandler(sts.handle),
      }),
    route53As: (keys: Keys) =>
      new Route53Client({
        ...settings(keys),
        endpoint: 'http://r53.invalid',
        requestHandler: createInProcessHandler(route53.handle),
      }),
  };
};

const user: Keys = { accessKeyId: KEY, secretAccessKey: 'x' };

const assume = async (
  world: ReturnType<typeof arrange>,
  role: string,
  over: { ExternalId?: string; DurationSeconds?: number } = {},
) => {
  const answer = await world.stsAs(user).send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/${role}`,
      RoleSessionName: 'operator-1',
      ...over,
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = answer.Credentials ?? {};
  return { keys: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }, answer };
};

describe('STS', () => {
  it('says who is asking', async () => {
    const world = arrange();

    const who = await world.stsAs(user).send(new GetCallerIdentityCommand({}));

    expect([who.Account, who.Arn]).toEqual([ACCOUNT, `arn:aws:iam::${ACCOUNT}:user/steer`]);
    expect(who.UserId).toMatch(/^AIDA/);
  });

  it('lends a role whose session is the other account everywhere', async () => {
    const world = arrange();

    const { keys, answer } = await assume(world, 'steer-dns', { DurationSeconds: 900 });
    const who = await world.stsAs(keys).send(new GetCallerIdentityCommand({}));
    const zones = await world.route53As(keys).send(new ListHostedZonesCommand({}));

    expect(who.Arn).toBe(`arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/steer-dns/operator-1`);
    expect(answer.Credentials?.Expiration?.getTime()).toBe(world.clock.now() + 900_000);
    expect(zones.HostedZones?.map((zone) => zone.Name)).toEqual(['owned.test.']);
  });

  it('ends a session when its time is over, and refuses one without its token', async () => {
    const world = arrange();
    const { keys } = await assume(world, 'steer-dns', { DurationSeconds: 900 });
    const ask = (as: Keys) => refusalOf(world.route53As(as).send(new ListHostedZonesCommand({})));

    const withoutToken = await ask({ accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey });
    world.clock.pass(899_999);
    const valid = await ask(keys);
    world.clock.pass(1);
    const expired = await ask(keys);

    expect([withoutToken.name, valid.name, expired.name]).toEqual(['InvalidClientTokenId', 'accepted', 'ExpiredToken']);
  });

  it('refuses roles that do not trust the caller, wrong external ids, bad durations and unknown keys', async () => {
    const world = arrange();
    const stranger = world.stsAs({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' });
    const owner = world.stsAs({ accessKeyId: OTHER_KEY, secretAccessKey: 'x' });
    const own = new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/steer-dns`,
      RoleSessionName: 'operator-1',
    });

    const names = await Promise.all(
      [
        assume(world, 'missing'),
        owner.send(own),
        assume(world, 'guarded'),
        assume(world, 'guarded', { ExternalId: 'shared' }),
        assume(world, 'steer-dns', { DurationSeconds: 60 }),
        stranger.send(new GetCallerIdentityCommand({})),
      ].map(async (promise) => (await refusalOf(promise)).name),
    );

    expect(names).toEqual([
      'AccessDenied',
      'AccessDenied',
      'AccessDenied',
      'accepted',
      'ValidationError',
      'InvalidClientTokenId',
    ]);
  });

  it('can be down', async () => {
    const world = arrange();
    world.sts.setDown(true);

    const refusal = await refusalOf(world.stsAs(user).send(new GetCallerIdentityCommand({})));

    expect(refusal).toMatchObject({ name: 'ServiceUnavailable', status: 503 });
  });
});
