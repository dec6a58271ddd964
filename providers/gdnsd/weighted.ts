import { isIP, isIPv4, SocketAddress } from 'node:net';
import { ProviderError } from '../errors.ts';
import type { ConfigTree } from './config.ts';
import type { Vscf, VscfEntry } from './vscf.ts';

/** One weighted address or name. `value` is in the form that gdnsd names its states by. */
export interface WeightedItem {
  readonly name: string;
  readonly value: string;
  readonly weight: number;
  /** Null where items stand alone. */
  readonly group: string | null;
}

export type Family = 'addrs_v4' | 'addrs_v6' | 'cname';

/** What answers one type of one resource of the plugin `weighted`. */
export interface Stanza {
  readonly resource: string;
  readonly family: Family;
  /** `multi`: several items in one answer. Of these and of groups weights are no shares. */
  readonly shape: 'single' | 'multi' | 'grouped';
  readonly upThreshold: number;
  readonly serviceTypes: readonly string[];
  readonly items: readonly WeightedItem[];
  /** The file that every item stands in; null where they stand in several. */
  readonly file: string | null;
}

interface Inherited {
  readonly serviceTypes: readonly string[];
  readonly upThreshold: number;
  readonly multi: boolean;
}

/** gdnsd-plugin-weighted(8): what holds where nothing is said. */
const DEFAULTS: Inherited = { serviceTypes: ['up'], upThreshold: 0.5, multi: false };
const SETTINGS = ['service_types', 'up_thresh', 'multi'];
const FAMILIES: readonly Family[] = ['addrs_v4', 'addrs_v6'];

const wrong = (where: string, wanted: string): ProviderError =>
  new ProviderError('unreadable', `gdnsd: ${where}: ${wanted} is expected`);

export const entriesOf = (value: Vscf | undefined): readonly VscfEntry[] =>
  value?.kind === 'hash' ? value.entries : [];

export const valueAt = (value: Vscf | undefined, ...path: readonly string[]): Vscf | undefined =>
  path.reduce<Vscf | undefined>((at, key) => entriesOf(at).find((entry) => entry.key === key)?.value, value);

export const textsOf = (value: Vscf | undefined): readonly string[] => {
  if (value?.kind === 'text') return [value.text];
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : [];
};

/** An address in the form that gdnsd shows; a name as it is written, for gdnsd keeps its case in the names of states. */
export const shownValue = (text: string): string =>
  isIP(text) === 6 ? new SocketAddress({ address: text, family: 'ipv6' }).address : text;

const inherit = (from: Inherited, value: Vscf, where: string): Inherited => {
  const [multi] = textsOf(valueAt(value, 'multi'));
  const [threshold] = textsOf(valueAt(value, 'up_thresh'));
  const services = textsOf(valueAt(value, 'service_types'));
  const upThreshold = threshold === undefined ? from.upThreshold : Number(threshold);
  if (!(upThreshold > 0 && upThreshold <= 1)) throw wrong(where, '`up_thresh` above 0 and up to 1');
  return {
    serviceTypes: services.length === 0 ? from.serviceTypes : services,
    upThreshold,
    multi: multi === undefined ? from.multi : multi.toLowerCase() === 'true',
  };
};

interface Placed {
  readonly item: WeightedItem;
  readonly file: string;
}

const itemOf = (entry: VscfEntry, group: string | null, where: string): Placed => {
  const [value, weight, ...more] = textsOf(entry.value);
  if (entry.key === null || value === undefined || !/^\d+$/.test(weight ?? '') || more.length > 0) {
    throw wrong(where, `\`${entry.key} => [ value, weight ]\``);
  }
  return {
    item: { name: entry.key, value: shownValue(value), weight: Number(weight), group },
    file: entry.value.file,
  };
};

const familyOf = (values: readonly string[], where: string): Family => {
  const kinds = new Set(
    values.map((value): Family => (isIPv4(value) ? 'addrs_v4' : isIP(value) === 6 ? 'addrs_v6' : 'cname')),
  );
  const [family, ...more] = kinds;
  if (family === undefined || more.length > 0) throw wrong(where, 'items of one kind');
  return family;
};

const stanzaOf = (resource: string, value: Vscf, from: Inherited, asked: Family | null): Stanza => {
  const where = `weighted!${resource}${asked === null ? '' : ` ${asked}`}`;
  const own = inherit(from, value, where);
  const members = entriesOf(value).filter(({ key }) => key !== null && !SETTINGS.includes(key));
  const grouped = members.some((entry) => entry.value.kind === 'hash');
  const placed = members.flatMap((entry) =>
    grouped
      ? entriesOf(entry.value)
          .filter(({ key }) => key === null || !SETTINGS.includes(key))
          .map((inner) => itemOf(inner, entry.key, where))
      : [itemOf(entry, null, where)],
  );
  const files = new Set(placed.map(({ file }) => file));
  const [file = null] = files;
  return {
    resource,
    family:
      asked ??
      familyOf(
        placed.map(({ item }) => item.value),
        where,
      ),
    shape: grouped ? 'grouped' : own.multi ? 'multi' : 'single',
    upThreshold: own.upThreshold,
    serviceTypes: own.serviceTypes,
    items: placed.map(({ item }) => item),
    file: files.size === 1 ? file : null,
  };
};

const stanzasOf = (resource: string, value: Vscf, from: Inherited): readonly Stanza[] => {
  const families = FAMILIES.filter((family) => valueAt(value, family) !== undefined);
  if (families.length === 0) return [stanzaOf(resource, value, from, null)];
  const own = inherit(from, value, `weighted!${resource}`);
  return families.flatMap((family) => {
    const part = valueAt(value, family);
    return part === undefined ? [] : [stanzaOf(resource, part, own, family)];
  });
};

/** Everything that the plugin `weighted` answers. Throws `unreadable` for what gdnsd would not load. */
export const weightedStanzas = ({ root }: ConfigTree): readonly Stanza[] => {
  const plugin = valueAt(root, 'plugins', 'weighted');
  if (plugin === undefined) return [];
  const top = inherit(DEFAULTS, plugin, 'plugins weighted');
  return entriesOf(plugin).flatMap(({ key, value }) =>
    key === null || SETTINGS.includes(key) ? [] : stanzasOf(key, value, top),
  );
};

const allTexts = (value: Vscf): readonly string[] => {
  if (value.kind === 'text') return [value.text];
  if (value.kind === 'list') return value.items.flatMap(allTexts);
  return value.kind === 'hash' ? value.entries.flatMap((entry) => allTexts(entry.value)) : [];
};

/** What plugins other than `weighted` name, in the form of states: a forced state of an address reaches them, too. */
export const namedElsewhere = ({ root }: ConfigTree): ReadonlySet<string> =>
  new Set(
    entriesOf(valueAt(root, 'plugins'))
      .filter(({ key }) => key !== 'weighted')
      .flatMap(({ value }) => allTexts(value))
      .map(shownValue),
  );
