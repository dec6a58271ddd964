import { describe, expect, it } from 'vitest';
import { awsCredentials } from '../../providers/aws-credentials.ts';
import { createAwsAccounts } from '../../providers/route53/fake/accounts.ts';
import { createStsFake } from '../../providers/route53/fake/sts.ts';
import { callerIdentity, sessionNameOf } from '../../providers/sts.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { SANDBOX_CONFIG } from '../contracts/steering/route53-world.ts';
import { never } from '../contracts/steering/world.ts';

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${OTHER}:role/steer-operator`;

const arrange = () => {
  const accounts = createAwsAccounts(
    [
      { id: ACCOUNT, userName: 'operator-1', accessKeyIds: [ACCOUNT] },
      {
        id: OTHER,
        userName: 'nobody',
        accessKeyIds: [],
        roles: [{ name: 'steer-operator', trusts: [ACCOUNT], externalId: 'x-1' }],
      },
    ],
    () => Date.now(),
  );
  const fake = createStsFake(accounts);
  return { fake, transport: createInProcessHandler(fake.handle) };
};

describe('who is asking', () => {
  it('is what STS says, with no session for a user', async () => {
    const { transport } = arrange();
    const credentials = awsCredentials(SANDBOX_CONFIG, {}, transport);

    const identity = await callerIdentity({ credentials, region: 'us-west-2', transport, endpoint: null }, never());

    expect(identity).toEqual({ arn: `arn:aws:iam::${ACCOUNT}:user/operator-1`, account: ACCOUNT, sessionName: null });
  });

  it('is the assumed role with its session, asked of the regional endpoint', async () => {
    const { fake } = arrange();
    const hosts = new Set<string>();
    const transport = createInProcessHandler((request) => {
      const { host = '' } = request.headers;
      hosts.add(host);
      return fake.handle(request);
    });
    const config = { ...SANDBOX_CONFIG, assumeRole: { roleArn: ROLE, externalId: 'x-1' } };
    const credentials = awsCredentials(config, {}, transport);

    const identity = await callerIdentity({ credentials, region: 'us-west-2', transport, endpoint: null }, never());

    expect(identity).toEqual({
      arn: `arn:aws:sts::${OTHER}:assumed-role/steer-operator/steer`,
      account: OTHER,
      sessionName: 'steer',
    });
    expect([...hosts]).toEqual(['127.0.0.1:1', 'sts.us-west-2.amazonaws.com']);
  });

  it.each([
    ['STS is down', true, 'x-1'],
    ['the role wants another external id', false, 'x-2'],
  ])('is nobody when %s', async (_, isDown, externalId) => {
    const { fake, transport } = arrange();
    fake.setDown(isDown);
    const config = { ...SANDBOX_CONFIG, assumeRole: { roleArn: ROLE, externalId } };
    const credentials = awsCredentials(config, {}, transport);

    const asked = callerIdentity({ credentials, region: 'us-west-2', transport, endpoint: null }, never());

    await expect(asked).rejects.toMatchObject({ kind: 'unauthorised' });
  });

  it.each([
    ['arn:aws:sts::111122223333:assumed-role/Admin/person@example.com', 'person@example.com'],
    ['arn:aws-us-gov:sts::111122223333:assumed-role/Admin/i-0abc', 'i-0abc'],
    ['arn:aws:iam::111122223333:user/operator-1', null],
    ['arn:aws:iam::111122223333:root', null],
    ['arn:aws:iam::111122223333:role/Admin', null],
  ])('of %s has the session name %s', (arn, name) => {
    expect(sessionNameOf(arn)).toBe(name);
  });
});
