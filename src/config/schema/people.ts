import { z } from 'zod';
import { choice, environmentVariable, filePath, flag, text } from '../leaf.ts';

export const secretSource = z
  .strictObject({
    env: environmentVariable('Name of the environment variable that holds the secret.').optional(),
    file: filePath('Path of the file that holds the secret.').optional(),
  })
  .describe('Where a secret is found: exactly one of env and file.');

const ARN = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,512}$/;

const arn = (description: string) => text(description, 'an ARN such as arn:aws:iam::123456789012:role/on-call', ARN);

const account = (description: string) => text(description, 'an account name', /^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}$/);

const identity = z.discriminatedUnion('door', [
  z.strictObject({ door: z.literal('os'), user: account('Account of the operating system; at most operator counts.') }),
  z.strictObject({ door: z.literal('aws'), arn: arn('IAM principal that belongs to this person alone.') }),
  z.strictObject({
    door: z.literal('aws-session'),
    roleArn: arn('Role that pins the name of its sessions, so that it names a person.'),
    sessionName: text('Name of the session.', 'a session name of 2 to 64 characters', /^[\w+=,.@-]{2,64}$/),
  }),
  z.strictObject({
    door: z.literal('slack'),
    team: text('Id of the Slack workspace.', 'a Slack team id such as T0123ABCD', /^[TE][A-Z0-9]{1,20}$/),
    user: text('Id of the Slack member.', 'a Slack user id such as U0123ABCD', /^[UW][A-Z0-9]{1,20}$/),
  }),
  z.strictObject({ door: z.literal('sandbox'), user: account('Exists only while every endpoint is loopback.') }),
]);

export const ROLES = ['viewer', 'responder', 'operator', 'approver', 'admin'] as const;

export const person = z.strictObject({
  role: choice('What this person may do; each role includes those before it.', ROLES),
  identities: z.array(identity).describe('How steer knows this person at each door.'),
  shared: flag('An identity that several people use cannot ask and approve in one run. Left out: false.').optional(),
  totpSecretFrom: secretSource.optional().describe('Secret of the one-time passwords of this person. Left out: none.'),
});
