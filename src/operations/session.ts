import type { Deed } from '../access/roles.ts';
import { secondFactorRefusal } from '../access/second-factor.ts';
import { provenStanding, refusalFor, type Standing, standingOf } from '../access/standing.ts';
import type { Config } from '../domain/config.ts';
import type { PersonId } from '../domain/ids.ts';
import type { FleetView } from '../run/fleet.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { proveByCode } from './one-time-code.ts';

/** One look at the store, and who asks in the eyes of the config in force at that moment. */
export interface Session {
  readonly fleet: FleetView;
  readonly config: Config;
  readonly configDigest: string;
  readonly standing: Standing;
}

/** A session of somebody known by name: what every deed beyond looking needs. */
export type PersonSession = Session & { readonly standing: Extract<Standing, { kind: 'person' }> };

const inForce = (deps: Deps, fleet: FleetView): Answer<Config> => {
  if (fleet.config === null) {
    return refuse(['No config is in force in this store. Run "steer store init".'], { kind: 'unavailable' });
  }
  try {
    return granted(deps.config.fromStored(fleet.config.config));
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unreadable';
    const problem = `The config in force cannot be read by this version of steer (${detail}). "hold" still works.`;
    return refuse([problem], { kind: 'unavailable' });
  }
};

/** Opens sessions for one request. A one-time code is spent on the first, and what it proved holds for the others. */
export class Sessions {
  readonly #deps: Deps;
  readonly #asker: Asker;
  #proven: PersonId | null | undefined;

  constructor(deps: Deps, asker: Asker) {
    this.#deps = deps;
    this.#asker = asker;
  }

  async open(): Promise<Answer<Session>> {
    const fleet = await this.#deps.fleet();
    const config = inForce(this.#deps, fleet);
    if (!config.ok) return config;
    if (this.#proven === undefined) {
      const proven = await proveByCode(this.#deps, this.#asker, config.value);
      if (!proven.ok) return proven;
      this.#proven = proven.value?.person ?? null;
    }
    const person = config.value.people.find((candidate) => candidate.person === this.#proven);
    if (this.#proven !== null && person === undefined) return refuse([`${this.#proven} is no longer in the config.`]);
    const standing = person === undefined ? standingOf(config.value, this.#asker.presented) : provenStanding(person);
    return granted({ fleet, config: config.value, configDigest: fleet.config?.digest ?? '', standing });
  }

  /** A session of somebody who may do this; the sentence why not, otherwise. Roles are asked here and nowhere else. */
  async openFor(deed: Deed): Promise<Answer<PersonSession>> {
    const session = await this.open();
    if (!session.ok) return session;
    const { standing } = session.value;
    const code = secondFactorRefusal(session.value.config.slack, this.#asker.presented.door, standing, deed);
    if (code !== null) return refuse([code]);
    const refusal = refusalFor(standing, deed);
    if (refusal !== null || standing.kind !== 'person') return refuse([refusal ?? 'Nobody is known here by name.']);
    return granted({ ...session.value, standing });
  }
}
