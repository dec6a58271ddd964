import { type Client, chooseSets } from './answers.ts';
import { labelsOf, parentOf, unescapeName } from './names.ts';
import type { RecordSet, RecordTable } from './records.ts';

export type DnsRecord = {
  /** With a trailing dot, not escaped. */
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  /** In the form of a zone file, e.g. `192.0.2.1` or `10 mail.example.com.`. */
  readonly data: string;
};

export type DnsAnswer = {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED';
  readonly answers: readonly DnsRecord[];
  /** The SOA of the zone where there is no answer (RFC 2308). */
  readonly authority: readonly DnsRecord[];
};

export type AnswerContext = {
  /** Health of one check by id, inversion and disabling counted in. */
  readonly isCheckHealthy: (healthCheckId: string) => boolean;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly client: Client;
  readonly zeroAliasAnswers: boolean;
  /** What an alias outside this zone (a load balancer, say) holds; undefined: nothing is known, so no answer. */
  readonly external: (
    dnsName: string,
    type: string,
  ) => { readonly values: readonly string[]; readonly ttlSeconds: number } | undefined;
};

type Zone = { readonly id: string; readonly name: string; readonly records: RecordTable };
type ByType = ReadonlyMap<string, readonly RecordSet[]>;
type Index = { readonly byName: ReadonlyMap<string, ByType>; readonly existing: ReadonlySet<string> };

/** Longer chains of aliases and CNAMEs are a loop. */
const MAX_DEPTH = 8;

const indexes = new WeakMap<RecordTable, Index>();

const buildIndex = (records: RecordTable): Index => {
  const byName = new Map<string, ByType>();
  const existing = new Set<string>();
  for (const [name, sets] of Map.groupBy(records.values(), (set) => set.name)) {
    byName.set(
      name,
      Map.groupBy(sets, (set) => set.type),
    );
    for (let at: string | undefined = name; at !== undefined && !existing.has(at); at = parentOf(at)) existing.add(at);
  }
  return { byName, existing };
};

const indexOf = (records: RecordTable): Index => {
  const known = indexes.get(records) ?? buildIndex(records);
  indexes.set(records, known);
  return known;
};

/** The node that answers for a name, through the wildcard of its closest encloser if need be (RFC 4592). */
const nodeOf = (index: Index, name: string): ByType | 'empty' | undefined => {
  if (index.existing.has(name)) return index.byName.get(name) ?? 'empty';
  let encloser = parentOf(name);
  while (encloser !== undefined && !index.existing.has(encloser)) encloser = parentOf(encloser);
  return encloser === undefined ? undefined : index.byName.get(`\\052.${encloser}`);
};

/** Whether a set may be answered with: its own check, and for an alias that evaluates its target whatever lies below. */
const isSetHealthy = (zone: Zone, set: RecordSet, context: AnswerContext, depth: number): boolean => {
  if (set.healthCheckId !== undefined && !context.isCheckHealthy(set.healthCheckId)) return false;
  const alias = set.aliasTarget;
  if (alias === undefined || !alias.evaluateTargetHealth || alias.hostedZoneId !== zone.id || depth > MAX_DEPTH)
    return true;
  const node = nodeOf(indexOf(zone.records), alias.dnsName);
  const below = node === undefined || node === 'empty' ? [] : (node.get(set.type) ?? []);
  return below.some((target) => isSetHealthy(zone, target, context, depth + 1));
};

const followAlias = (zone: Zone, set: RecordSet, owner: string, context: AnswerContext, depth: number): DnsRecord[] => {
  const alias = set.aliasTarget;
  if (alias === undefined || depth > MAX_DEPTH) return [];
  if (alias.hostedZoneId !== zone.id) {
    const target = context.external(alias.dnsName, set.type);
    const { values = [], ttlSeconds = 0 } = target ?? {};
    return values.map((data) => ({ name: owner, type: set.type, ttlSeconds, data }));
  }
  const node = nodeOf(indexOf(zone.records), alias.dnsName);
  return node === undefined || node === 'empty' ? [] : recordsAt(zone, node, set.type, owner, context, depth + 1);
};

/** The records of one type at a node, chosen by its routing policy, under the name that was asked for. */
const recordsAt = (
  zone: Zone,
  node: ByType,
  type: string,
  owner: string,
  context: AnswerContext,
  depth: number,
): DnsRecord[] => {
  const isHealthy = (set: RecordSet) => isSetHealthy(zone, set, context, depth);
  const chosen = chooseSets(node.get(type) ?? [], { ...context, isHealthy });
  return chosen.flatMap((set) =>
    set.aliasTarget === undefined
      ? (set.values ?? []).map((data) => ({ name: owner, type, ttlSeconds: set.ttlSeconds ?? 0, data }))
      : followAlias(zone, set, owner, context, depth),
  );
};

const soaOf = (zone: Zone): readonly DnsRecord[] => {
  const soa = indexOf(zone.records).byName.get(zone.name)?.get('SOA')?.[0];
  const data = soa?.values?.[0];
  if (soa === undefined || data === undefined) return [];
  const minimum = Number(data.split(' ').at(-1));
  return [{ name: zone.name, type: 'SOA', ttlSeconds: Math.min(soa.ttlSeconds ?? minimum, minimum), data }];
};

const noAnswer = (zone: Zone, rcode: 'NOERROR' | 'NXDOMAIN'): DnsAnswer => ({
  rcode,
  answers: [],
  authority: soaOf(zone),
});

/** The authoritative answer of one zone. `name` is in the service's form; aliases and CNAMEs are followed inside the zone. */
export const answerFromZone = (zone: Zone, name: string, type: string, context: AnswerContext): DnsAnswer => {
  const node = nodeOf(indexOf(zone.records), name);
  if (node === undefined) return noAnswer(zone, 'NXDOMAIN');
  if (node === 'empty') return noAnswer(zone, 'NOERROR');
  const answers = [...followCnames(zone, node, name, type, context)];
  return answers.length === 0 ? noAnswer(zone, 'NOERROR') : { rcode: 'NOERROR', answers, authority: [] };
};

const followCnames = (zone: Zone, start: ByType, name: string, type: string, context: AnswerContext): DnsRecord[] => {
  const answers: DnsRecord[] = [];
  let node: ByType | 'empty' | undefined = start;
  let owner = unescapeName(name);
  while (node !== undefined && node !== 'empty' && answers.length <= MAX_DEPTH) {
    const wanted = node.has(type) ? type : 'CNAME';
    const records = recordsAt(zone, node, wanted, owner, context, 0);
    answers.push(...records);
    const target = wanted === 'CNAME' && type !== 'CNAME' ? records[0]?.data : undefined;
    if (target === undefined) return answers;
    owner = target.endsWith('.') ? target : `${target}.`;
    node = labelsOf(owner).length === 0 ? undefined : nodeOf(indexOf(zone.records), owner.toLowerCase());
  }
  return answers;
};
