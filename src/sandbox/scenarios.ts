import type { WorldFault } from './world/world-faults.ts';

/** The scenarios that a run can be tried against. */
export const SCENARIO_NAMES = [
  'calm',
  'destination-degrades',
  'destination-silent',
  'all-checks-red',
  'source-dead',
  'capacity-short',
  'foreign-edit',
  'throttled',
  'control-plane-down',
  'crash',
] as const;

export type ScenarioName = (typeof SCENARIO_NAMES)[number];

/** When something breaks. Seconds count from the start of the run; shares are in basis points. */
export type Trigger =
  | { readonly kind: 'at'; readonly seconds: number }
  | { readonly kind: 'source-share-below'; readonly basisPoints: number }
  /** After this many accepted change batches of the DNS control plane. */
  | { readonly kind: 'after-change-batch'; readonly count: number };

/** What breaks. Whoever composes the sandbox applies it to the part that it names. */
export type Breakage =
  | { readonly kind: 'world-fault'; readonly fault: WorldFault }
  | { readonly kind: 'route53-fault'; readonly fault: 'throttle' | 'down' }
  /** Somebody else multiplies the weight of this region's member, in every steered set. */
  | { readonly kind: 'foreign-edit'; readonly region: string; readonly weightFactor: number }
  /** The process that executes ends without a word at its next effect of this kind. */
  | { readonly kind: 'process-crash'; readonly instant: 'after-intent' | 'after-effect' };

export type ScenarioEvent = {
  readonly id: string;
  readonly when: Trigger;
  readonly breaks: Breakage;
  /** Seconds until it heals (for a crash: until the process is started again); undefined: never. */
  readonly healsAfterSeconds: number | undefined;
};

export type Scenario = {
  readonly name: ScenarioName;
  readonly source: string;
  readonly destinations: readonly string[];
  readonly seed: number;
  /** How urgently the run is asked for. */
  readonly mode: 'drill' | 'emergency';
  /** The hour of the world's day (UTC) at which the run begins; demand depends on it. */
  readonly startHourUtc: number;
  /** What is broken before the run begins. */
  readonly initially: readonly Breakage[];
  readonly events: readonly ScenarioEvent[];
  /** What steer must do, in one sentence. */
  readonly steerMust: string;
};

/** Which regions play which part; the first destination is the one that things happen to. */
export type Cast = { readonly source: string; readonly destinations: readonly string[]; readonly seed: number };

type Plot = Pick<Scenario, 'steerMust'> & Partial<Pick<Scenario, 'mode' | 'startHourUtc' | 'initially' | 'events'>>;

const worldFault = (fault: WorldFault): Breakage => ({ kind: 'world-fault', fault });

const midway: Trigger = { kind: 'source-share-below', basisPoints: 6000 };

const PLOTS: Readonly<Record<ScenarioName, (source: string, destination: string) => Plot>> = {
  calm: () => ({
    steerMust: 'Drain the source in steps that every guardrail and gate passes, prove it empty, and bring it home.',
  }),
  'destination-degrades': (_source, region) => ({
    events: [
      {
        id: 'degrades',
        when: midway,
        breaks: worldFault({ kind: 'region-degraded', region, errorRate: 0.12, latencyFactor: 4 }),
        healsAfterSeconds: undefined,
      },
    ],
    steerMust: 'Hold as soon as the gate of the destination fails, move nothing more there, and offer to roll back.',
  }),
  'destination-silent': (_source, region) => ({
    events: [
      {
        id: 'silent',
        when: midway,
        breaks: worldFault({ kind: 'region-silent', region }),
        healsAfterSeconds: 600,
      },
    ],
    steerMust: 'Hold on NO_DATA instead of taking silence for health, and go on once the metrics are back and good.',
  }),
  'all-checks-red': () => ({
    mode: 'emergency',
    events: [
      {
        id: 'all-red',
        when: { kind: 'after-change-batch', count: 1 },
        breaks: worldFault({ kind: 'all-checks-red', side: 'steer' }),
        healsAfterSeconds: 900,
      },
    ],
    steerMust: 'Distrust checks that condemn every region at once: call none of them dead, hold, and tell people.',
  }),
  'source-dead': (source) => ({
    mode: 'emergency',
    initially: [worldFault({ kind: 'region-dead', region: source, answer: 'hang' })],
    steerMust: 'Leave the dead source in at most three steps, the first as large as the headroom of the others allows.',
  }),
  'capacity-short': (_source, region) => ({
    startHourUtc: 18,
    initially: [worldFault({ kind: 'capacity-short', region, maximumFactor: 0.45 })],
    steerMust: 'Never load the short destination beyond its limit: take smaller steps, or hold and name the headroom.',
  }),
  'foreign-edit': (_source, region) => ({
    events: [
      {
        id: 'edit',
        when: { kind: 'after-change-batch', count: 2 },
        breaks: { kind: 'foreign-edit', region, weightFactor: 2 },
        healsAfterSeconds: undefined,
      },
    ],
    steerMust: 'Hold the edited sets with a diff at the next write, and never overwrite what somebody else wrote.',
  }),
  throttled: () => ({
    events: [
      {
        id: 'throttle',
        when: { kind: 'at', seconds: 30 },
        breaks: { kind: 'route53-fault', fault: 'throttle' },
        healsAfterSeconds: 120,
      },
    ],
    steerMust: 'Slow down while the control plane throttles, apply no step twice, and finish.',
  }),
  'control-plane-down': () => ({
    events: [
      {
        id: 'down',
        when: { kind: 'after-change-batch', count: 1 },
        breaks: { kind: 'route53-fault', fault: 'down' },
        healsAfterSeconds: 600,
      },
    ],
    steerMust: 'Hold for the lost control plane, say what landed, and go on only when a person resumes.',
  }),
  crash: () => ({
    events: [
      {
        id: 'crash',
        when: { kind: 'after-change-batch', count: 2 },
        breaks: { kind: 'process-crash', instant: 'after-effect' },
        healsAfterSeconds: 20,
      },
    ],
    steerMust: 'Find out from the world what landed before the crash, and go on without repeating or skipping a step.',
  }),
};

/** A scenario with its parts given to regions: plain data, the same for the same cast. */
export const scenarioOf = (name: ScenarioName, cast: Cast): Scenario => {
  const [destination] = cast.destinations;
  if (destination === undefined) throw new Error(`Scenario ${name} needs at least one destination, got none.`);
  return {
    name,
    ...cast,
    mode: 'drill',
    startHourUtc: 15,
    initially: [],
    events: [],
    ...PLOTS[name](cast.source, destination),
  };
};
