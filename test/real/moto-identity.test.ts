import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsCredentials, timedTransport } from '../../providers/aws-credentials.ts';
import { callerIdentity } from '../../providers/sts.ts';
import { kindOf, never, refOf, weightsOf } from '../contracts/steering/world.ts';
import { accountAt, consoleAt, makeZone, openAccount, put, weighted } from './support/account.ts';
import { startMoto } from './support/moto.ts';
import type { StartedServer } from './support/server.ts';

const OTHER = '444455556666';
const ROLE = { roleArn: `arn:aws:iam::${OTHER}:role/steer-operator`, externalId: 'x-1' };

let server: StartedServer;
beforeAll(async () => {
  server = await startMoto();
}, 180_000);
afterAll(async () => server.stop());

/** The SDK alone, in the account of the role. */
const consoleOfRole = () =>
  consoleAt(server.url, awsCredentials(accountAt(server.url, { assumeRole: ROLE }), {}, timedTransport()));

const identityWith = (assumeRole: typeof ROLE | null) => {
  const transport = timedTransport();
  const credentials = awsCredentials(accountAt(server.url, { assumeRole }), {}, transport);
  return callerIdentity({ credentials, region: 'us-west-2', transport, endpoint: server.url }, never());
};

describe('who is asking, by an STS of others', () => {
  it('is an identity without a session where no role is assumed', async () => {
    const identity = await identityWith(null);

    expect(identity.arn).toMatch(/^arn:aws:(sts|iam)::[0-9]{12}:/);
    expect(identity.sessionName).toBeNull();
  });

  it('is the account and the session of the role that config names', async () => {
    const identity = await identityWith(ROLE);

    expect(identity).toEqual({
      arn: `arn:aws:sts::${OTHER}:assumed-role/steer-operator/steer`,
      account: OTHER,
      sessionName: 'steer',
    });
  });

  it('decides which zones are seen: the role sees its own account and nothing of the first', async () => {
    const mine = await makeZone(consoleAt(server.url), 'example.com');
    const theirs = await makeZone(consoleOfRole(), 'example.com');
    await put(consoleOfRole(), theirs, [weighted('www.example.com.', 'east', 100)]);
    const account = await openAccount(accountAt(server.url, { assumeRole: ROLE }));

    const [reading] = await account.steering.read([refOf('www', theirs)], never());
    const foreign = await kindOf(account.steering.read([refOf('www', mine)], never()));

    expect(reading?.sets.map(weightsOf)).toEqual([{ east: 100 }]);
    expect(foreign).toBe('not-found');
  });
});
