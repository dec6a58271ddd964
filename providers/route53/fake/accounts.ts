import { Refusal } from './refusal.ts';
import { readScope } from './signature.ts';
import type { FakeRequest } from './wire.ts';

export type RoleOptions = {
  readonly name: string;
  /** Account ids that may assume the role. */
  readonly trusts: readonly string[];
  readonly externalId?: string;
};

export type AccountOptions = {
  /** Twelve digits. */
  readonly id: string;
  readonly userName: string;
  readonly accessKeyIds: readonly string[];
  readonly roles?: readonly RoleOptions[];
};

/** Who signed a request. */
export type Identity = { readonly accountId: string; readonly arn: string; readonly userId: string };

type Session = Identity & { readonly sessionToken: string; readonly expiresAt: number };

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
};

/** The accounts of the local world: the one directory that the Route 53 and the STS fake share, so that a role assumed at one is known to the other. */
export type AwsAccounts = {
  /** The signer of a request that must be signed for `service` (and `region`, where it is given); a refusal otherwise. */
  readonly authenticate: (request: FakeRequest, service: string, region?: string) => Identity;
  readonly assume: (
    caller: Identity,
    roleArn: string,
    sessionName: string,
    externalId: string | undefined,
    seconds: number,
  ) => Credentials & { readonly identity: Identity };
};

const denied = (message: string): Refusal => new Refusal('AccessDenied', 403, message);

/**
 * Signatures are not computed: the fakes know no secrets. What is checked is who signed, for which service and region, and
 * that a session is still valid. `maxSkewMs` is the age a signature may have (AWS: five minutes); without a limit by default,
 * because an SDK signs with the machine's clock also while the world runs on a virtual one.
 */
export const createAwsAccounts = (
  accounts: readonly AccountOptions[],
  now: () => number,
  maxSkewMs = Number.POSITIVE_INFINITY,
): AwsAccounts => {
  const users = new Map<string, Identity>();
  const sessions = new Map<string, Session>();
  for (const { id, userName, accessKeyIds } of accounts)
    for (const key of accessKeyIds)
      users.set(key, {
        accountId: id,
        arn: `arn:aws:iam::${id}:user/${userName}`,
        userId: `AIDA${id}${userName}`.toUpperCase(),
      });

  const sessionOf = (accessKeyId: string, token: string | undefined): Identity | undefined => {
    const session = sessions.get(accessKeyId);
    if (session === undefined) return undefined;
    if (session.sessionToken !== token)
      throw new Refusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
    if (session.expiresAt <= now())
      throw new Refusal('ExpiredToken', 403, 'The security token included in the request is expired');
    return { accountId: session.accountId, arn: session.arn, userId: session.userId };
  };

  return {
    authenticate: (request, service, region) => {
      const scope = readScope(request, { service, region, at: now(), maxSkewMs });
      const identity =
        users.get(scope.accessKeyId) ?? sessionOf(scope.accessKeyId, request.headers['x-amz-security-token']);
      if (identity === undefined)
        throw new Refusal('InvalidClientTokenId', 403, 'The security token included in the request is invalid.');
      return identity;
    },
    assume: (caller, roleArn, sessionName, externalId, seconds) => {
      const refused = denied(
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
      );
      const [, accountId = '', roleName = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
      const role = accounts.find(({ id }) => id === accountId)?.roles?.find(({ name }) => name === roleName);
      if (role === undefined || !role.trusts.includes(caller.accountId)) throw refused;
      if (role.externalId !== undefined && role.externalId !== externalId) throw refused;
      const number = String(sessions.size + 1).padStart(12, '0');
      const identity: Identity = {
        accountId,
        arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
        userId: `AROA${number}:${sessionName}`,
      };
      const credentials: Credentials = {
        accessKeyId: `ASIA${number}`,
        secretAccessKey: `sandbox-secret-${number}`,
        sessionToken: `sandbox-session-${number}`,
        expiresAt: now() + seconds * 1000,
      };
      const { accessKeyId, sessionToken, expiresAt } = credentials;
      sessions.set(accessKeyId, { ...identity, sessionToken, expiresAt });
      return { ...credentials, identity };
    },
  };
};
