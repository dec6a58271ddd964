import { steeredIn, touched, type ZoneThere } from '../../dns/protected.ts';
import type { Config } from '../../domain/config.ts';
import type { ProviderId } from '../../domain/ids.ts';
import type { Objection } from '../../domain/objections.ts';
import { recordKeyText } from '../../domain/record-order.ts';
import type { RecordChange } from '../../domain/record-sets.ts';
import type { Instant } from '../../domain/units.ts';
import { refuse } from '../../guardrails/objection.ts';
import type { FleetView } from '../../run/fleet.ts';

/** A freeze lets no record be changed either. It is lifted, not overridden. */
export const frozen = ({ freezes }: FleetView, now: Instant): readonly Objection[] =>
  freezes
    .filter(({ until }) => until === null || now <= until)
    .map(({ by, because, until }) => ({
      ...refuse('freeze', `${by} froze the fleet: ${because}; no record is changed until steer unfreeze`, {
        value: by,
        limit: until,
      }),
      override: 'nobody',
    }));

/** What is steered moves by plans, with their guards; a hand on its records would be a foreign edit to the next run. */
export const steered = (
  changes: readonly RecordChange[],
  config: Config,
  provider: ProviderId,
  zone: ZoneThere,
): readonly Objection[] =>
  touched(changes, config, provider, zone).map(({ key, what, service }) =>
    what === 'marker'
      ? refuse(
          'steered-record',
          `${recordKeyText(key)} is the marker by which steer fences its own writes; nobody else writes it`,
          {
            value: recordKeyText(key),
          },
        )
      : refuse(
          'steered-record',
          `${recordKeyText(key)} is steered as part of ${service ?? 'a service'}: its records move by a plan. Type steer shift ${service ?? 'SERVICE'} FROM TO SHARE, or steer restore REGION`,
          { value: recordKeyText(key) },
        ),
  );

/** A zone with steered names in it stays. */
export const steeredZone = (config: Config, provider: ProviderId, zone: ZoneThere): readonly Objection[] =>
  steeredIn(config, provider, zone).map(({ name, type, service }) =>
    refuse('steered-record', `${name} ${type} in zone ${zone.name} is steered as part of ${service}`, {
      value: `${name} ${type}`,
    }),
  );
