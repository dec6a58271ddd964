import type { GateId } from '../../domain/ids.ts';
import { type Objection, type ObjectionCode, refusals } from '../../domain/objections.ts';
import type { Envelope } from '../../domain/plan.ts';
import type { Planned } from '../../operations/propose-move.ts';

/** One rule that may be set aside, with the names its override must contain. */
export interface OverrideChoice {
  readonly code: ObjectionCode;
  /** For gates the gates and destinations, written out (design rule 6); empty means all of this code. */
  readonly names: readonly string[];
  readonly because: readonly string[];
}

/** What cannot be known leaves headroom unproven, so headroom is what is set aside. */
const codeToOverride = ({ code }: Objection): ObjectionCode =>
  code === 'facts-missing' || code === 'facts-too-old' ? 'headroom' : code;

/** Sums up the other refusals: whoever sets those aside has set this aside. */
const isSummary = ({ code, value }: Objection): boolean => code === 'impossible-move' && value !== null;

const gatesIn = (envelope: Envelope | null, { region, service, because }: Objection): readonly GateId[] => {
  const gates = (envelope?.services ?? [])
    .filter((planned) => planned.service === service)
    .flatMap((planned) => planned.gates)
    .filter((gate) => (gate.region ?? undefined) === region)
    .map(({ gate }) => gate);
  const said = gates.filter((gate) => because.includes(gate));
  return said.length > 0 ? said : gates;
};

const namesIn = (envelope: Envelope | null, objection: Objection): readonly string[] => {
  if (!objection.code.startsWith('gate-')) return [];
  return [...gatesIn(envelope, objection), ...(objection.region === undefined ? [] : [objection.region])];
};

/**
 * What a break-glass of this plan would have to set aside: one choice for each code that refuses. Empty where nothing
 * refuses, and where anything does that nobody can override (design rule 12).
 */
export const overrideChoices = ({
  envelope,
  objections,
}: Pick<Planned, 'envelope' | 'objections'>): OverrideChoice[] => {
  const refused = refusals(objections).filter((objection) => !isSummary(objection));
  if (refused.some(({ override }) => override === 'nobody')) return [];
  return [...Map.groupBy(refused, codeToOverride)].map(([code, own]) => ({
    code,
    names: [...new Set(own.flatMap((objection) => namesIn(envelope, objection)))].sort(),
    because: own.map(({ because }) => because),
  }));
};
