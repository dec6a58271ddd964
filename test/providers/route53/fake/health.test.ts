import {
  CreateHealthCheckCommand,
  DeleteHealthCheckCommand,
  GetHealthCheckCommand,
  GetHealthCheckLastFailureReasonCommand,
  GetHealthCheckStatusCommand,
  type HealthCheckConfig,
  ListHealthChecksCommand,
  type Route53Client,
  UpdateHealthCheckCommand,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import type { EndpointState } from '../../../../providers/route53/fake/health.ts';
import { arrange, clientOf, OTHER_KEY, refusalOf, START } from './arrange.ts';

const https: HealthCheckConfig = {
  Type: 'HTTPS',
  FullyQualifiedDomainName: 'east.example.com',
  RequestInterval: 10,
  FailureThreshold: 2,
};

let references = 0;
const make = async (client: Route53Client, config: HealthCheckConfig): Promise<string> => {
  references += 1;
  const made = await client.send(
    new CreateHealthCheckCommand({ CallerReference: `ref-${references}`, HealthCheckConfig: config }),
  );
  return made.HealthCheck?.Id ?? '';
};

const update = (client: Route53Client, input: ConstructorParameters<typeof UpdateHealthCheckCommand>[0]) =>
  client.send(new UpdateHealthCheckCommand(input));

describe('a health check over the wire', () => {
  it('comes back with every setting it was made with', async () => {
    const { client } = arrange();
    const child = await make(client, https);
    const configs: HealthCheckConfig[] = [
      {
        Type: 'HTTP_STR_MATCH',
        IPAddress: '192.0.2.1',
        Port: 80,
        ResourcePath: '/hz',
        SearchString: 'ok',
        RequestInterval: 30,
        FailureThreshold: 3,
        MeasureLatency: true,
        Inverted: false,
        Disabled: false,
        EnableSNI: true,
        Regions: ['us-east-1', 'us-west-1', 'eu-west-1'],
      },
      { Type: 'CALCULATED', ChildHealthChecks: [child], HealthThreshold: 1, Inverted: true },
      {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Region: 'us-east-1', Name: 'errors' },
        InsufficientDataHealthStatus: 'LastKnownStatus',
      },
      {
        Type: 'RECOVERY_CONTROL',
        RoutingControlArn: 'arn:aws:route53-recovery-control::111122223333:controlpanel/p/routingcontrol/east',
      },
    ];

    const back = await Promise.all(
      configs.map(async (config) => {
        const answer = await client.send(new GetHealthCheckCommand({ HealthCheckId: await make(client, config) }));
        return answer.HealthCheck?.HealthCheckConfig;
      }),
    );

    expect(back).toEqual(configs);
  });

  it('is found again by its caller reference, and refused with another config', async () => {
    const { client } = arrange();
    const first = { CallerReference: 'once', HealthCheckConfig: https };

    const made = await client.send(new CreateHealthCheckCommand(first));
    const same = await client.send(new CreateHealthCheckCommand(first));
    const other = await refusalOf(
      client.send(new CreateHealthCheckCommand({ ...first, HealthCheckConfig: { ...https, Port: 444 } })),
    );

    expect(same.HealthCheck?.Id).toBe(made.HealthCheck?.Id);
    expect(other).toMatchObject({ name: 'HealthCheckAlreadyExists', status: 409 });
  });

  it('is updated only by who knows its version, which grows by one', async () => {
    const { client } = arrange();
    const id = await make(client, https);

    const first = await update(client, { HealthCheckId: id, HealthCheckVersion: 1, Inverted: true });
    const stale = await refusalOf(update(client, { HealthCheckId: id, HealthCheckVersion: 1, Inverted: false }));
    const kept = await client.send(new GetHealthCheckCommand({ HealthCheckId: id }));

    expect(first.HealthCheck?.HealthCheckVersion).toBe(2);
    expect(stale).toMatchObject({ name: 'HealthCheckVersionMismatch', status: 409 });
    expect(kept.HealthCheck?.HealthCheckConfig).toMatchObject({ ...https, Inverted: true });
  });

  it.each<readonly [string, HealthCheckConfig]>([
    ['without an endpoint', { Type: 'HTTP' }],
    ['with an interval of 20 seconds', { ...https, RequestInterval: 20 }],
    ['with a threshold of 11', { ...https, FailureThreshold: 11 }],
    ['that matches a string it was not given', { ...https, Type: 'HTTPS_STR_MATCH' }],
    ['of children that do not exist', { Type: 'CALCULATED', ChildHealthChecks: ['nope'], HealthThreshold: 1 }],
    ['with a health threshold of 257', { Type: 'CALCULATED', ChildHealthChecks: [], HealthThreshold: 257 }],
    ['without an alarm', { Type: 'CLOUDWATCH_METRIC' }],
  ])('%s is bad input', async (_, config) => {
    const { client } = arrange();

    const refusal = await refusalOf(make(client, config));

    expect(refusal.name).toBe('InvalidInput');
  });

  it('of another account, or one that was deleted, does not exist', async () => {
    const { client, fake } = arrange();
    const id = await make(client, https);
    const get = new GetHealthCheckCommand({ HealthCheckId: id });

    const foreign = await refusalOf(clientOf(fake, OTHER_KEY).send(get));
    await client.send(new DeleteHealthCheckCommand({ HealthCheckId: id }));
    const gone = await refusalOf(client.send(get));

    expect([foreign.name, gone.name, gone.status]).toEqual(['NoSuchHealthCheck', 'NoSuchHealthCheck', 404]);
  });

  it('is listed in pages', async () => {
    const { client } = arrange();
    const ids = [await make(client, https), await make(client, https), await make(client, https)];

    const first = await client.send(new ListHealthChecksCommand({ MaxItems: 2 }));
    const second = await client.send(new ListHealthChecksCommand({ Marker: first.NextMarker }));

    expect([...(first.HealthChecks ?? []), ...(second.HealthChecks ?? [])].map((check) => check.Id)).toEqual(ids);
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
  });

  it('tells its status in free text, one line per checker', async () => {
    const down: EndpointState = { isOk: false, since: START, reason: 'HTTP Status Code 503, Service Unavailable' };
    const { client, clock, fake } = arrange({ sources: { endpoint: () => down } });
    const id = await make(client, https);
    clock.pass(60_000);
    const calculated = await make(client, { Type: 'CALCULATED', ChildHealthChecks: [id], HealthThreshold: 1 });

    const status = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }));
    const reason = await client.send(new GetHealthCheckLastFailureReasonCommand({ HealthCheckId: id }));
    fake.forceHealth(id, true);
    const fine = await client.send(new GetHealthCheckStatusCommand({ HealthCheckId: id }));
    const unread = await refusalOf(client.send(new GetHealthCheckStatusCommand({ HealthCheckId: calculated })));

    const texts = [status, reason, fine].map((answer) => [
      ...new Set(answer.HealthCheckObservations?.map((line) => line.StatusReport?.Status)),
    ]);
    expect(texts).toEqual([
      ['Failure: HTTP Status Code 503, Service Unavailable'],
      ['Failure: HTTP Status Code 503, Service Unavailable'],
      ['Success: HTTP Status Code 200, OK'],
    ]);
    expect([status.HealthCheckObservations?.length, unread.name]).toEqual([16, 'InvalidInput']);
  });
});

describe('the health of a check', () => {
  it('follows its endpoint only after enough results in a row', async () => {
    let endpoint: EndpointState = { isOk: true, since: 0 };
    const { client, clock, fake } = arrange({ sources: { endpoint: () => endpoint } });
    const id = await make(client, https);
    clock.pass(60_000);
    endpoint = { isOk: false, since: clock.now() };

    const seen: boolean[] = [];
    for (const ms of [0, 19_999, 1]) {
      clock.pass(ms);
      seen.push(fake.isHealthy(id));
    }

    expect(seen).toEqual([true, true, false]);
  });

  it('does not move when the endpoint blinks', async () => {
    let endpoint: EndpointState = { isOk: true, since: 0 };
    const { client, clock, fake } = arrange({ sources: { endpoint: () => endpoint } });
    const id = await make(client, https);
    clock.pass(60_000);
    endpoint = { isOk: false, since: clock.now() };
    clock.pass(10_000);
    const during = fake.isHealthy(id);
    endpoint = { isOk: true, since: clock.now() };

    expect([during, fake.isHealthy(id)]).toEqual([true, true]);
  });

  it('of a new check is healthy, and of a new inverted one unhealthy', async () => {
    const { client, fake } = arrange({ sources: { endpoint: () => ({ isOk: false, since: 0 }) } });

    const [fresh, inverted] = [await make(client, https), await make(client, { ...https, Inverted: true })];

    expect([fake.isHealthy(fresh), fake.isHealthy(inverted)]).toEqual([true, false]);
  });

  it('is good while the check is disabled, and bad while it is disabled and inverted', async () => {
    const { client, fake } = arrange();
    const id = await make(client, https);
    fake.forceHealth(id, false);

    const bad = fake.isHealthy(id);
    await update(client, { HealthCheckId: id, Disabled: true });
    const disabled = fake.isHealthy(id);
    await update(client, { HealthCheckId: id, Inverted: true });

    expect([bad, disabled, fake.isHealthy(id)]).toEqual([false, true, false]);
  });

  it.each([
    [0, 0, true],
    [1, 1, true],
    [1, 2, false],
    [2, 2, true],
    [2, 3, false],
  ])('of a calculated check with %i healthy children and threshold %i is %s', async (healthy, threshold, expected) => {
    const { client, fake } = arrange();
    const children = [await make(client, https), await make(client, https)];
    children.forEach((id, index) => {
      fake.forceHealth(id, index < healthy);
    });

    const id = await make(client, { Type: 'CALCULATED', ChildHealthChecks: children, HealthThreshold: threshold });

    expect(fake.isHealthy(id)).toBe(expected);
  });

  it('of calculated checks that watch each other ends', async () => {
    const { client, fake } = arrange();
    const a = await make(client, { Type: 'CALCULATED', ChildHealthChecks: [], HealthThreshold: 1 });
    const b = await make(client, { Type: 'CALCULATED', ChildHealthChecks: [a], HealthThreshold: 1 });
    await update(client, { HealthCheckId: a, ChildHealthChecks: [b] });

    expect(fake.isHealthy(a)).toBe(false);
  });

  it.each([
    ['Healthy', true, true],
    ['Unhealthy', false, false],
    ['LastKnownStatus', true, false],
  ] as const)(
    'of an alarm without data is, by %s, %s at first and %s after an alarm',
    async (setting, first, after) => {
      let alarm: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' = 'INSUFFICIENT_DATA';
      const { client, fake } = arrange({ sources: { alarm: () => alarm } });
      const id = await make(client, {
        Type: 'CLOUDWATCH_METRIC',
        AlarmIdentifier: { Region: 'us-east-1', Name: 'errors' },
        InsufficientDataHealthStatus: setting,
      });

      const atFirst = fake.isHealthy(id);
      alarm = 'ALARM';
      const inAlarm = fake.isHealthy(id);
      alarm = 'INSUFFICIENT_DATA';

      expect([atFirst, inAlarm, fake.isHealthy(id)]).toEqual([first, false, after]);
    },
  );

  it('of a recovery control follows the control, and of a deleted check stays as it was', async () => {
    let control: 'On' | 'Off' = 'On';
    const { client, fake } = arrange({ sources: { routingControl: () => control } });
    const id = await make(client, { Type: 'RECOVERY_CONTROL', RoutingControlArn: 'arn:east' });

    const on = fake.isHealthy(id);
    control = 'Off';
    const off = fake.isHealthy(id);
    await client.send(new DeleteHealthCheckCommand({ HealthCheckId: id }));
    control = 'On';

    expect([on, off, fake.isHealthy(id)]).toEqual([true, false, false]);
  });
});
