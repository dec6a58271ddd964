import type { AwsAccounts } from './accounts.ts';
import { Refusal } from './refusal.ts';
import type { FakeHandler, FakeRequest } from './wire.ts';
import { branch, leaf, rootBranch } from './xml.ts';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const VERSION = '2011-06-15';

export type StsFake = {
  readonly handle: FakeHandler;
  /** Takes the service away (503), or brings it back. */
  readonly setDown: (isDown: boolean) => void;
};

const validation = (message: string): Refusal => new Refusal('ValidationError', 400, message);

const required = (form: URLSearchParams, name: string): string => {
  const value = form.get(name);
  if (value === null || value === '')
    throw validation(`1 validation error detected: Value null at '${name}' must not be null`);
  return value;
};

const getCallerIdentity = (accounts: AwsAccounts, request: FakeRequest): string => {
  const { arn, userId, accountId } = accounts.authenticate(request, 'sts');
  return branch('GetCallerIdentityResult', leaf('Arn', arn), leaf('UserId', userId), leaf('Account', accountId));
};

const assumeRole = (accounts: AwsAccounts, request: FakeRequest, form: URLSearchParams): string => {
  const caller = accounts.authenticate(request, 'sts');
  const session = required(form, 'RoleSessionName');
  if (!/^[\w+=,.@-]{2,64}$/.test(session))
    throw validation(`1 validation error detected: Value '${session}' at 'roleSessionName'`);
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200)
    throw validation(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' must be between 900 and 43200`,
    );
  const externalId = form.get('ExternalId') ?? undefined;
  const made = accounts.assume(caller, required(form, 'RoleArn'), session, externalId, seconds);
  return branch(
    'AssumeRoleResult',
    branch('AssumedRoleUser', leaf('AssumedRoleId', made.identity.userId), leaf('Arn', made.identity.arn)),
    branch(
      'Credentials',
      leaf('AccessKeyId', made.accessKeyId),
      leaf('SecretAccessKey', made.secretAccessKey),
      leaf('SessionToken', made.sessionToken),
      leaf('Expiration', new Date(made.expiresAt).toISOString()),
    ),
  );
};

const perform = (accounts: AwsAccounts, request: FakeRequest): readonly [string, string] => {
  const form = new URLSearchParams(request.body);
  const action = required(form, 'Action');
  if (form.get('Version') !== VERSION)
    throw new Refusal('InvalidAction', 400, `Could not find version ${form.get('Version')}`);
  switch (action) {
    case 'GetCallerIdentity':
      return [action, getCallerIdentity(accounts, request)];
    case 'AssumeRole':
      return [action, assumeRole(accounts, request, form)];
    default:
      throw new Refusal('InvalidAction', 400, `Could not find operation ${action} for version ${VERSION}`);
  }
};

/** The part of STS that says who is asking: GetCallerIdentity and AssumeRole, over the query protocol. */
export const createStsFake = (accounts: AwsAccounts): StsFake => {
  let isDown = false;
  let requests = 0;
  return {
    setDown: (wanted) => {
      isDown = wanted;
    },
    handle: async (request) => {
      requests += 1;
      const requestId = `00000000-0000-4000-a000-${requests.toString(16).padStart(12, '0')}`;
      const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
      try {
        if (isDown) throw new Refusal('ServiceUnavailable', 503, 'Service is unavailable, please retry');
        const [action, result] = perform(accounts, request);
        const metadata = branch('ResponseMetadata', leaf('RequestId', requestId));
        return { status: 200, headers, body: rootBranch(`${action}Response`, NAMESPACE, result, metadata) };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const body = branch('Error', leaf('Type', 'Sender'), leaf('Code', error.code), leaf('Message', error.message));
        return {
          status: error.status,
          headers,
          body: rootBranch('ErrorResponse', NAMESPACE, body, leaf('RequestId', requestId)),
        };
      }
    },
  };
};
