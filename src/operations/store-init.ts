import { standingOf } from '../access/standing.ts';
import { FLEET_STREAM } from '../run/events.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { configDigestOf } from './file-against-force.ts';
import { newEvent } from './new-event.ts';

export interface FirstConfig {
  readonly digest: string;
  readonly fleet: string;
  readonly regions: number;
  readonly services: number;
  readonly people: number;
}

/**
 * Accepts the first config of a new store. There is nothing yet that it could weaken, so one person is enough; but that
 * person must be an admin in it, or nobody could ever change it again. The cap on operating-system accounts does not count
 * here: whoever makes the store file owns all of it.
 */
export const storeInit = async (deps: Deps, asker: Asker): Promise<Answer<FirstConfig>> => {
  const fleet = await deps.fleet();
  if (fleet.config !== null) return refuse(['This store has a config in force already. Use "steer config accept".']);
  const file = await deps.readConfigFile();
  const parsed = deps.config.parse(file.text, file.name);
  if (!parsed.ok) return refuse(parsed.problems, { kind: 'usage' });
  const { config } = parsed;
  const standing = standingOf(config, asker.presented);
  if (standing.kind === 'unmapped') return refuse([`${standing.because}. Name yourself in ${file.name} as an admin.`]);
  if (standing.ownRole !== 'admin') {
    return refuse([`You are ${standing.person}, and in ${file.name} no admin. An admin must accept the first config.`]);
  }
  const digest = configDigestOf(deps, config);
  const event = newEvent({
    type: 'config.accepted',
    data: { config, digest, by: standing.person, second: null, changes: ['the first config of this store'] },
  });
  const appended = await deps.journal.append({
    stream: FLEET_STREAM,
    expectedVersion: fleet.fleetVersion,
    events: [event],
  });
  if (!appended.ok) return refuse(['Somebody initialised this store at the same moment.']);
  const { regions, services, people } = config;
  return granted({
    digest,
    fleet: config.fleet,
    regions: regions.length,
    services: services.length,
    people: people.length,
  });
};
