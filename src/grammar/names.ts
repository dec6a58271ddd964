import { MalformedName, type RegionId, type RunId, runId, type ServiceId } from '../domain/ids.ts';
import { quoted } from './clean.ts';
import type { Known } from './request.ts';
import { didYouMean, eitherOf, near, unknownName } from './suggest.ts';
import type { Read } from './values.ts';

const EVERYTHING: ReadonlySet<string> = new Set(['all', 'any', 'every', 'everything', 'everywhere', 'global', 'both']);

/** A wildcard or a word for "all": a slip there once took down more servers than were meant (AWS S3, 28 February 2017). */
const isPattern = (typed: string): boolean => /[*?[\]{}|~!]/.test(typed) || EVERYTHING.has(typed.toLowerCase());

const patternProblem = (kind: string, typed: string, known: readonly string[]): string => {
  const stem = typed.replace(/[^\w-].*$/, '').toLowerCase();
  const inside = stem === '' ? [] : known.filter((name) => name.toLowerCase().startsWith(stem)).slice(0, 5);
  const example = inside.length > 0 ? ` Name one: ${eitherOf(inside)}.` : didYouMean(typed, known);
  return `${quoted(typed)} is a pattern, and steer takes exact names only: one ${kind} at a time.${example}`;
};

const exact = <T extends string>(kind: string, typed: string, known: readonly T[]): Read<T> => {
  const value = known.find((name) => name === typed);
  if (value !== undefined) return { value };
  const folded = known.filter((name) => name.toLowerCase() === typed.toLowerCase());
  if (folded.length === 1 && folded[0] !== undefined) return { value: folded[0] };
  if (isPattern(typed)) return { problem: patternProblem(kind, typed, known) };
  return { problem: unknownName(kind, typed, known) };
};

export const readRegion = (typed: string, known: Known): Read<RegionId> => exact('region', typed, known.regions);

const readService = (typed: string, known: Known): Read<ServiceId> =>
  exact(
    'service',
    typed,
    known.services.map(({ service }) => service),
  );

export const readRun = (typed: string, known: Known): Read<RunId> => {
  if (known.runs !== null) {
    const value = known.runs.find((run) => run === typed);
    if (value !== undefined) return { value };
    if (known.runs.length === 0) return { problem: `I don't know the run ${quoted(typed)}. There are no runs yet.` };
    const candidates = near(typed, known.runs);
    const newest = known.runs.slice(-5).toReversed();
    const hint = candidates.length > 0 ? `Did you mean ${eitherOf(candidates)}?` : `Newest: ${newest.join(', ')}.`;
    return { problem: `I don't know the run ${quoted(typed)}. ${hint}` };
  }
  try {
    return { value: runId(typed) };
  } catch (error) {
    if (error instanceof MalformedName) return { problem: `${quoted(typed)} cannot be a run.` };
    throw error;
  }
};

/** Services chosen by name, tier or label, each once, in the order of the config. Empty selectors choose none. */
export const readServices = (
  chosen: { readonly names: readonly string[]; readonly tier: string | null; readonly label: string | null },
  known: Known,
  problems: string[],
): readonly ServiceId[] => {
  const picked = new Set<ServiceId>();
  const seen = new Set<string>();
  for (const name of chosen.names) {
    const read = readService(name, known);
    if ('problem' in read) problems.push(read.problem);
    else if (seen.has(read.value)) problems.push(`The service ${read.value} is named twice.`);
    else {
      seen.add(read.value);
      picked.add(read.value);
    }
  }
  const group = (what: string, typed: string, all: readonly string[], has: (index: number) => boolean): void => {
    const members = known.services.filter((_, index) => has(index));
    if (members.length === 0) problems.push(`No service has the ${what} ${quoted(typed)}.${didYouMean(typed, all)}`);
    for (const { service } of members) picked.add(service);
  };
  if (chosen.tier !== null) {
    const tiers = [...new Set(known.services.map(({ tier }) => String(tier)))].sort();
    const { tier } = chosen;
    group('tier', tier, tiers, (index) => String(known.services[index]?.tier) === tier);
  }
  if (chosen.label !== null) {
    const labels = [...new Set(known.services.flatMap((service) => service.labels))].sort();
    const { label } = chosen;
    group('label', label, labels, (index) => known.services[index]?.labels.includes(label) === true);
  }
  return known.services.map(({ service }) => service).filter((service) => picked.has(service));
};
