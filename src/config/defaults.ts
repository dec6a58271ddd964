import type { Path } from './problem.ts';

type Raw = Readonly<Record<string, unknown>>;

const isMap = (raw: unknown): raw is Raw => typeof raw === 'object' && raw !== null && !Array.isArray(raw);

const mapValues = (raw: Raw, change: (value: unknown) => unknown): Raw =>
  Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, change(value)]));

const over = (defaults: unknown, own: Raw): Raw => (isMap(defaults) ? { ...defaults, ...own } : own);

/** Gates of the defaults and of the service, by name; `none` takes one of the defaults away. */
const blendGates = (defaults: unknown, own: unknown): unknown => {
  if (own !== undefined && !isMap(own)) return own;
  if (defaults === undefined && own === undefined) return undefined;
  const entries = Object.entries(over(defaults, own ?? {}));
  return Object.fromEntries(
    entries.filter(([name, gate]) => gate !== 'none' || !isMap(defaults) || !Object.hasOwn(defaults, name)),
  );
};

const blendService = (defaults: Raw, own: unknown): unknown => {
  if (!isMap(own)) return own;
  const { set, gates, ...plain } = defaults;
  const blended: Record<string, unknown> = { ...plain, ...own };
  const blendedGates = blendGates(gates, own['gates']);
  if (blendedGates !== undefined) blended['gates'] = blendedGates;
  if (isMap(own['sets'])) blended['sets'] = mapValues(own['sets'], (one) => (isMap(one) ? over(set, one) : one));
  return blended;
};

/**
 * The file with every service filled in from serviceDefaults. One key of a service replaces that key of the defaults as a
 * whole (`home: {…}` is never mixed from two places); only gates and steering sets are put together entry by entry.
 */
export const withDefaults = (plain: unknown): unknown => {
  if (!isMap(plain) || !isMap(plain['services'])) return plain;
  const defaults = isMap(plain['serviceDefaults']) ? plain['serviceDefaults'] : {};
  return { ...plain, services: mapValues(plain['services'], (service) => blendService(defaults, service)) };
};

/**
 * Where a value of a filled-in service stands in the file: at the service or, if it is not there, in the defaults. The
 * path of a key that stands in neither is its path at the service.
 */
export const originOf = (path: Path, has: (path: Path) => boolean): Path => {
  const [top, , key, entry, field] = path;
  if (top !== 'services' || key === undefined) return path;
  const isSet = key === 'sets' && entry !== undefined && field !== undefined;
  const isGate = key === 'gates' && entry !== undefined;
  const depth = isSet ? 5 : isGate ? 4 : 3;
  const own = path.slice(0, depth);
  const shared = isSet ? ['serviceDefaults', 'set', field] : ['serviceDefaults', ...path.slice(2, depth)];
  return has(own) || !has(shared) ? path : [...shared, ...path.slice(depth)];
};
