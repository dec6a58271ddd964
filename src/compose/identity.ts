import { userInfo } from 'node:os';
import { awsCredentials, timedTransport } from '../../providers/aws-credentials.ts';
import { callerIdentity } from '../../providers/sts.ts';
import { type Presented, standingOf } from '../access/standing.ts';
import type { Config } from '../domain/config.ts';
import type { Mount } from './mount.ts';

/** Long enough for a regional STS, short enough for somebody who wants to hold now. */
const STS_MS = 2500;

const AWS_SIGNS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
];

/**
 * Who sits at this terminal: the AWS caller identity where the environment has one and the config maps some person by AWS,
 * else the operating-system account. STS that does not answer is no reason to keep anybody out: the account counts then,
 * which is at most an operator.
 */
export const whoIsHere = async (config: Config | null, mount: Mount): Promise<Presented> => {
  const account: Presented = { door: 'os', user: userInfo().username };
  const mapsAws =
    config?.people.some(({ identities }) => identities.some(({ door }) => door.startsWith('aws'))) ?? false;
  const hasAws = AWS_SIGNS.some((name) => (mount.environment[name] ?? '') !== '');
  const provider = config?.providers.find(({ vendor }) => vendor === 'route53');
  if (!mapsAws || !hasAws || provider === undefined) return account;
  try {
    const transport = mount.aws ?? timedTransport();
    const own = { ...provider, assumeRole: null, credentials: { kind: 'aws-default-chain' as const } };
    const { arn } = await callerIdentity(
      {
        credentials: awsCredentials(own, mount.environment, transport),
        region: provider.stsRegion,
        transport,
        endpoint: null,
      },
      AbortSignal.timeout(STS_MS),
    );
    const presented: Presented = { door: 'aws', arn };
    // A role that maps to nobody must not hide an account that does: somebody may have to hold now.
    return config !== null && standingOf(config, presented).kind === 'person' ? presented : account;
  } catch {
    return account;
  }
};
