import type { Facts } from '../domain/facts.ts';
import { valuesOf } from '../domain/records.ts';
import type { Instant } from '../domain/units.ts';
import type { DecideContext, Next } from './next.ts';
import { observe } from './observe.ts';
import type { Run } from './state.ts';

/** While a region is only kept empty, nothing is about to be written: a slower look is enough, but a short stay is seen too. */
const STAY_SAMPLE_MS = 60_000;
const LOOKS_IN_A_STAY = 8;

/** Looks that find everything well, as before, and of which one is written down; a short stay is written down all the same. */
const LOOKS_A_LINE = 10;
const LINES_IN_A_STAY = 8;

/** Time between two looks while the region is kept empty. */
const lookEvery = ({ envelope }: Run): number =>
  Math.max(
    envelope.sampleEveryMs,
    Math.min(STAY_SAMPLE_MS, (envelope.stayMs ?? Number.POSITIVE_INFINITY) / LOOKS_IN_A_STAY),
  );

/** Time between two lines about an empty region of which all is well. */
const lineEvery = (run: Run): number => {
  const spread = (run.envelope.stayMs ?? Number.POSITIVE_INFINITY) / LINES_IN_A_STAY;
  return Math.max(lookEvery(run), Math.min(lookEvery(run) * LOOKS_A_LINE, spread));
};

const isAllWell = ({ services }: Facts): boolean =>
  valuesOf(services).every(
    ({ gates, regions }) =>
      gates.every(({ outcome }) => outcome === 'PASS') &&
      valuesOf(regions).every((region) => region.gates.every(({ outcome }) => outcome === 'PASS')),
  );

/**
 * A look that finds all gates well, as the last one written down did, is not worth a line: in a stay of a day the looks at a
 * thousand services would fill the journal with a gigabyte of passes. Whatever is not well is written down each time.
 */
const isWorthALine = (run: Run, facts: Facts): boolean => {
  const last = run.lastObservation;
  if (last === null || last.data.verdict.hold !== null || run.engineHold !== null) return true;
  return facts.at >= last.at + lineEvery(run) || !isAllWell(facts);
};

/** When the region was last looked at, whether or not that was written down. */
const lookedAt = (run: Run, { snapshot }: DecideContext): Instant =>
  Math.max(
    run.lastObservation?.at ?? Number.NEGATIVE_INFINITY,
    run.lastObservation === null ? Number.NEGATIVE_INFINITY : (snapshot?.facts.at ?? Number.NEGATIVE_INFINITY),
  );

export const nextLookAt = (run: Run, context: DecideContext): Instant => lookedAt(run, context) + lookEvery(run);

/** Looks while a region is kept empty; null when it is not yet time, or when all was well. */
export const lookInStay = (run: Run, context: DecideContext): Next | null => {
  const { snapshot, now } = context;
  const isNew = snapshot !== null && snapshot.facts.at > (run.lastObservation?.at ?? Number.NEGATIVE_INFINITY);
  if (isNew && isWorthALine(run, snapshot.facts))
    return { do: 'append', events: [{ type: 'observed', data: observe(run, snapshot.facts) }] };
  if (now < nextLookAt(run, context)) return null;
  return { do: 'gather', listed: false, purpose: 'a look at the empty region' };
};
