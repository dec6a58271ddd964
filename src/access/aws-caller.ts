import type { Identity } from '../domain/config.ts';

/** What `sts:GetCallerIdentity` says about who is calling, taken apart. */
export type AwsCaller =
  | { readonly kind: 'user'; readonly arn: string }
  | { readonly kind: 'role-session'; readonly account: string; readonly role: string; readonly session: string }
  | { readonly kind: 'other' };

const SESSION = /^arn:(aws[\w-]*):sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/;
const USER = /^arn:aws[\w-]*:iam::\d{12}:user\/.+$/;
const ROLE = /^arn:(aws[\w-]*):iam::(\d{12}):role\/(?:.+\/)?([^/]+)$/;

/**
 * Formats: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html (read November 2026). The account's
 * root, federated users and services name no person.
 */
export const awsCaller = (arn: string): AwsCaller => {
  const session = SESSION.exec(arn);
  if (session !== null) {
    const [, partition = '', account = '', role = '', name = ''] = session;
    return { kind: 'role-session', account: `${partition}:${account}`, role, session: name };
  }
  return USER.test(arn) ? { kind: 'user', arn } : { kind: 'other' };
};

/** STS leaves out a role's path, so roles are compared by account and name; a name is unique within an account. */
const isSameRole = (roleArn: string, caller: Extract<AwsCaller, { kind: 'role-session' }>): boolean => {
  const [, partition = '', account = '', role = ''] = ROLE.exec(roleArn) ?? [];
  return role !== '' && `${partition}:${account}` === caller.account && role === caller.role;
};

/**
 * Whether a caller is the identity that the config names. Whoever assumes a role may choose the session's name, unless the
 * role's trust policy pins it: so the name counts only in an `aws-session` identity, and a role named as a plain principal
 * stands for everybody who can assume it. An assumed-role ARN written out as a plain principal would let the name count
 * by the back door, and never matches.
 */
export const isAwsIdentity = (identity: Identity, caller: AwsCaller): boolean => {
  if (identity.door === 'aws-session') {
    return (
      caller.kind === 'role-session' && isSameRole(identity.roleArn, caller) && identity.sessionName === caller.session
    );
  }
  if (identity.door !== 'aws') return false;
  if (caller.kind === 'user') return identity.arn === caller.arn;
  return caller.kind === 'role-session' && isSameRole(identity.arn, caller);
};
