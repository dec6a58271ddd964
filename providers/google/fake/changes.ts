import { Refusal } from './errors.ts';
import { assertRecordSet, assertZone } from './rules.ts';
import { type FakeItem, type FakeRecordSet, type FakeZone, held, keyOf } from './state.ts';

export interface ChangeRules {
  /** Whether the items of a policy must be given in the vendor's order to be the same. */
  readonly itemOrder: 'exact' | 'any';
  /** Whether a change may delete and add one and the same record set. */
  readonly identicalPairs: 'refused' | 'accepted';
  readonly mostSets: number;
  readonly mostData: number;
  readonly mostItems: number;
}

export interface WantedChange {
  readonly additions: readonly FakeRecordSet[];
  readonly deletions: readonly FakeRecordSet[];
}

const sorted = (texts: readonly string[] | undefined): readonly string[] => [...(texts ?? [])].sort();

const itemText = ({ weight, location, rrdatas, healthCheckedTargets }: FakeItem): string =>
  JSON.stringify([weight, location, sorted(rrdatas), healthCheckedTargets ?? null]);

/** Two record sets are the same when these texts are: `kind` and signatures do not count, the order of data does not either. */
const textOf = (set: FakeRecordSet, order: ChangeRules['itemOrder']): string => {
  const items = [...(set.routingPolicy?.wrr?.items ?? []), ...(set.routingPolicy?.geo?.items ?? [])].map(itemText);
  const { routingPolicy: policy } = set;
  const level = [policy?.healthCheck ?? null, policy?.geo?.enableFencing ?? null, policy?.primaryBackup ?? null];
  const inOrder = order === 'exact' ? items : items.toSorted();
  return JSON.stringify([keyOf(set), set.ttl, sorted(set.rrdatas), level, inOrder]);
};

const dataOf = ({ rrdatas, routingPolicy }: FakeRecordSet): number =>
  [...(rrdatas ?? []), ...(routingPolicy?.wrr?.items ?? []).flatMap((item) => item.rrdatas ?? [])].join('').length;

const assertQuota = ({ additions, deletions }: WantedChange, rules: ChangeRules): void => {
  if (additions.length + deletions.length === 0)
    throw new Refusal(400, 'required', "Required field not set: 'entity.change'");
  const data = [...additions, ...deletions].reduce((total, set) => total + dataOf(set), 0);
  if (additions.length > rules.mostSets || deletions.length > rules.mostSets || data > rules.mostData)
    throw new Refusal(403, 'quotaExceeded', "The quota of 'entity.change' is exceeded");
};

/** The record sets as the vendor keeps them: with the kinds that it adds. */
const asKept = (set: FakeRecordSet): FakeRecordSet => ({
  kind: 'dns#resourceRecordSet',
  ...set,
  ...(set.routingPolicy === undefined
    ? {}
    : { routingPolicy: { kind: 'dns#rRSetRoutingPolicy', ...set.routingPolicy } }),
});

/** What the zone holds after the change, or a `Refusal` and nothing has happened. */
export const applied = (
  zone: FakeZone,
  change: WantedChange,
  rules: ChangeRules,
): ReadonlyMap<string, FakeRecordSet> => {
  assertQuota(change, rules);
  change.additions.forEach((set, index) => {
    assertRecordSet(`entity.change.additions[${index}]`, zone.dnsName, set, rules.mostItems);
  });
  const after = new Map(held(zone));
  const gone = new Set<string>();
  change.deletions.forEach((set, index) => {
    const where = `entity.change.deletions[${index}]`;
    const live = after.get(keyOf(set));
    if (live === undefined)
      throw new Refusal(404, 'notFound', `The '${where}' resource named '${set.name} (${set.type})' does not exist.`);
    if (textOf(live, rules.itemOrder) !== textOf(set, rules.itemOrder))
      throw new Refusal(412, 'conditionNotMet', `Precondition not met for '${where}'`);
    after.delete(keyOf(set));
    gone.add(textOf(set, 'exact'));
  });
  change.additions.forEach((set, index) => {
    const where = `entity.change.additions[${index}]`;
    if (after.has(keyOf(set)))
      throw new Refusal(
        409,
        'alreadyExists',
        `The resource '${where}' named '${set.name} (${set.type})' already exists`,
      );
    if (rules.identicalPairs === 'refused' && gone.has(textOf(set, 'exact')))
      throw new Refusal(400, 'invalid', `'${where}' is what the change deletes`);
    after.set(keyOf(set), asKept(set));
  });
  assertZone(zone.dnsName, after);
  return after;
};
