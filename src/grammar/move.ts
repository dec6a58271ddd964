import type { Mode } from '../domain/config.ts';
import { declarationProblem } from '../domain/declaration.ts';
import type { RegionId } from '../domain/ids.ts';
import { OBJECTION_CODES, type ObjectionCode } from '../domain/objections.ts';
import type { MoveRequest, OverrideRequest, Verb } from '../domain/plan.ts';
import type { BasisPoints } from '../domain/units.ts';
import { quoted } from './clean.ts';
import { type Layout, layOut } from './layout.ts';
import { readRegion, readServices } from './names.ts';
import type { Sorted } from './options.ts';
import type { Known } from './request.ts';
import { didYouMean, eitherOf } from './suggest.ts';
import { listOf, looksLikePercent, readDuration, readPercent } from './values.ts';
import { TABLE } from './vocabulary.ts';

/** Break-glass is read by people months later; a single word explains nothing. */
const SHORTEST_OVERRIDE_REASON = 20;

/** One option's value, or null; an option that may be repeated is asked for by `options.get`. */
const one = (sorted: Sorted, name: 'service' | 'tier' | 'label' | 'to' | 'stay' | 'reason'): string | null =>
  sorted.options.get(name)?.[0] ?? null;

const modeOf = (sorted: Sorted, problems: string[]): Mode => {
  const isEmergency = sorted.options.has('emergency');
  const isDrill = sorted.options.has('drill');
  if (isEmergency && isDrill) problems.push('--emergency and --drill exclude each other: say which one it is.');
  if (isEmergency) return 'emergency';
  return isDrill ? 'drill' : 'planned';
};

const regionsOf = (typed: readonly string[], known: Known, problems: string[]): RegionId[] =>
  typed.flatMap((name) => {
    const read = readRegion(name, known);
    if ('value' in read) return [read.value];
    problems.push(read.problem);
    return [];
  });

const destinationsOf = (layout: Layout, sorted: Sorted, known: Known, problems: string[]): RegionId[] => {
  const option = one(sorted, 'to');
  if (option !== null && layout.to.length > 0)
    problems.push('Destinations are given twice: by "to" and by --to. Use one.');
  const regions = regionsOf(option === null ? layout.to : listOf(option), known, problems);
  const twice = regions.find((region, index) => regions.indexOf(region) !== index);
  if (twice !== undefined) problems.push(`The destination ${twice} is named twice.`);
  return regions;
};

const stayOf = (sorted: Sorted, mode: Mode, problems: string[]): number | null => {
  const typed = one(sorted, 'stay');
  const returns = sorted.options.has('return');
  if (returns && mode === 'emergency') {
    problems.push(
      'In an emergency traffic never comes back by itself. Leave out --return, and restore when the region is well.',
    );
  }
  if (returns && typed === null) problems.push('--return needs to know when: add --stay, e.g. --stay 30m --return.');
  if (typed === null || typed === '') return null;
  const read = readDuration('stay', typed);
  if ('problem' in read) {
    problems.push(read.problem);
    return null;
  }
  if (!returns) {
    problems.push(
      '--stay only means something with --return. Without both, the region stays empty until somebody restores it.',
    );
  }
  return read.value;
};

const overridesOf = (sorted: Sorted, because: string, problems: string[]): OverrideRequest[] => {
  const typed = sorted.options.get('override') ?? [];
  if (typed.length > 0 && because.length < SHORTEST_OVERRIDE_REASON) {
    problems.push(
      `--override needs a --reason of at least ${SHORTEST_OVERRIDE_REASON} characters: who reads it later was not there.`,
    );
  }
  const seen = new Set<string>();
  return typed.flatMap((text) => {
    const [head = '', ...tail] = text.split(':');
    const code = OBJECTION_CODES.find((candidate): candidate is ObjectionCode => candidate === head.toLowerCase());
    if (code === undefined) {
      problems.push(`I don't know the refusal ${quoted(head)} to override.${didYouMean(head, OBJECTION_CODES)}`);
      return [];
    }
    if (seen.has(code))
      problems.push(`--override ${code} is given twice; list the names behind one: --override ${code}:a,b.`);
    seen.add(code);
    return [{ code, because, names: listOf(tail.join(':')) }];
  });
};

/** Left out of the request where nobody declares anything, as in the plans of those who could not. */
const declarationIn = (
  verb: Verb,
  mode: Mode,
  sorted: Sorted,
  problems: string[],
): Pick<MoveRequest, 'declaresDead'> => {
  if (!sorted.options.has('declare-dead')) return {};
  const problem = declarationProblem({ verb, mode, declaresDead: true });
  if (problem !== null) problems.push(problem);
  return { declaresDead: true };
};

interface Places {
  readonly region: RegionId | null;
  readonly share: BasisPoints | null;
  /** Names typed as words. */
  readonly services: readonly string[];
}

const missing = (verb: Verb, what: string): string => `${verb} needs ${what}: ${verb} ${TABLE[verb].usage}`;

const oneRegion = (verb: Verb, typed: readonly string[], known: Known, problems: string[]): RegionId | null => {
  if (typed.length > 1) {
    problems.push(
      `${verb} takes one region, and here are ${typed.length}: ${typed.map(quoted).join(', ')}. Destinations follow "to".`,
    );
    return null;
  }
  return regionsOf(typed, known, problems)[0] ?? null;
};

const placesOfShift = (layout: Layout, sorted: Sorted, known: Known, problems: string[]): Places & { to: string[] } => {
  const percents = layout.rest.filter(looksLikePercent);
  const names = layout.rest.filter((word) => !looksLikePercent(word));
  const selected = sorted.options.has('service') || sorted.options.has('tier') || sorted.options.has('label');
  const service = selected ? [] : names.splice(0, 1);
  const from = layout.from.length > 0 ? layout.from : names.splice(0, 1);
  const to = layout.to.length > 0 || sorted.options.has('to') ? [] : names.splice(0, 1);
  if (names.length > 0)
    problems.push(`I don't know what ${eitherOf(names.map(quoted))} is doing here: shift ${TABLE.shift.usage}`);
  if (percents.length !== 1)
    problems.push(missing('shift', percents.length === 0 ? 'a percentage' : 'exactly one percentage'));
  const read = percents.length === 1 ? readPercent(percents[0] ?? '') : null;
  if (read !== null && 'problem' in read) problems.push(read.problem);
  if (service.length === 0 && !selected) problems.push(missing('shift', 'a service'));
  else if (from.length === 0) problems.push(missing('shift', 'the region that traffic leaves'));
  else if (to.length + layout.to.length === 0 && !sorted.options.has('to'))
    problems.push(missing('shift', 'the region that receives it'));
  const region = oneRegion('shift', from, known, problems);
  return { region, share: read !== null && 'value' in read ? read.value : null, services: service, to };
};

const places = (
  verb: Verb,
  layout: Layout,
  sorted: Sorted,
  known: Known,
  problems: string[],
): Places & { to: readonly string[] } => {
  if (verb === 'shift') return placesOfShift(layout, sorted, known, problems);
  const typed = [...layout.from, ...layout.rest];
  if (verb === 'evacuate' && typed.length === 0) problems.push(missing('evacuate', 'the region that traffic leaves'));
  if (verb === 'restore' && layout.to.length > 0)
    problems.push('restore takes no destination: traffic goes home, as the config says.');
  return { region: oneRegion(verb, typed, known, problems), share: null, services: [], to: [] };
};

/** The words and options of evacuate, shift or restore as a request. Everything that is wrong is added to `problems`. */
export const readMove = (
  verb: Verb,
  sorted: Sorted,
  known: Known,
  proposes: boolean,
  problems: string[],
): MoveRequest => {
  const layout = layOut(sorted.words);
  for (const marker of layout.dangling) problems.push(`"${marker}" has no region behind it.`);
  const mode = modeOf(sorted, problems);
  const place = places(verb, layout, sorted, known, problems);
  const to = destinationsOf({ ...layout, to: [...layout.to, ...place.to] }, sorted, known, problems);
  if (place.region !== null && to.includes(place.region)) {
    problems.push(`${place.region} cannot be where traffic leaves and where it goes.`);
  }
  const names = [...place.services, ...listOf(one(sorted, 'service') ?? '')];
  const services = readServices({ names, tier: one(sorted, 'tier'), label: one(sorted, 'label') }, known, problems);
  const because = one(sorted, 'reason') ?? '';
  if (proposes && because === '' && !sorted.options.has('reason')) {
    problems.push(`${verb} needs a reason for the audit log: add --reason "…".`);
  }
  const stayMs = stayOf(sorted, mode, problems);
  const overrides = overridesOf(sorted, because, problems);
  const declaration = declarationIn(verb, mode, sorted, problems);
  const { region, share } = place;
  return { verb, mode, region, services, to, share, because, stayMs, overrides, ...declaration };
};
