import { recordOf as asRecord } from '../../providers/memory/translate.ts';
import type { MemoryRecord, MemoryZone } from '../../providers/memory/vendor.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { Config, ServiceConfig, SteeringSetConfig } from '../../src/domain/config.ts';
import type { SetState } from '../../src/domain/steering.ts';

export const recordsOf = (zone: MemoryZone, { ref }: Pick<SteeringSetConfig, 'ref'>): readonly MemoryRecord[] =>
  [...zone.records.values()]
    .filter(({ name, type }) => name === ref.name && type === ref.type)
    .toSorted((a, b) => (a.member < b.member ? -1 : 1));

/** Everything that a record holds, weights included: two sets with the same text are the same. */
export const textOf = (records: readonly MemoryRecord[]): string => canonicalText(records);

/** The text that the vendor would have for a state as steer knows it. */
export const textOfState = ({ members }: SetState): string =>
  textOf(
    members
      .filter(({ present }) => present)
      .map(asRecord)
      .toSorted((a, b) => (a.member < b.member ? -1 : 1)),
  );

export const setsOfZone = (
  config: Config,
  zone: string,
): readonly { service: ServiceConfig; set: SteeringSetConfig }[] =>
  config.services.flatMap((service) =>
    service.sets.filter(({ ref }) => ref.zone === zone).map((set) => ({ service, set })),
  );
