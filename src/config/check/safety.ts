import type { Mode } from '../../domain/config.ts';
import { durationText, percentText, WHOLE } from '../../domain/units.ts';
import type { Draft, Findings } from '../problem.ts';
import type { Loose } from '../read.ts';
import type { File } from '../schema/file.ts';
import type { LooseFile } from '../signal-uses.ts';

type LooseLimits = Loose<File['safety'][Mode]>;

const longestTtl = (file: LooseFile): number =>
  Math.max(
    0,
    ...Object.values(file.services ?? {}).flatMap((service) =>
      Object.values(service?.sets ?? {}).map((set) => set?.ttl ?? 0),
    ),
  );

/** Steps, and what must serve: limits that contradict each other would forbid every move, or look like a guard and be none. */
const checkSizes = (limits: LooseLimits, regions: number, refuse: Refuse, warn: Refuse): void => {
  const { firstStep, largestStep, restoreCanaryShare, minimumServingRegions, servingShareMinimum } = limits;
  if (firstStep !== undefined && largestStep !== undefined && firstStep > largestStep)
    refuse('firstStep', percentText(firstStep), `at most largestStep, ${percentText(largestStep)}`);
  if (restoreCanaryShare !== undefined && largestStep !== undefined && restoreCanaryShare > largestStep)
    warn('restoreCanaryShare', percentText(restoreCanaryShare), `at most largestStep, ${percentText(largestStep)}`);
  if (minimumServingRegions === undefined) return;
  if (regions > 0 && minimumServingRegions >= regions)
    refuse(
      'minimumServingRegions',
      String(minimumServingRegions),
      `less than the ${regions} regions: one must be able to leave`,
    );
  if (servingShareMinimum !== undefined && minimumServingRegions * servingShareMinimum > WHOLE)
    refuse(
      'servingShareMinimum',
      percentText(servingShareMinimum),
      `a share that ${minimumServingRegions} regions can have at once`,
    );
};

type Refuse = (key: keyof LooseLimits, found: string, expected: string) => void;

const checkTimes = (mode: Mode, limits: LooseLimits, file: LooseFile, refuse: Refuse, warn: Refuse): void => {
  const { shortestBake, finishWithin, factsMaximumAge } = limits;
  const { metricLag } = file;
  if (shortestBake !== undefined && metricLag !== undefined) {
    const least = longestTtl(file) + metricLag;
    // In an emergency a person may want to go faster than the records allow to see; they are told, not stopped.
    const say = mode === 'emergency' ? warn : refuse;
    if (shortestBake < least)
      say(
        'shortestBake',
        durationText(shortestBake),
        `at least the longest TTL plus metricLag, ${durationText(least)}: before that nothing can be seen`,
      );
  }
  if (shortestBake !== undefined && finishWithin !== undefined && finishWithin <= shortestBake)
    refuse('finishWithin', durationText(finishWithin), `more than one bake, ${durationText(shortestBake)}`);
  if (factsMaximumAge !== undefined && metricLag !== undefined && factsMaximumAge < metricLag)
    refuse(
      'factsMaximumAge',
      durationText(factsMaximumAge),
      `at least metricLag, ${durationText(metricLag)}: otherwise every fact is too old`,
    );
};

const MODES: readonly Mode[] = ['drill', 'planned', 'emergency'];

/** Limits that contradict each other, the regions or the records. What each value may be by itself is in the schema. */
export const checkSafety = (file: LooseFile, findings: Findings): void => {
  const regions = (file.regions ?? []).length;
  for (const mode of MODES) {
    const limits = file.safety?.[mode];
    if (limits === undefined) continue;
    const draft = (key: keyof LooseLimits, found: string, expected: string): Draft => {
      return { path: ['safety', mode, key], at: 'value', found, expected, suggestion: null };
    };
    const refuse: Refuse = (...about) => findings.refuse(draft(...about));
    const warn: Refuse = (...about) => findings.warn(draft(...about));
    checkSizes(limits, regions, refuse, warn);
    checkTimes(mode, limits, file, refuse, warn);
    if (limits.approvals === 'none') warn('approvals', 'none', 'one-other-person, unless nobody may ever need to look');
  }
  const { emergencyFactsAge } = file;
  const usual = file.safety?.emergency?.factsMaximumAge;
  if (emergencyFactsAge !== undefined && usual !== undefined && emergencyFactsAge < usual)
    findings.refuse({
      path: ['emergencyFactsAge'],
      at: 'value',
      found: durationText(emergencyFactsAge),
      expected: `at least safety.emergency.factsMaximumAge, ${durationText(usual)}`,
      suggestion: null,
    });
  for (const [index, window] of (file.changeWindows ?? []).entries()) {
    if (window?.from !== undefined && window.to !== undefined && window.to <= window.from)
      findings.refuse({
        path: ['changeWindows', index, 'to'],
        at: 'value',
        found: 'an end that is not after the start',
        expected: 'a later time of the same day',
        suggestion: 'write two windows for a night',
      });
    if (window?.days?.length === 0)
      findings.refuse({
        path: ['changeWindows', index, 'days'],
        at: 'value',
        found: 'an empty list',
        expected: 'at least one day',
        suggestion: null,
      });
  }
};
