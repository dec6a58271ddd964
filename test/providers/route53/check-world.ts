import type { CheckOptions, SeenAnswers } from '../../../providers/check-report.ts';
import type { Route53Fake, Route53FakeOptions } from '../../../providers/route53/fake.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { ACCOUNT, type ApiWorld, apiOverFake } from './wire.ts';

export interface CheckWorld extends Omit<ApiWorld, 'clock'> {
  readonly fake: Route53Fake;
  /** Whoever sleeps on it moves time on. */
  readonly clock: Clock;
  readonly zone: string;
  readonly options: CheckOptions;
  readonly ask: NonNullable<CheckOptions['ask']>;
}

/** Spread evenly over [0, 1): both of two members of the same weight are met. */
const evenly = (): (() => number) => {
  let at = 0;
  return () => {
    at = (at + (Math.sqrt(5) - 1) / 2) % 1;
    return at;
  };
};

/** The name servers of the fake, asked one question many times. */
export const askOf =
  (fake: Route53Fake): CheckWorld['ask'] =>
  async ({ name, type, queries }): Promise<SeenAnswers> => {
    const all = Array.from({ length: queries }, () => fake.answer({ name, type }).answers.map(({ data }) => data));
    const groups = Map.groupBy(all, (data) => data.join(' '));
    const answers = [...groups.values()].map((group) => ({ data: group[0] ?? [], count: group.length }));
    return { answered: queries, answers, failures: [] };
  };

/** An account with one zone that holds a record of somebody else, and name servers that can be asked. */
export const arrangeCheck = (options: Partial<Route53FakeOptions> = {}): CheckWorld => {
  const { fake, clock, ...world } = apiOverFake({ random: evenly(), ...options });
  const www = { name: 'www.example.com', type: 'A', ttlSeconds: 60, values: ['203.0.113.1'] };
  const zone = fake.createZone({ accountId: ACCOUNT, name: 'example.com', records: [www] });
  const ask = askOf(fake);
  return {
    ...world,
    fake,
    clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
    zone,
    options: { zone, healthCheck: null, ask },
    ask,
  };
};

export const leftovers = ({ fake, zone }: Pick<CheckWorld, 'fake' | 'zone'>): readonly string[] =>
  fake
    .zone(zone)
    .control.map(({ name }) => name)
    .filter((name) => name.includes('canary'));
