import { PutMetricAlarmCommand, PutMetricDataCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateHealthCheckCommand,
  CreateHostedZoneCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { describe, expect, it } from 'vitest';
import { openProvider } from '../../providers/registry.ts';
import { barePolicy } from '../../providers/resilience.ts';
import { createRoute53Fake } from '../../providers/route53/fake.ts';
import { cloudWatchProbe } from '../../src/health/cloudwatch.ts';
import { cloudWatchClient } from '../../src/health/cloudwatch-client.ts';
import { route53HealthCheckProbe } from '../../src/health/route53-health-checks.ts';
import { createCloudWatchFake } from '../../src/sandbox/cloudwatch/cloudwatch-fake.ts';
import { createInProcessHandler } from '../../src/sandbox/in-process-handler.ts';
import { changeOf, FENCE_1, kindOf, never, refOf, writeOf } from '../contracts/steering/world.ts';
import { AWS, alarm, callLog, MINUTE_MS, metric, NAMESPACE, NOW, signalOf } from '../health/arrange.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { providerDeps } from '../support/provider-deps.ts';
import { ACCOUNT, accountAt, keysOf, makeZone, put, weighted } from './support/account.ts';
import { type Checked, checkJson, checkRestXml, type Exchange, recorded } from './support/api-model/exchange.ts';
import { CLOUDWATCH_MODEL, hasModels, loadModel, ROUTE53_MODEL } from './support/api-model/model.ts';
import { askRecords } from './support/ask-records.ts';

const WWW = 'www.example.com.';
/** Nothing listens there: the transport is a function in this process. */
const NOWHERE = 'http://127.0.0.1:1';

const arrangeRoute53 = async () => {
  const clock = new ManualClock();
  const fake = createRoute53Fake({
    now: () => clock.now(),
    random: () => 0,
    accounts: [{ id: ACCOUNT, userName: 'steer', accessKeyIds: [ACCOUNT] }],
    propagationMs: 1000,
    throttling: 'off',
  });
  const { handler, exchanges } = recorded(fake.handle);
  const transport = createInProcessHandler(handler);
  const client = new Route53Client({
    region: 'us-east-1',
    endpoint: NOWHERE,
    credentials: keysOf(ACCOUNT),
    requestHandler: transport,
    maxAttempts: 1,
  });
  const zone = await makeZone(client, 'example.com');
  const { HealthCheck } = await client.send(
    new CreateHealthCheckCommand({
      CallerReference: 'check-1',
      HealthCheckConfig: {
        Type: 'HTTP',
        FullyQualifiedDomainName: 'lb.example.com',
        Port: 80,
        ResourcePath: '/health',
      },
    }),
  );
  const healthCheck = HealthCheck?.Id ?? expect.fail('no health check was made');
  await put(client, zone, [
    weighted(WWW, 'east', 100, { HealthCheckId: healthCheck }),
    weighted(WWW, 'west', 100, { HealthCheckId: healthCheck }),
  ]);
  const provider = await openProvider(
    accountAt(NOWHERE),
    null,
    providerDeps({
      clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
      policy: barePolicy,
      observe: () => {},
      transport,
    }),
  );
  return { clock, client, zone, healthCheck, exchanges, ...provider };
};

/** Everything the product asks of Route 53: reads, writes, refusals, propagation, the account check, health checks. */
const askRoute53 = async (): Promise<readonly Exchange[]> => {
  const { clock, client, zone, healthCheck, exchanges, steering, records, check } = await arrangeRoute53();
  const ref = refOf('www', zone);
  const read = async () => {
    const [reading] = await steering.read([ref], never());
    return reading?.sets[0] ?? expect.fail('nothing was read');
  };
  const home = await read();
  const { change } = await steering.replace(writeOf(zone, [changeOf(ref, home, { east: 30 })]), never());
  await steering.propagation([change ?? '', 'C000000NOSUCHCHANGE'], never());
  await clock.advance(2000);
  await steering.propagation([change ?? ''], never());
  const drain = changeOf(ref, await read(), { east: null }, 'remove');
  await steering.replace(writeOf(zone, [drain], { expects: FENCE_1, leaves: FENCE_1 }), never());
  const refused = await kindOf(steering.replace(writeOf(zone, [changeOf(ref, home, { east: 1 })]), never()));
  expect(refused).toBe('conflict');
  const unknown = await kindOf(steering.read([{ ...ref, zone: 'ZNOSUCHZONE' }], never()));
  expect(unknown).toBe('not-found');
  // More than two zones at once are looked up in lists.
  const others = [
    await makeZone(client, 'a.example.net'),
    await makeZone(client, 'b.example.net'),
    await makeZone(client, 'c.example.net'),
  ];
  await steering.read(
    others.map((other) => ({ ...ref, zone: other })),
    never(),
  );
  await check?.({ zone, healthCheck, ask: null }, never());
  await askRecords(records, healthCheck);
  const log = callLog();
  const probe = route53HealthCheckProbe({
    clientFor: () => client,
    policy: barePolicy,
    observe: log.observe,
    refreshAfterMs: 1000,
    reportAgeMs: MINUTE_MS,
    maximumAgeMs: MINUTE_MS,
    secondMs: 1000,
  });
  const source = { kind: 'route53-health-check', provider: AWS, healthCheck } as const;
  await probe.read([signalOf(source)], clock.now(), never());
  await client.send(new ListHostedZonesByNameCommand({ DNSName: 'example.com' }));
  await kindOf(client.send(new CreateHostedZoneCommand({ Name: 'nope..', CallerReference: 'again' })));
  return exchanges;
};

/** Everything the product asks of CloudWatch, and what it takes to have something to ask. */
const askCloudWatch = async (): Promise<readonly Exchange[]> => {
  const fake = createCloudWatchFake({
    now: () => NOW,
    metricLagMs: 0,
    ratesPerSecond: { GetMetricData: 50, DescribeAlarms: 9 },
  });
  const { handler, exchanges } = recorded(fake.handle);
  const client = cloudWatchClient({
    awsRegion: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoint: NOWHERE,
    connectTimeoutMs: 100,
    requestTimeoutMs: 100,
    requestHandler: createInProcessHandler(handler),
  });
  const Dimensions = [{ Name: 'Region', Value: 'us-east-1' }];
  const at = { MetricName: 'Requests', Dimensions, Timestamp: new Date(NOW - MINUTE_MS), Value: 12 };
  await client.send(new PutMetricDataCommand({ Namespace: NAMESPACE, MetricData: [at] }));
  await client.send(
    new PutMetricAlarmCommand({
      AlarmName: 'burning',
      Namespace: NAMESPACE,
      MetricName: 'Requests',
      Dimensions,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  );
  await client.send(new SetAlarmStateCommand({ AlarmName: 'burning', StateValue: 'ALARM', StateReason: 'a test' }));
  const absent = { AlarmName: 'absent', StateValue: 'OK', StateReason: 'a test' } as const;
  expect(await kindOf(client.send(new SetAlarmStateCommand(absent)))).not.toBe('ok');
  const probe = cloudWatchProbe({
    clientFor: () => client,
    policy: barePolicy,
    observe: () => {},
    countsSamples: () => true,
  });
  const signals = [signalOf(metric({ withLastWeek: true }), 'metric'), signalOf(alarm('burning'), 'alarm')];
  await probe.read([...signals, signalOf(alarm('absent'), 'absent')], NOW, never());
  return exchanges;
};

/**
 * Added after the description of April 2025 was published: `HostedZone.Features` of accelerated recovery, which
 * `@aws-sdk/client-route-53` 3.1169.0 has.
 */
const isNewer = (problem: string): boolean => /\.HostedZones?(\[\d+\])?: Features is no field of it$/.test(problem);

const operationsOf = (checked: readonly Checked[]): readonly string[] => [
  ...new Set(checked.map(({ operation }) => operation)),
];

describe.skipIf(!hasModels())(
  "what steer sends and its fakes answer, against the vendors' published API descriptions",
  () => {
    it('is Route 53 in every field, type, range and error', async () => {
      const model = loadModel(ROUTE53_MODEL);

      const checked = (await askRoute53()).map((exchange) => checkRestXml(model, exchange));

      expect(checked.flatMap(({ problems }) => problems).filter((problem) => !isNewer(problem))).toEqual([]);
      expect(operationsOf(checked)).toEqual(
        expect.arrayContaining([
          'ListHostedZones',
          'ListResourceRecordSets',
          'ChangeResourceRecordSets',
          'GetChange',
          'GetHostedZone',
          'ListHealthChecks',
          'GetHealthCheckStatus',
          'ListHostedZonesByName',
          'CreateHostedZone',
          'DeleteHostedZone',
          'ListGeoLocations',
        ]),
      );
    });

    it('is CloudWatch in every field, type, range and error', async () => {
      const model = loadModel(CLOUDWATCH_MODEL);

      const checked = (await askCloudWatch()).map((exchange) => checkJson(model, exchange));

      expect(checked.flatMap(({ problems }) => problems)).toEqual([]);
      expect(operationsOf(checked)).toEqual(
        expect.arrayContaining(['GetMetricData', 'DescribeAlarms', 'PutMetricAlarm']),
      );
    });

    it.each([
      ['a field that does not exist', '<Weight>30</Weight>', '<Weigth>30</Weigth>', 'Weigth is no field of it'],
      ['a weight out of range', '<Weight>30</Weight>', '<Weight>256</Weight>', '"256" is no ResourceRecordSetWeight'],
      ['a field twice', '<Weight>30</Weight>', '<Weight>3</Weight><Weight>0</Weight>', 'is no ResourceRecordSetWeight'],
      ['a type that does not exist', '<Type>A</Type>', '<Type>AA</Type>', '"AA" is no RRType'],
      ['a missing action', '<Action>DELETE</Action>', '', 'Action is required'],
      ['another namespace', 'doc/2013-04-01/', 'doc/2012-02-29/', 'is no field of it'],
    ])('this check finds %s', async (_, right, wrong, problem) => {
      const model = loadModel(ROUTE53_MODEL);
      const exchanges = await askRoute53();
      const written = exchanges.find(({ request }) => request.body.includes('<Weight>30</Weight>'));
      const { request, answer } = written ?? expect.fail('nothing was written');

      const { problems } = checkRestXml(model, {
        request: { ...request, body: request.body.replace(right, wrong) },
        answer,
      });

      expect(problems.join('\n')).toContain(problem);
    });
  },
);
