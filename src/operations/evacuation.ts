import type { Config, Mode } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import { type Objection, type ObjectionCode, refusals } from '../domain/objections.ts';
import type { Envelope, Forecast, MoveRequest } from '../domain/plan.ts';
import { durationText, type Instant, percentText } from '../domain/units.ts';
import type { Proposal } from '../planner/propose.ts';
import type { ProposeInput } from '../planner/request.ts';
import { NOBODY } from './nobody.ts';

/** Whether one region could be emptied under a config, and what it would take. */
export interface Evacuability {
  readonly region: RegionId;
  readonly mode: Mode;
  readonly possible: boolean;
  readonly steps: number;
  readonly minutes: number;
  /** What makes it take as long as it does: the limit that binds. Empty where it is impossible. */
  readonly binds: readonly string[];
  /** Everything in the way, in sentences. */
  readonly because: readonly string[];
}

/** What one answer rests on. */
export interface EvacuationInput {
  readonly region: RegionId;
  readonly mode: Mode;
  readonly config: Config;
  readonly configDigest: string;
  readonly facts: Facts;
  readonly store: string;
  readonly now: Instant;
}

/** True of this hour and not of the config: `status` shows them, and they pass. */
const OF_THE_HOUR: ReadonlySet<ObjectionCode> = new Set(['freeze', 'outside-change-window', 'another-run']);

const requestFor = (region: RegionId, mode: Mode): MoveRequest => ({
  verb: 'evacuate',
  mode,
  region,
  services: [],
  to: [],
  share: null,
  because: 'config check',
  stayMs: null,
  overrides: [],
});

/** An impossible move repeats what stopped it, and where sets are unknown nothing moves: nobody needs to read that twice. */
const toldOnce = (objections: readonly Objection[]): readonly string[] => {
  const against = objections.filter(({ code }) => code !== 'nothing-to-do');
  const summary = against.find(({ code }) => code === 'impossible-move')?.because;
  if (summary === undefined) return against.map(({ because }) => because);
  const others = against.filter(({ because }) => !summary.includes(because));
  return [summary, ...others.map(({ because }) => because)];
};

const tightestText = (envelope: Envelope, forecast: Forecast): readonly string[] => {
  const last = forecast.steps.findLast(({ direction }) => direction === 'out');
  const used = last?.tightest == null ? 0 : (last.utilisation[last.tightest.region] ?? 0);
  // Nothing is used where the demand is not known: then there is nothing to say about it.
  if (last?.tightest == null || used === 0) return [];
  const most = percentText(envelope.limits.maximumDestinationUtilisation);
  return [`${last.tightest.region} ends at ${percentText(used)}, at most ${most}`];
};

const bindingLimits = (envelope: Envelope, forecast: Forecast): readonly string[] => {
  const { largestStep } = envelope.limits;
  const pace = `no step moves more than ${percentText(largestStep)}, and each bakes ${durationText(envelope.bakeMs)}`;
  return [...(forecast.waits.length > 0 ? forecast.waits : [pace]), ...tightestText(envelope, forecast)];
};

/** A run that needs longer than it may take holds before its end, whatever the hour. */
const overdue = ({ config, mode }: EvacuationInput, forecast: Forecast | null): readonly string[] => {
  const { finishWithinMs } = config.safety[mode];
  const takesMs = (forecast?.minutes ?? 0) * 60_000;
  if (takesMs <= finishWithinMs) return [];
  return [
    `it takes ${durationText(takesMs)}, and finishWithin is ${durationText(finishWithinMs)}: it would hold before its end`,
  ];
};

/** Plans to empty one region, with the functions that judge a real plan. Writes nothing. */
export const evacuationOf = (propose: (input: ProposeInput) => Proposal, input: EvacuationInput): Evacuability => {
  const { region, mode, ...rest } = input;
  const { envelope, forecast, objections } = propose({ ...rest, request: requestFor(region, mode), asker: NOBODY });
  const refused = refusals(objections).filter(({ code }) => !OF_THE_HOUR.has(code));
  if (refused.length > 0 && refused.every(({ code }) => code === 'nothing-to-do')) {
    return { region, mode, possible: true, steps: 0, minutes: 0, binds: ['it has no traffic to move'], because: [] };
  }
  const because = [...toldOnce(refused), ...overdue(input, forecast)];
  const possible = envelope !== null && forecast !== null && because.length === 0;
  return {
    region,
    mode,
    possible,
    steps: forecast?.steps.filter(({ direction }) => direction === 'out').length ?? 0,
    minutes: forecast?.minutes ?? 0,
    binds: possible ? bindingLimits(envelope, forecast) : [],
    because,
  };
};
