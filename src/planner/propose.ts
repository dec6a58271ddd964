import type { RegionId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import type { Envelope, Forecast } from '../domain/plan.ts';
import { percentText } from '../domain/units.ts';
import { judgePlan } from '../guardrails/judge.ts';
import { NameTooLarge } from './batches.ts';
import { buildEnvelope } from './envelope.ts';
import { simulate } from './forecast.ts';
import { remarksOn } from './remarks.ts';
import type { ProposeInput } from './request.ts';

/** A plan somebody may approve, or everything that stands in its way. Both can be there: an impossible move is still shown. */
export interface Proposal {
  readonly envelope: Envelope | null;
  readonly forecast: Forecast | null;
  /** All of them; the move may only be proposed when none refuses. */
  readonly objections: readonly Objection[];
}

const impossible = (built: Envelope, stuck: { objections: readonly Objection[]; reached: number }): Objection => {
  const source: RegionId | null = built.source;
  const reasons = stuck.objections.map(({ because }) => because).join('; ');
  const reached = percentText(stuck.reached);
  return {
    code: 'impossible-move',
    severity: 'refuse',
    value: stuck.reached,
    limit: 10_000,
    override: 'nobody',
    because: `the whole move is impossible now; the largest possible part of it is ${reached}${source === null ? '' : ` of the way out of ${source}`}: ${reasons}`,
    mayPass: stuck.objections.every(({ mayPass }) => mayPass),
  };
};

/**
 * Plans a move with the functions that will judge it later: an envelope to approve, a forecast to read, and all objections
 * at once. Writes nothing and asks nobody.
 */
export const propose = (input: ProposeInput): Proposal => {
  const built = buildEnvelope(input);
  if (built.envelope === null) return { envelope: null, forecast: null, objections: built.objections };
  const { envelope } = built;
  const { facts, now, config } = input;
  const situation = { envelope, facts, now, storeRegion: config.store.region, started: false };
  const planned = judgePlan(situation);
  try {
    const capabilities = Object.fromEntries(
      Object.entries(facts.vendors).map(([provider, vendor]) => [provider, vendor.capabilities]),
    );
    const { forecast, stuck } = simulate(envelope, facts, capabilities, now);
    const objections = [
      ...built.objections,
      ...planned,
      ...(stuck === null ? [] : [...stuck.objections, impossible(envelope, stuck)]),
    ];
    return {
      envelope,
      forecast: { ...forecast, remarks: remarksOn(envelope, facts, config) },
      objections: distinct(objections),
    };
  } catch (error) {
    if (!(error instanceof NameTooLarge)) throw error;
    const tooLarge: Objection = {
      code: 'impossible-move',
      severity: 'refuse',
      value: null,
      limit: null,
      override: 'nobody',
      because: error.message,
      mayPass: false,
    };
    return { envelope, forecast: null, objections: distinct([...built.objections, ...planned, tooLarge]) };
  }
};

const distinct = (objections: readonly Objection[]): readonly Objection[] => [
  ...new Map(objections.map((objection) => [`${objection.code} ${objection.because}`, objection])).values(),
];
