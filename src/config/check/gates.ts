import type { Findings, Path } from '../problem.ts';
import type { LooseService } from '../signal-uses.ts';
import { checkNames } from './common.ts';

type LooseGate = NonNullable<NonNullable<LooseService['gates']>[string]>;

/** The two thresholds of a gate in the order in which health gets worse; crossed, every value would pass and fail at once. */
const checkOrder = (gate: LooseGate, path: Path, findings: Findings): void => {
  const refuse = (key: string, expected: string): void =>
    findings.refuse({ path: [...path, key], at: 'value', found: 'thresholds that cross', expected, suggestion: null });
  if (gate.rule === 'below' && (gate.failFrom ?? 0) < (gate.passBelow ?? Number.NEGATIVE_INFINITY))
    refuse('failFrom', `at least passBelow, ${gate.passBelow}`);
  if (gate.rule === 'above' && (gate.failTo ?? 0) > (gate.passAbove ?? Number.POSITIVE_INFINITY))
    refuse('failTo', `at most passAbove, ${gate.passAbove}`);
  if (gate.rule === 'last-week' && (gate.failFrom ?? 0) < (gate.passWithin ?? Number.NEGATIVE_INFINITY))
    refuse('failFrom', 'at least passWithin');
};

export const checkGates = (service: LooseService, path: Path, findings: Findings): void => {
  const below = [...path, 'gates'];
  if (service.gates === undefined) return;
  checkNames(service.gates, below, findings);
  if (Object.keys(service.gates).length === 0)
    findings.refuse({
      path: below,
      at: 'key',
      found: 'no gate',
      expected: 'at least one: health that nobody judges never opens a gate',
      suggestion: null,
    });
  for (const [name, gate] of Object.entries(service.gates)) {
    if (gate === undefined) continue;
    const place = [...below, name];
    checkOrder(gate, place, findings);
    const isCritical = gate.critical === true;
    if (isCritical === (gate.failuresToHold === undefined)) continue;
    const found = isCritical ? 'critical: true beside failuresToHold' : 'neither critical: true nor failuresToHold';
    findings.refuse({ path: place, at: 'key', found, expected: 'one of the two', suggestion: null });
  }
};
