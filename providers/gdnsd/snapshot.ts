import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { SetRef } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { GdnsdSettings } from './about.ts';
import { type AdminState, parseAdminState } from './admin-state.ts';
import { type ConfigTree, loadConfigTree } from './config.ts';
import type { GdnsdHost } from './host.ts';
import type { Answering } from './translate.ts';
import { entriesOf, namedElsewhere, textsOf, valueAt, weightedStanzas } from './weighted.ts';
import { parseZoneFile, type ZoneRecord } from './zone-file.ts';

export type NameRef = Pick<SetRef, 'zone' | 'name' | 'type'>;

export interface Paths {
  readonly zones: string;
  readonly adminState: string;
  readonly weightsDirectory: string;
  /** What a write was about to do, while it does it. */
  readonly pending: string;
}

export const pathsOf = ({ configDirectory, stateDirectory, weightsDirectory }: GdnsdSettings): Paths => ({
  zones: resolve(configDirectory, 'zones'),
  adminState: resolve(stateDirectory, 'admin_state'),
  weightsDirectory: resolve(weightsDirectory ?? resolve(configDirectory, 'steer')),
  pending: resolve(stateDirectory, 'steer.pending'),
});

/** Everything that steer knows of one gdnsd at one instant, from its files. */
export interface Snapshot {
  readonly paths: Paths;
  readonly answering: Answering;
  readonly admin: AdminState;
  readonly includes: ReadonlyMap<string, number>;
  /** What plugins other than `weighted` name. */
  readonly elsewhere: ReadonlySet<string>;
  /** Text of every file that was read; null where there was none. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** `host:port` where this gdnsd answers, as its own config has it. */
  readonly servers: readonly string[];
}

const DEFAULT_TTL_SECONDS = 86_400;
const DNS_PORT = 53;

const withPort = (address: string, port: number): string => {
  if (isIPv6(address)) return `[${address}]:${port}`;
  return /:\d+$/.test(address) ? address : `${address}:${port}`;
};

/** Addresses of `options => { listen }`; where it listens everywhere, loopback is one of them. */
const serversOf = ({ root }: ConfigTree): readonly string[] => {
  const listen = valueAt(root, 'options', 'listen');
  const port = Number(textsOf(valueAt(root, 'options', 'dns_port'))[0] ?? DNS_PORT);
  const named = listen?.kind === 'hash' ? entriesOf(listen).flatMap(({ key }) => key ?? []) : textsOf(listen);
  const addresses = named.filter((address) => address !== 'any');
  return (addresses.length === 0 ? ['127.0.0.1'] : addresses).map((address) =>
    withPort(address.replace(/^0\.0\.0\.0/, '127.0.0.1'), port),
  );
};

const zoneRecords = async (
  zone: string,
  tree: ConfigTree,
  read: (path: string) => Promise<string | null>,
  paths: Paths,
  refs: readonly NameRef[],
): Promise<readonly ZoneRecord[]> => {
  const bare = zone.replace(/\.$/, '');
  // A path inside a zone's id would be another file.
  const path = resolve(paths.zones, bare.replaceAll('/', '@'));
  const text = bare === '' || bare.startsWith('.') ? null : await read(path);
  if (text === null) {
    throw new ProviderError('not-found', `gdnsd: there is no zone file ${path}; check \`zone\` of the set`);
  }
  const usual = Number(textsOf(valueAt(tree.root, 'options', 'zones_default_ttl'))[0] ?? DEFAULT_TTL_SECONDS);
  const { records, hasIncludes } = parseZoneFile(text, bare, usual);
  const unseen = refs.find((ref) => ref.zone === zone && !records.some(({ name }) => name === ref.name.toLowerCase()));
  if (!hasIncludes || unseen === undefined) return records;
  throw new ProviderError(
    'unreadable',
    `gdnsd: ${unseen.name} is not in ${path}, and steer does not follow its $INCLUDE; write steered names into the zone file itself`,
  );
};

/** Reads gdnsd's files as they are now. Throws `not-found` for an unknown zone, `unreadable` for what gdnsd could not load. */
export const takeSnapshot = async (
  host: GdnsdHost,
  settings: GdnsdSettings,
  refs: readonly NameRef[],
  signal: AbortSignal,
): Promise<Snapshot> => {
  const paths = pathsOf(settings);
  const texts = new Map<string, string | null>();
  const read = async (path: string): Promise<string | null> => {
    const text = await host.read(path, signal);
    texts.set(path, text);
    return text;
  };
  const tree = await loadConfigTree({ ...host, read }, settings.configDirectory, signal);
  const zones = new Map<string, readonly ZoneRecord[]>();
  for (const zone of new Set(refs.map((ref) => ref.zone))) {
    zones.set(zone, await zoneRecords(zone, tree, read, paths, refs));
  }
  const admin = parseAdminState(await read(paths.adminState), paths.adminState);
  return {
    paths,
    answering: { stanzas: weightedStanzas(tree), rules: admin.rules, records: (zone) => zones.get(zone) ?? [] },
    admin,
    includes: tree.includes,
    elsewhere: namedElsewhere(tree),
    texts,
    servers: serversOf(tree),
  };
};
