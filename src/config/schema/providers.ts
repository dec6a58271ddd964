import { z } from 'zod';
import { VENDORS } from '../../../providers/registry.ts';
import { choice, duration, environmentVariable, filePath, text, url, vendorAddress } from '../leaf.ts';
import { secretSource } from './people.ts';

const [FIRST_VENDOR = 'route53', ...OTHER_VENDORS] = VENDORS.map(({ vendor }) => vendor);
const VENDOR_NAMES = [FIRST_VENDOR, ...OTHER_VENDORS] as const;

export const AWS_REGION = /^(?:[a-z]{2,4}(?:-[a-z]+){1,3}-\d)$/;

const awsRegion = (description: string) => text(description, 'an AWS region such as us-east-1', AWS_REGION);

const credentials = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('aws-default-chain') }),
  z.strictObject({
    kind: z.literal('environment'),
    accessKeyId: environmentVariable('Name of the environment variable with the access key id.'),
    secretAccessKey: environmentVariable('Name of the environment variable with the secret access key.'),
  }),
  z.strictObject({
    kind: z.literal('sandbox'),
    accountId: text('Account of the local sandbox.', 'an account id of twelve digits, in quotes', /^\d{12}$/),
  }),
  z.strictObject({
    kind: z.literal('secrets'),
    secrets: z
      .record(z.string(), secretSource)
      .describe(
        "Where each secret of the account is found, by the vendor's name for it; an empty map where none is needed.",
      ),
  }),
]);

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;

const assumeRole = z.strictObject({
  roleArn: text('Role to act as.', 'the ARN of a role, such as arn:aws:iam::123456789012:role/steer', ROLE_ARN),
  externalId: text(
    'External id that the role asks for. Left out: none.',
    'an external id',
    /^[\w+=,.@:/-]{2,1224}$/,
  ).optional(),
});

export const provider = z.strictObject({
  vendor: choice('Which vendor this account is at.', VENDOR_NAMES),
  credentials: credentials.describe('Where the credentials are found; never the credentials themselves.'),
  assumeRole: assumeRole.optional().describe('Role to take on first. Left out: none.'),
  endpoint: vendorAddress(
    "Address of the DNS control plane; `dns://host:port` for a server that speaks DNS itself. Left out: the vendor's own.",
  ).optional(),
  stsRegion: awsRegion(
    'AWS only, and needed there: region whose security token service is asked; a regional one works when another region is lost.',
  ).optional(),
  requestScheme: choice(
    'AWS only, and needed there: rate limit of the account, old is 5 requests a second, new is 10 with a burst of 50.',
    ['old', 'new'],
  ).optional(),
  settings: z
    .record(z.string(), z.json())
    .describe('What the vendor needs to know beside all this; `steer dns providers` lists the keys.')
    .optional(),
  cloudwatchEndpoint: url("Address of CloudWatch. Left out: the vendor's own.").optional(),
  expectedPropagation: duration(
    'How long a change normally takes to reach every name server: when steer first asks. Left out: what the vendor says.',
    { from: 1000, to: 600_000 },
  ).optional(),
  nameServers: z
    .array(text('One authoritative server.', 'host:port', /^(?:\[[0-9a-f:]+\]|[A-Za-z0-9.-]+):\d{1,5}$/))
    .describe('Authoritative servers asked after every step. Left out: those that DNS names for the zone.')
    .optional(),
});

export const store = z.strictObject({
  kind: choice('Where the journal is kept.', ['sqlite', 'memory']),
  path: filePath('File of the journal.'),
  region: text('Region where the store and `steer serve` stand, or `outside`.', 'a region of the fleet or outside'),
});

export const notification = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('log') }),
  z.strictObject({ kind: z.literal('webhook'), urlFrom: secretSource.describe('Where the address is found.') }),
]);
