import { STRICTNESS } from '../domain/limits.ts';

export type Effect = 'weakens' | 'strengthens' | 'neutral';

/** What a change of one key does to the guards. Whatever a line does not say counts as weakening. */
export interface Line {
  /** A number or boolean (false to true) that rises, or a word that moves to the right in `order`. */
  readonly raise?: Effect;
  readonly lower?: Effect;
  /** Any other change of the value. */
  readonly change?: Effect;
  /** An entry of a list or map that comes or goes. */
  readonly add?: Effect;
  readonly remove?: Effect;
  readonly order?: readonly string[];
  /** The reason, as a sentence for whoever has to accept the change. */
  readonly because: string;
}

const higherWeakens = (because: string): Line => ({ raise: 'weakens', lower: 'strengthens', because });
const lowerWeakens = (because: string): Line => ({ raise: 'strengthens', lower: 'weakens', because });
const anyWeakens = (because: string): Line => ({ because });
const harmless = (because: string): Line => {
  return { raise: 'neutral', lower: 'neutral', change: 'neutral', add: 'neutral', remove: 'neutral', because };
};
const bothWeaken = (because: string): Line => ({ add: 'weakens', remove: 'weakens', because });

const ACCESS = 'it decides who may do what';
const ENDPOINT = 'another place is asked, which may answer what it likes';
const READ = 'gates and numbers rest on what this reads';
/** Two FAILs may prove a region dead, and leaving a dead region is not limited: what fails sooner lets more through there. */
const FAILS = 'fewer FAILs hold less, and more FAILs call a region dead sooner';
const TARGET = 'it decides which records are written';

const LIMITS: Readonly<Record<keyof typeof STRICTNESS, string>> = {
  minimumHealthyCapacity: 'the floor of capacity that stays in service',
  minimumServingRegions: 'how many regions keep serving',
  servingShareMinimum: 'what counts as serving',
  capacityRemovedPerHour: 'the hourly budget',
  maximumDestinationUtilisation: 'the headroom of destinations',
  firstStep: 'how much moves before anybody has looked',
  largestStep: 'how much moves at once',
  leverStepMaximum: 'how much a lever moves at once',
  restoreCanaryShare: 'how much returns to a drained region unproven',
  shortestBakeMs: 'how long gates are judged between steps',
  passesToProceed: 'how often gates must pass',
  factsMaximumAgeMs: 'how old a fact may be',
  commitWindowMs: 'how long a judgement stays good before its write leaves',
  startWithinMs: 'how long an approval stays good before the start',
  finishWithinMs: 'how long an approved run may go on',
};

const limitLines = Object.fromEntries(
  Object.entries(LIMITS).map(([key, because]): [string, Line] => [
    `safety.*.${key}`,
    STRICTNESS[key as keyof typeof STRICTNESS] === 'higher-is-stricter'
      ? lowerWeakens(because)
      : higherWeakens(because),
  ]),
);

/**
 * The one table of rule 8: for every key of the parsed config, in which direction it weakens a guard. `[]` stands for an
 * entry of a list, `.*` for one of a map. A key without a line weakens.
 */
export const WEAKENING: Readonly<Record<string, Line>> = {
  version: anyWeakens('another version of the format means other things'),
  fleet: harmless('it is only shown'),
  'regions[]': bothWeaken('traffic may go where it could not, or has nowhere to go'),

  ...limitLines,
  'safety.*.approvals': { ...lowerWeakens('whether a second person looks'), order: ['none', 'one-other-person'] },
  emergencyFactsAgeMs: higherWeakens('how old facts of an emergency may be'),
  emergencyHorizonMs: lowerWeakens('how far ahead demand is looked for'),
  soloAfterMs: lowerWeakens('how long a lone admin waits'),
  metricLagMs: lowerWeakens('the bake waits for metrics at least this long'),
  sampleEveryMs: higherWeakens('how often gates are judged'),
  changeWindows: anyWeakens('when moves may happen'),

  'people[]': { add: 'weakens', remove: 'strengthens', because: ACCESS },
  'people[].person': anyWeakens(ACCESS),
  'people[].role': { ...higherWeakens(ACCESS), order: ['viewer', 'responder', 'operator', 'approver', 'admin'] },
  'people[].identities[]': { add: 'weakens', remove: 'strengthens', because: ACCESS },
  'people[].shared': lowerWeakens('a shared identity cannot ask and approve in one run'),
  'people[].totpSecretFrom': anyWeakens('whoever knows this secret approves as this person'),

  'store.kind': anyWeakens('another store has another memory of budget and freezes'),
  'store.path': anyWeakens('another store has another memory of budget and freezes'),
  'store.region': anyWeakens('moves out of the region of the store are refused'),
  'slack.team': anyWeakens(ACCESS),
  'slack.enterprise': anyWeakens(ACCESS),
  'slack.botTokenFrom': anyWeakens('it decides whose app speaks for steer'),
  'slack.transport': anyWeakens('it decides how requests are proven to come from Slack'),
  'slack.channel': anyWeakens('people look for runs and for requests for approval there'),
  'slack.channels[]': { add: 'weakens', remove: 'strengthens', because: 'moves may be asked for there' },
  'slack.approversGroup': anyWeakens('other people hear that they are needed, or nobody does'),
  'slack.groups[]': { add: 'weakens', remove: 'strengthens', because: ACCESS },
  'slack.membershipMaximumAgeMs': higherWeakens('whoever left a group keeps its role so long'),
  'slack.secondFactor[]': {
    add: 'strengthens',
    remove: 'weakens',
    because: 'a stolen Slack session could do it alone',
  },
  'slack.endpoint': anyWeakens(ENDPOINT),
  'notify[]': { add: 'neutral', remove: 'weakens', because: 'fewer people hear what happens' },

  'providers[]': bothWeaken('it decides which accounts are written'),
  'providers[].provider': anyWeakens(TARGET),
  'providers[].vendor': anyWeakens(TARGET),
  'providers[].credentials': anyWeakens('it decides with which rights steer writes'),
  'providers[].assumeRole': anyWeakens('it decides with which rights steer writes'),
  'providers[].endpoint': anyWeakens(ENDPOINT),
  'providers[].stsRegion': anyWeakens(ENDPOINT),
  'providers[].requestScheme': harmless('it is only how fast the vendor lets steer ask'),
  'providers[].cloudwatchEndpoint': anyWeakens(ENDPOINT),
  'providers[].expectedPropagationMs': harmless(
    'it is only when the vendor is first asked whether a change has arrived',
  ),
  'providers[].settings.*': anyWeakens(TARGET),
  'providers[].credentials.secrets.*': anyWeakens('it decides with which rights steer writes'),
  'providers[].nameServers': anyWeakens('it decides whose answers count as proof'),
  'providers[].nameServers[]': bothWeaken('it decides whose answers count as proof'),

  'services[]': bothWeaken('a service that goes is guarded no more; one that comes may be written'),
  'services[].service': anyWeakens(TARGET),
  'services[].tier': harmless('it is only shown and sorted by'),
  'services[].labels[]': harmless('they only select'),
  'services[].dependsOn[]': { add: 'strengthens', remove: 'weakens', because: 'callers leave before what they call' },
  'services[].unit': anyWeakens('the same numbers mean something else'),
  'services[].fleetWeight': anyWeakens("it shifts the fleet's budget between services"),
  'services[].home.*': anyWeakens('it is what capacity in service is counted by and where traffic comes home to'),
  'services[].forecastPeak': lowerWeakens('demand is expected to be lower than it was'),
  'services[].capacity.*': bothWeaken('a region counts with more, or with nothing'),
  'services[].capacity.*.kind': anyWeakens('capacity is known in another way'),
  'services[].capacity.*.value': higherWeakens('more capacity claimed lets more through'),
  'services[].capacity.*.now': anyWeakens(READ),
  'services[].capacity.*.reference': higherWeakens('more capacity claimed lets more through'),
  'services[].demand.kind': anyWeakens('demand is known in another way'),
  'services[].demand.value': lowerWeakens('less demand claimed lets more through'),
  'services[].demand.byRegion.*': anyWeakens(READ),

  'services[].sets[]': bothWeaken('a set that goes is guarded no more; one that comes may be written'),
  'services[].sets[].ref.set': anyWeakens(TARGET),
  'services[].sets[].ref.provider': anyWeakens(TARGET),
  'services[].sets[].ref.zone': anyWeakens(TARGET),
  'services[].sets[].ref.name': anyWeakens(TARGET),
  'services[].sets[].ref.type': anyWeakens(TARGET),
  'services[].sets[].ref.group': anyWeakens(TARGET),
  'services[].sets[].ref.targets[]': bothWeaken(TARGET),
  'services[].sets[].layer': anyWeakens('it decides which sets count as the traffic of the service'),
  'services[].sets[].home.*': anyWeakens('it is where traffic comes home to'),
  'services[].layers[]': bothWeaken('it decides which sets count as the traffic of the service'),
  'services[].sets[].part': anyWeakens('the same shares mean another part of the traffic'),
  'services[].sets[].members.*': anyWeakens(TARGET),
  'services[].sets[].drain': anyWeakens('no way to drain is safe everywhere'),
  'services[].sets[].ttlSeconds': lowerWeakens('the bake waits at least one TTL'),

  'services[].gates[]': bothWeaken('a gate that goes judges no more; one that comes may help to call a region dead'),
  'services[].gates[].gate': anyWeakens(READ),
  'services[].gates[].region': anyWeakens(READ),
  'services[].gates[].signal': anyWeakens(READ),
  'services[].gates[].rule.kind': anyWeakens('health is judged in another way'),
  'services[].gates[].rule.passBelow': higherWeakens('more passes'),
  'services[].gates[].rule.passAbove': lowerWeakens('more passes'),
  'services[].gates[].rule.passWithin': higherWeakens('more passes'),
  'services[].gates[].rule.failFrom': anyWeakens(FAILS),
  'services[].gates[].rule.failTo': anyWeakens(FAILS),
  'services[].gates[].rule.minimumSamples': lowerWeakens('fewer measurements decide'),
  'services[].gates[].critical': lowerWeakens('one FAIL holds no more'),
  'services[].gates[].failuresToHold': higherWeakens('more FAILs pass before a hold'),

  'signals[]': { add: 'neutral', remove: 'weakens', because: 'what is not measured cannot be judged' },
  'signals[].signal': anyWeakens(READ),
  'signals[].region': anyWeakens(READ),
  'signals[].service': anyWeakens(READ),
  'signals[].backend': anyWeakens('signals of different backends count as independent'),
  'signals[].vantage': anyWeakens('signals from different places count as independent'),
  'signals[].derivedFrom': anyWeakens('signals that are not derived count as independent'),
  'signals[].needsNoTraffic': higherWeakens('it may judge a drained region'),
  'signals[].source.kind': anyWeakens(READ),
  'signals[].source.awsRegion': anyWeakens(READ),
  'signals[].source.provider': anyWeakens(READ),
  'signals[].source.namespace': anyWeakens(READ),
  'signals[].source.metric': anyWeakens(READ),
  'signals[].source.dimensions.*': anyWeakens(READ),
  'signals[].source.statistic': anyWeakens(READ),
  'signals[].source.periodMs': anyWeakens(READ),
  'signals[].source.lookBackMs': anyWeakens(READ),
  'signals[].source.scale': anyWeakens(READ),
  'signals[].source.withLastWeek': lowerWeakens('last week counts as a candidate for demand'),
  'signals[].source.alarm': anyWeakens(READ),
  'signals[].source.healthCheck': anyWeakens(READ),
  'signals[].source.url': anyWeakens(READ),
  'signals[].source.timeoutMs': anyWeakens(READ),
  'signals[].source.expectStatus.from': anyWeakens(FAILS),
  'signals[].source.expectStatus.to': anyWeakens(FAILS),
  'signals[].source.allowPrivateAddress': higherWeakens('a probe may be led into the private network'),
  'signals[].source.name': anyWeakens(READ),
  'signals[].source.type': anyWeakens(READ),
  'signals[].source.servers[]': anyWeakens(READ),
  'signals[].source.queries': lowerWeakens('fewer questions decide'),
  'signals[].source.answers[]': anyWeakens(READ),
};

const UNKNOWN_KEY: Line = { because: 'nothing is known of this key, so it counts as weakening' };

export const lineOf = (pattern: string): Line => WEAKENING[pattern] ?? UNKNOWN_KEY;

const rankOf = (value: unknown, order: readonly string[] | undefined): number | null => {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const rank = typeof value === 'string' && order !== undefined ? order.indexOf(value) : -1;
  return rank === -1 ? null : rank;
};

/** What one change of one key does. `undefined` stands for an entry that is not there. Equal values are no change. */
export const effectOf = (line: Line, before: unknown, after: unknown): Effect => {
  if (before === undefined) return line.add ?? 'weakens';
  if (after === undefined) return line.remove ?? 'weakens';
  const [was, is] = [rankOf(before, line.order), rankOf(after, line.order)];
  if (was === null || is === null || was === is) return line.change ?? 'weakens';
  return (is > was ? line.raise : line.lower) ?? 'weakens';
};
