import {
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { RecordSet } from '../../../../providers/route53/fake/records.ts';
import { createRoute53Fake, type Route53Fake, type Route53FakeOptions } from '../../../../providers/route53/fake.ts';
import { createInProcessHandler } from '../../../../src/sandbox/in-process-handler.ts';

export const START = Date.UTC(2026, 10, 20, 12);
export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';
export const KEY = 'AKIASANDBOX1';
export const OTHER_KEY = 'AKIASANDBOX2';

/** A clock that stands until it is moved. */
export const standingClock = () => {
  let at = START;
  return {
    now: () => at,
    pass: (ms: number) => {
      at += ms;
    },
  };
};

/** Uniform in [0, 1), the same numbers for the same seed (xorshift32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

export const accounts = [
  { id: ACCOUNT, userName: 'steer', accessKeyIds: [KEY] },
  { id: OTHER_ACCOUNT, userName: 'steer', accessKeyIds: [OTHER_KEY] },
];

export const clientOf = (fake: Route53Fake, accessKeyId = KEY, region = 'us-east-1'): Route53Client =>
  new Route53Client({
    region,
    endpoint: 'http://route53.invalid',
    credentials: { accessKeyId, secretAccessKey: 'not-secret' },
    maxAttempts: 1,
    requestHandler: createInProcessHandler(fake.handle),
  });

export const weighted = (id: string, weight: number, value: string, over: Partial<RecordSet> = {}): RecordSet => ({
  name: 'www.example.com.',
  type: 'A',
  setIdentifier: id,
  weight,
  ttlSeconds: 60,
  values: [value],
  ...over,
});

export const EAST = '192.0.2.1';
export const WEST = '198.51.100.5';

/** A fake with the zone `example.com.` that holds `records`, and an SDK client in the same process. */
export const arrange = (
  options: Partial<Route53FakeOptions> = {},
  records: readonly RecordSet[] = [weighted('east', 100, EAST), weighted('west', 100, WEST)],
) => {
  const clock = standingClock();
  const fake = createRoute53Fake({ now: clock.now, random: seeded(7), accounts, throttling: 'off', ...options });
  const zoneId = fake.createZone({ accountId: ACCOUNT, name: 'example.com', records });
  return { clock, fake, zoneId, client: clientOf(fake) };
};

/** The same set as the SDK writes it. */
export const sdkSet = (
  id: string,
  weight: number,
  value: string,
  over: Partial<ResourceRecordSet> = {},
): ResourceRecordSet => ({
  Name: 'www.example.com.',
  Type: 'A',
  SetIdentifier: id,
  Weight: weight,
  TTL: 60,
  ResourceRecords: [{ Value: value }],
  ...over,
});

export const change = (action: ChangeAction, set: ResourceRecordSet) => ({ Action: action, ResourceRecordSet: set });

/** The error a promise rejects with, by what a client may branch on. */
export const refusalOf = async (
  promise: Promise<unknown>,
): Promise<{
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
  readonly code?: string;
}> => {
  try {
    await promise;
  } catch (error) {
    const { name, message, $metadata, code } = error as Error & {
      $metadata?: { httpStatusCode?: number };
      code?: string;
    };
    return { name, status: $metadata?.httpStatusCode, message, ...(code === undefined ? {} : { code }) };
  }
  return { name: 'accepted', status: 200, message: '' };
};

export type World = ReturnType<typeof arrange>;

export const alone = [weighted('east', 100, EAST)];

/** A conditional move of the set `east`. */
export const setWeight = (world: World, from: number, to: number) =>
  world.client.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: world.zoneId,
      ChangeBatch: {
        Changes: [change('DELETE', sdkSet('east', from, EAST)), change('CREATE', sdkSet('east', to, EAST))],
      },
    }),
  );

/** The weight of `east` as both planes see it. */
export const weights = (world: World) => {
  const { control, data } = world.fake.zone(world.zoneId);
  const of = (sets: typeof control) => sets.find((set) => set.setIdentifier === 'east')?.weight;
  return { control: of(control), data: of(data) };
};
