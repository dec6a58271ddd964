import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { z } from 'zod';
import type { AwsCredentials, AwsTransport } from './aws-credentials.ts';
import { ProviderError } from './errors.ts';

/** Who is asking, as AWS sees it. */
export interface CallerIdentity {
  readonly arn: string;
  readonly account: string;
  /** Name of an assumed role's session. It names a person only where the role pins it; null for anything but a session. */
  readonly sessionName: string | null;
}

export interface CallerIdentityDeps {
  readonly credentials: AwsCredentials;
  /** The STS of this region is asked: the global endpoint stands in us-east-1. */
  readonly region: string;
  readonly transport: AwsTransport;
  /** Null for AWS's own. */
  readonly endpoint: string | null;
}

const ANSWER = z.object({ Arn: z.string().min(1), Account: z.string().min(1) });

/** `arn:aws:sts::111122223333:assumed-role/Role/session` → `session`. */
export const sessionNameOf = (arn: string): string | null =>
  /^arn:[^:]+:sts::[0-9]+:assumed-role\/[^/]+\/([^/]+)$/.exec(arn)?.[1] ?? null;

const unknownCaller = (region: string, cause: unknown): ProviderError =>
  new ProviderError(
    'unauthorised',
    `STS in ${region} does not say who is asking; check the credentials with \`aws sts get-caller-identity\``,
    { cause },
  );

/** Throws `unauthorised` when AWS does not know the caller or cannot be asked: no identity is made up. */
export const callerIdentity = async (deps: CallerIdentityDeps, signal: AbortSignal): Promise<CallerIdentity> => {
  const client = new STSClient({
    region: deps.region,
    credentials: deps.credentials,
    requestHandler: deps.transport,
    maxAttempts: 1,
    ...(deps.endpoint === null ? {} : { endpoint: deps.endpoint }),
  });
  try {
    const { Arn, Account } = ANSWER.parse(await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal }));
    return { arn: Arn, account: Account, sessionName: sessionNameOf(Arn) };
  } catch (cause) {
    throw unknownCaller(deps.region, cause);
  }
};
