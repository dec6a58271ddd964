import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import type { SetChange } from '../steering.ts';
import { STEERING } from './capabilities.ts';
import { type Property, WEIGHTED } from './property.ts';
import { memberNames } from './translate.ts';

const byTwin = ({ trafficTargets }: Property): readonly string[] => {
  const seen = new Set<number>();
  return trafficTargets.flatMap(({ datacenterId }) => {
    if (!seen.has(datacenterId)) {
      seen.add(datacenterId);
      return [];
    }
    return [`data centre ${datacenterId} has more than one traffic target; join them into one`];
  });
};

const bare = (text: string): string => text.replace(/\.$/, '').toLowerCase();

/** What the vendor answers with when every target is down must not lead back to where traffic was taken from. */
const byBackup = (property: Property, left: SetState): readonly string[] => {
  const backups = [property.backupIp, property.backupCName].flatMap((one) => (one ? [bare(one)] : []));
  const names = memberNames(property.trafficTargets);
  const drained = new Set(left.members.filter(({ weight }) => weight === null).map(({ member }) => member));
  return property.trafficTargets.flatMap(({ servers, handoutCName }, index) => {
    const name = names[index] ?? '';
    const answers = [...(servers ?? []), ...(handoutCName ? [handoutCName] : [])].map(bare);
    const backup = answers.find((answer) => backups.includes(answer));
    if (!drained.has(name) || backup === undefined) return [];
    return [`the backup ${backup} leads to data centre ${name}, which would be drained; set another backup first`];
  });
};

/**
 * Throws `rejected` with every reason why writing weights to this property would not do what they say. Looked at where it was
 * just read, not when the plan was made. Fields as described for version 1.5 (config-gtm v1 of akamai/akamai-apis, 2025-06).
 */
export const assertSteerable = (ref: SetRef, property: Property, left: SetState): void => {
  const objections = [
    ...(property.type === WEIGHTED ? [] : [`its type is "${property.type}"; only "${WEIGHTED}" goes by weight`]),
    ...(property.useComputedTargets === true
      ? ['useComputedTargets lets the vendor reckon the shares; switch it off']
      : []),
    ...(property.balanceByDownloadScore === true
      ? ['balanceByDownloadScore moves traffic by download time, beside the weights; switch it off']
      : []),
    ...byTwin(property),
    ...byBackup(property, left),
  ];
  if (objections.length > 0) {
    throw new ProviderError('rejected', `property ${ref.name} in ${ref.zone}: ${objections.join('; ')}`);
  }
};

/** Throws `rejected` for a drain other than the vendor's own switch. */
export const assertDrain = ({ ref, drain, expects, weights }: SetChange): void => {
  if (STEERING.drain.includes(drain) || drain === 'lever') return;
  const drained = expects.members.find(({ member, weight }) => weight !== null && weights[member] === null);
  if (drained === undefined) return;
  throw new ProviderError(
    'rejected',
    `${ref.name} ${ref.type}: a traffic target is drained by its switch \`enabled\`; declare \`drain: state\``,
  );
};
