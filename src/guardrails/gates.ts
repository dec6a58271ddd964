import { above } from '../capacity/limit.ts';
import type { Measured } from '../capacity/measure.ts';
import type { GateJudgement, Outcome } from '../domain/gates.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Objection, ObjectionCode } from '../domain/objections.ts';
import { secondSignalFor } from '../gates/independence.ts';
import { unjudgedGate } from '../gates/judge.ts';
import { gateKey } from '../gates/memory.ts';
import { type GateRole, rulingOf } from '../gates/mode-table.ts';
import { overrideForRegion } from '../gates/override.ts';
import { collect, NONE, once, type StepContext } from './context.ts';
import { refuse, warn } from './objection.ts';
import { overrideFor, softened } from './overridable.ts';

const CODES: Readonly<Record<Exclude<Outcome, 'PASS'>, ObjectionCode>> = {
  FAIL: 'gate-fail',
  INCONCLUSIVE: 'gate-inconclusive',
  NO_DATA: 'gate-unknown',
  ERROR: 'gate-unknown',
};

/** What one judgement says against the step; null when it lets it go on. */
const against = (
  context: StepContext,
  { model }: Measured,
  judgement: GateJudgement,
  role: GateRole,
): Objection | null => {
  const { outcome, region, gate } = judgement;
  if (outcome === 'PASS') return null;
  const ruling = rulingOf({ mode: context.mode, direction: context.step.direction, role, outcome });
  if (ruling.kind === 'proceed') return null;
  const { service } = model.planned;
  const code = CODES[outcome];
  const details = { value: outcome, limit: judgement.limit, service, ...(region === null ? {} : { region }) };
  const because = `${service}: ${judgement.because}`;
  // How often a gate that is not critical may fail is counted over the run, not in one snapshot.
  if (outcome === 'FAIL' && !judgement.critical) return warn(code, because, details);
  const objection = refuse(code, because, details);
  const override = overrideFor(code, region === null ? [gate] : [gate, region], context.envelope.overrides);
  if (override !== undefined) return softened(objection, override);
  if (ruling.unless !== 'second-signal-or-override' || region === null) return objection;
  const second = secondSignalFor(judgement, model.facts?.regions[region]?.gates ?? []);
  return second === undefined ? objection : warn(code, `${because}; a second, independent signal passes`, details);
};

/** Gates of the config that were not judged in time: a fact that was not gathered is unknown (design rule 7). */
const unjudged = ({ now }: StepContext, { model }: Measured, region: RegionId | null): readonly GateJudgement[] => {
  const judged = new Set(
    (region === null ? (model.facts?.gates ?? []) : (model.facts?.regions[region]?.gates ?? [])).map(gateKey),
  );
  return model.planned.gates
    .filter((spec) => spec.region === region && !judged.has(gateKey(spec)))
    .map((spec) => unjudgedGate(spec, now, 'it was not judged'));
};

/** Without user traffic only the gates that need none can say anything; one of them there must be (design rule 6). */
const ofDestination = (context: StepContext, measured: Measured, r: number): readonly Objection[] => {
  const { model } = measured;
  const region = model.regions[r];
  if (region === undefined) return [];
  const isQuiet = !above(model.before[r] ?? 0, 0);
  const judged = model.facts?.regions[region]?.gates ?? [];
  const counting = isQuiet ? judged.filter(({ needsNoTraffic }) => needsNoTraffic) : judged;
  const missing = isQuiet && counting.length > 0 ? [] : unjudged(context, measured, region);
  const objections = [...counting, ...missing]
    .map((judgement) => against(context, measured, judgement, 'destination'))
    .filter((objection) => objection !== null);
  if (counting.length > 0 || missing.length > 0) return objections;
  const { service } = model.planned;
  const because = `${service} in ${region}: it has no ${isQuiet ? 'gate that needs no user traffic' : 'gate'}, so nothing says that it may get traffic`;
  const bare = refuse('gate-unknown', because, { value: 'NO_DATA', region, service });
  const override = overrideForRegion(region, context.envelope.overrides);
  return [override === undefined ? bare : softened(bare, override)];
};

const ofService = (context: StepContext, measured: Measured): readonly Objection[] =>
  [...(measured.model.facts?.gates ?? []), ...unjudged(context, measured, null)]
    .map((judgement) => against(context, measured, judgement, 'global'))
    .filter((objection) => objection !== null);

/**
 * The gates of every destination, and of the service as a whole, by the table of the mode. The gates of a region that is
 * being left are never asked (design rule 6). What one region's gates say depends on the direction and on nothing else of
 * the step.
 */
export const gates = (context: StepContext): readonly Objection[] => {
  const { direction } = context.step;
  const keys: string[] = [];
  const keyOf = (r: number): string => {
    keys[r] ??= `gates ${direction} ${r}`;
    return keys[r];
  };
  const ofWhole = `gates ${direction}`;
  return collect(context.measured, (measured) => {
    const { model, gains } = measured;
    const whole = once(context, ofWhole, model, () => ofService(context, measured));
    const regions = collect(model.regions, (_, r) =>
      gains[r] === true ? once(context, keyOf(r), model, () => ofDestination(context, measured, r)) : NONE,
    );
    return whole.length === 0 ? regions : [...whole, ...regions];
  });
};
