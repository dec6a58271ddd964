import { z } from 'zod';
import { choice, count, duration, text, url } from '../leaf.ts';
import { ROLES, secretSource } from './people.ts';

const id = (description: string, kind: string, pattern: RegExp) =>
  text(description, `the id of a Slack ${kind}`, pattern);

const channel = (description: string) => id(description, 'channel such as C0123ABCD', /^[CG][A-Z0-9]{1,20}$/);
const userGroup = (description: string) => id(description, 'user group such as S0123ABCD', /^S[A-Z0-9]{1,20}$/);

export const SECOND_FACTOR = ['start', 'approve', 'break-glass'] as const;

const transport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('socket'),
    appTokenFrom: secretSource.describe('The app-level token, xapp-….'),
  }),
  z.strictObject({
    kind: z.literal('http'),
    signingSecretFrom: secretSource.describe('The signing secret of the app.'),
    port: count('Port on which steer listens for Slack.', { from: 1, to: 65_535 }),
  }),
]);

/** The Slack workspace; what a person is called there stands with the person. */
export const slack = z.strictObject({
  team: id('Id of the workspace.', 'workspace such as T0123ABCD', /^T[A-Z0-9]{1,20}$/),
  enterprise: id(
    'Id of the Enterprise Grid. Left out: none.',
    'enterprise such as E0123ABCD',
    /^E[A-Z0-9]{1,20}$/,
  ).optional(),
  botTokenFrom: secretSource.describe('The bot token, xoxb-….'),
  transport: transport.describe('How Slack reaches steer.'),
  channel: channel('Where live messages and requests for approval are posted.'),
  channels: z
    .array(channel('A channel.'))
    .describe('Further channels in which moves may be asked for; hold works everywhere.')
    .optional(),
  approversGroup: userGroup('Mentioned when a person is needed. Left out: nobody.').optional(),
  groups: z
    .array(
      z.strictObject({
        group: userGroup('A user group. Whoever may edit it in Slack may give the role away.'),
        role: choice('The role of its members who are no person of their own in this file.', ROLES),
      }),
    )
    .describe('Roles by user group. Left out: only the people of this file may do anything.')
    .optional(),
  membershipMaximumAge: duration('How long a looked-up membership counts.', { from: 1000, to: 3_600_000 }),
  secondFactor: z
    .array(choice('What takes a one-time code in Slack, too.', SECOND_FACTOR))
    .describe('Deeds for which being logged in to Slack is not enough. Left out: none. Never hold.')
    .optional(),
  endpoint: url('The Web API, for a workspace on this machine. Left out: that of Slack.').optional(),
});
