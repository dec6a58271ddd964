import { z } from 'zod';
import { choice, count, duration, flag, name, statusRange, text, url } from '../leaf.ts';

/** `{region}`, `{service}` and the names under `values` of a service may stand in every text of a signal. */
const template = (description: string, expected: string) => text(description, expected);

const region = template('Region whose CloudWatch is asked.', 'an AWS region such as us-east-1, or {region}');

/** Keys that every kind of signal has. */
const common = {
  backend: template(
    'Who measures it, e.g. cloudwatch:us-west-2. Two signals of one backend are one opinion.',
    'the name of who measures',
  ),
  vantage: template(
    'From where it is measured: a region of the fleet, `outside` of all of them, or `steer` (the host of steer itself).',
    'a region of the fleet, {region}, outside or steer',
  ),
  needsNoTraffic: flag('True if it works without user traffic, so that it may judge a drained region.'),
  derivedFrom: name('Signal that this one is computed from: both together are one opinion. Left out: none.').optional(),
  region: name('Region it speaks of, for a signal without {region}. Left out: the service as a whole.').optional(),
  service: name('Service it speaks of, for a signal without {service}. Left out: none in particular.').optional(),
};

const provider = name('Provider whose account is asked.');

const hostAndPort = (description: string) =>
  text(description, 'host:port, such as 192.0.2.53:53', /^[^\s:]+:\d{1,5}$|^\[[0-9a-fA-F:.]+\]:\d{1,5}$/);

export const signal = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cloudwatch-metric'),
    provider,
    awsRegion: region,
    namespace: template('Namespace of the metric.', 'a namespace such as AWS/ApplicationELB'),
    metric: template('Name of the metric.', 'the name of a metric'),
    dimensions: z
      .record(z.string(), template('Value of the dimension.', 'the value of a dimension'))
      .describe('Dimensions of the metric; {} for none.'),
    statistic: text(
      'Statistic, e.g. Sum, Average or p99.',
      'a statistic such as Sum or p99',
      /^[A-Za-z]{1,20}[\d.:%()]{0,20}$/,
    ),
    period: duration('Length of one data point.', { from: 1000, to: 86_400_000 }),
    lookBack: duration('How far back the series goes that comes with a reading.', { from: 1000, to: 8 * 86_400_000 }),
    scale: choice('per-second divides a sum by its period, so that demand and capacity have one unit.', [
      'as-is',
      'per-second',
    ]),
    withLastWeek: flag('Reads the same minute one week ago, too. Left out: false.').optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('cloudwatch-alarm'),
    provider,
    awsRegion: region,
    alarm: template('Name of the alarm.', 'the name of an alarm'),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('route53-health-check'),
    provider,
    healthCheck: template('Id of the health check.', 'the id of a health check'),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('http'),
    url: url('Address to ask.'),
    timeout: duration('Longest wait for the answer.', { from: 100, to: 60_000 }),
    expectStatus: statusRange('Status codes that pass.'),
    allowPrivateAddress: flag('True if a host in private address space is meant. Left out: false.').optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('dns-answers'),
    name: template('Name to ask for.', 'a DNS name'),
    type: choice('Type to ask for.', ['A', 'AAAA', 'CNAME', 'TXT']),
    servers: z.array(hostAndPort('Authoritative server.')).describe('Authoritative servers to ask.'),
    queries: count('How many questions make one reading.', { from: 1, to: 1000 }),
    answers: z
      .array(template('An answer that belongs to the region judged.', 'an answer'))
      .describe('Answers that belong to the region judged.'),
    timeout: duration('Longest wait for one answer.', { from: 100, to: 60_000 }),
    ...common,
  }),
]);
