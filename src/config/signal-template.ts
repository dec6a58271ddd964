import type { Loose } from './read.ts';
import type { File } from './schema/file.ts';

export type SignalInFile = File['signals'][string];

const PLACEHOLDER = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

/** Every text of a value, however deep, that is not a key. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
};

/** Whether something in braces is still to be filled in. */
export const leavesOpen = (value: unknown): boolean => textsOf(value).some((text) => text.search(PLACEHOLDER) !== -1);

/** What a signal's texts leave open. A signal that leaves nothing open stands for itself. */
export interface Openings {
  readonly perRegion: boolean;
  readonly perService: boolean;
  /** Names that services fill in under `values`; such a signal is one per service and region. */
  readonly values: readonly string[];
}

export const openingsOf = (signal: Loose<SignalInFile>): Openings => {
  const names = new Set(
    textsOf(signal).flatMap((text) =>
      text
        .matchAll(PLACEHOLDER)
        .map(([, name = '']) => name)
        .toArray(),
    ),
  );
  const values = [...names].filter((name) => name !== 'region' && name !== 'service');
  return {
    perRegion: names.has('region') || values.length > 0,
    perService: names.has('service') || values.length > 0,
    values,
  };
};

/** `errors@us-east-1`, `errors@checkout`, `errors@checkout/us-east-1`, or the name itself. */
export const expandedName = (name: string, open: Openings, service: string | null, region: string | null): string => {
  const of = [open.perService ? service : null, open.perRegion ? region : null].filter((part) => part !== null);
  return of.length === 0 ? name : `${name}@${of.join('/')}`;
};

/** The same value with every `{name}` replaced; one that is not filled in stays as it is. */
export const filled = <T>(value: T, words: Readonly<Record<string, string>>): T => {
  const visit = (part: unknown): unknown => {
    if (typeof part === 'string')
      return part.replaceAll(PLACEHOLDER, (whole, name: string) =>
        Object.hasOwn(words, name) ? (words[name] ?? whole) : whole,
      );
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value) as T;
};

/** What a service's `values` say for one region. */
export const valueFor = (
  values: Loose<File['services'][string]['values']> | undefined,
  name: string,
  region: string | null,
): string | undefined => {
  const value = values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  return region === null ? undefined : (value[region] ?? value['each']);
};

/** Words for one service and region, for `filled`. */
export const wordsFor = (
  open: Openings,
  values: Loose<File['services'][string]['values']> | undefined,
  service: string | null,
  region: string | null,
): Readonly<Record<string, string>> => {
  const places = { ...(region === null ? {} : { region }), ...(service === null ? {} : { service }) };
  const own = open.values.flatMap((name) => {
    const value = valueFor(values, name, region);
    // A value may itself speak of {region} and {service}, and of nothing else: one level, so that nothing can run in circles.
    return value === undefined ? [] : [[name, filled(value, places)] as const];
  });
  return { ...Object.fromEntries(own), ...places };
};
