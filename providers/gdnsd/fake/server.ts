import { at, BadText, listOf, textOf, type Value } from './language.ts';

export interface Item {
  readonly value: string;
  readonly weight: number;
  readonly states: readonly string[];
}

/** One resource of the plugin `weighted`, for addresses of one family or for names. */
export interface Resource {
  readonly type: 'A' | 'AAAA' | 'CNAME';
  readonly threshold: number;
  readonly items: readonly Item[];
}

/** What a gdnsd has loaded. A broken text never gets here. */
export interface Loaded {
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /** Name and type to the resource that answers. */
  readonly names: ReadonlyMap<string, string>;
  /** States that exist, as `address/service type`. */
  readonly states: readonly string[];
}

const RESERVED = ['service_types', 'up_thresh', 'multi'];
const MOST = 2 ** 20;

const typeOf = (value: string): Resource['type'] =>
  /^\d+\.\d+\.\d+\.\d+$/.test(value) ? 'A' : value.includes(':') ? 'AAAA' : 'CNAME';

const settingOf = (name: string, otherwise: Value, ...levels: readonly (Value | undefined)[]): Value =>
  levels.map((level) => at(level, name)).find((found) => found !== undefined) ?? otherwise;

const itemOf = (name: string, value: Value, services: readonly string[]): Item => {
  const [address, weight, ...more] = listOf(value).map(textOf);
  const count = Number(weight);
  if (address === undefined || more.length > 0 || !/^\d+$/.test(weight ?? '') || count < 1 || count >= MOST) {
    throw new BadText(`item '${name}': values in addrs mode must be arrays of [ IPADDR, WEIGHT ]`);
  }
  return { value: address, weight: count, states: services.map((service) => `${address}/${service}`) };
};

const resourceOf = (stanza: Value, known: ReadonlySet<string>, ...above: readonly (Value | undefined)[]): Resource => {
  const services = listOf(settingOf('service_types', 'up', stanza, ...above)).map((one) => textOf(one) ?? '');
  const stray = services.find((service) => !known.has(service));
  if (stray !== undefined) throw new BadText(`service type '${stray}' is not defined`);
  if (textOf(settingOf('multi', 'false', stanza, ...above)) === 'true') throw new BadText('the fake has no multi');
  const threshold = Number(textOf(settingOf('up_thresh', '0.5', stanza, ...above)));
  if (!(threshold > 0 && threshold <= 1)) throw new BadText('up_thresh must be a floating point value in (0.0 - 1.0]');
  const entries = stanza instanceof Map ? [...stanza] : [];
  const items = entries.filter(([key]) => !RESERVED.includes(key)).map(([key, value]) => itemOf(key, value, services));
  const types = new Set(items.map(({ value }) => typeOf(value)));
  const [type, ...more] = types;
  if (type === undefined || more.length > 0 || items.length > 64)
    throw new BadText('items must be up to 64 of one kind');
  return { type, threshold, items };
};

/** What gdnsd makes of `config` and the zone files at start and at `replace`. Throws `BadText` where it would not start. */
export const load = (config: Value, zones: ReadonlyMap<string, string>): Loaded => {
  if (!(config instanceof Map)) throw new BadText('the configuration must be keys and values');
  const weighted = at(at(config, 'plugins'), 'weighted');
  const services = at(config, 'service_types');
  const known = new Set(['up', 'down', ...(services instanceof Map ? services.keys() : [])]);
  const resources = new Map<string, readonly Resource[]>();
  for (const [name, stanza] of weighted instanceof Map ? weighted : []) {
    if (RESERVED.includes(name)) continue;
    const families = ['addrs_v4', 'addrs_v6'].flatMap((family) => at(stanza, family) ?? []);
    const parts = families.length === 0 ? [stanza] : families;
    resources.set(
      name,
      parts.map((part) => resourceOf(part, known, stanza, weighted)),
    );
  }
  const names = new Map<string, string>();
  for (const [zone, text] of zones)
    for (const [, owner = '', resource = ''] of text.matchAll(/^(\S+)\s[^\n;]*\bDYN[AC]\s+weighted!(\S+)/gm)) {
      if (!resources.has(resource))
        throw new BadText(`Name '${owner}.${zone}': resolver plugin 'weighted' rejected '${resource}'`);
      names.set(`${owner}.${zone}.`, resource);
    }
  const states = [...resources.values()].flat().flatMap(({ items }) => items.flatMap((item) => item.states));
  return { resources, names, states: [...new Set(states)] };
};

export type Forced = ReadonlyMap<string, 'UP' | 'DOWN'>;

const matches = (glob: string, state: string): boolean => {
  const [first = '', ...rest] = glob.split(/(?<!\\)\*/).map((part) => part.replace(/\\(.)/g, '$1'));
  if (rest.length === 0) return first === state;
  if (!state.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest.slice(0, -1)) {
    const found = state.indexOf(part, from);
    if (found < 0) return false;
    from = found + part.length;
  }
  const last = rest.at(-1) ?? '';
  return state.length - last.length >= from && state.endsWith(last);
};

/** What `admin_state` forces, the last line that matches winning. Throws `BadText` where gdnsd ignores the whole file. */
export const forcedBy = (admin: Value, states: readonly string[]): Forced => {
  if (!(admin instanceof Map)) throw new BadText('admin_state: keys and values are expected');
  const forced = new Map<string, 'UP' | 'DOWN'>();
  for (const [glob, value] of admin) {
    const word = textOf(value)?.split('/')[0]?.toUpperCase();
    if (word !== 'UP' && word !== 'DOWN')
      throw new BadText(`admin_state: value for '${glob}' must be a simple string!`);
    for (const state of states) if (matches(glob, state)) forced.set(state, word);
  }
  return forced;
};

/** The weights that decide: all of them again, as if nothing were down, where too little is up. */
export const effective = ({ items, threshold }: Resource, forced: Forced): readonly (readonly [string, number])[] => {
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  const up = items.filter(({ states }) => !states.some((state) => forced.get(state) === 'DOWN'));
  const upTotal = up.reduce((sum, { weight }) => sum + weight, 0);
  const counted = upTotal < Math.ceil(threshold * total) ? items : up;
  return counted.map(({ value, weight }) => [value, weight]);
};
