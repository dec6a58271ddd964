import { atLeast } from '../access/roles.ts';
import { FLEET_STREAM, type FleetEvent } from '../run/events.ts';
import type { ProposedConfig } from '../run/fleet.ts';
import { type Answer, granted, type Refusal, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { type FileState, fileAgainstForce } from './file-against-force.ts';
import { newEvent } from './new-event.ts';
import { type PersonSession, Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

type Differs = Extract<FileState, { kind: 'differs' }>;

export interface AcceptedChange {
  /** `accepted`: in force now. `waiting`: it weakens a guard, and a second person must accept the same file. */
  readonly outcome: 'accepted' | 'waiting';
  readonly digest: string;
  readonly changes: readonly string[];
  readonly weakens: readonly string[];
}

/** Why this person cannot be the second, or null. Judged under the config in force, never under the proposed one. */
const secondProblem = (session: PersonSession, waiting: ProposedConfig): string | null => {
  const { standing, config } = session;
  const first = config.people.find(({ person }) => person === waiting.by);
  if (standing.person === waiting.by)
    return 'You proposed this; another person must accept it too, because it weakens a guard.';
  if (standing.shared || first?.shared === true) {
    return 'A shared identity is among the two, so nobody can tell that two people stand behind this.';
  }
  if (first === undefined || !atLeast(first.role, 'admin')) {
    return `${waiting.by}, who proposed this, is no longer an admin. An admin must propose it again.`;
  }
  return atLeast(standing.role, 'approver') ? null : 'The second person must be an approver or an admin.';
};

interface Step {
  readonly event: FleetEvent;
  readonly outcome: AcceptedChange['outcome'];
}

const accepted = (session: PersonSession, file: Differs, waiting: ProposedConfig | null): Step => {
  const { person } = session.standing;
  const { config, digest, changes } = file;
  const by = waiting === null ? person : waiting.by;
  const second = waiting === null ? null : person;
  return { event: { type: 'config.accepted', data: { config, digest, by, second, changes } }, outcome: 'accepted' };
};

const nextStep = (session: PersonSession, file: Differs, door: string): Step | Refusal => {
  const waiting = session.fleet.proposedConfig;
  const isAdmin = atLeast(session.standing.role, 'admin');
  const mine = waiting !== null && waiting.digest === file.digest ? waiting : null;
  if (file.weakens.length > 0 && mine !== null) {
    const problem = secondProblem(session, mine);
    return problem === null ? accepted(session, file, mine) : refuse([problem]).refusal;
  }
  if (!isAdmin) {
    const other =
      waiting === null
        ? 'No config waits for a second person'
        : `The file is not the one ${waiting.by} proposed (${waiting.digest.slice(0, 12)})`;
    return refuse([`${other}; to propose one takes the role admin.`]).refusal;
  }
  if (file.weakens.length === 0) return accepted(session, file, null);
  const { config, digest, weakens } = file;
  const data = { by: session.standing.person, door, config, digest, weakens };
  return { event: { type: 'config.proposed', data }, outcome: 'waiting' };
};

/**
 * Puts the config file into force. What only tightens or changes nothing of safety, one admin accepts; a weakening is
 * proposed by an admin, and takes effect when a second person accepts exactly the same config (design rule 8).
 */
export const configAccept = (deps: Deps, asker: Asker): Promise<Answer<AcceptedChange>> => {
  const sessions = new Sessions(deps, asker);
  return untilLanded(deps, async () => {
    // The second person may be an approver, so the role of an admin is asked for where something is proposed.
    const session = await sessions.openFor('approve');
    if (!session.ok) return session;
    const { config, configDigest, fleet } = session.value;
    const file = await fileAgainstForce(deps, config, configDigest);
    if (file.kind === 'wrong') return refuse(file.problems, { kind: 'usage' });
    if (file.kind === 'in-force') return refuse([`${file.name} is in force already.`]);
    const step = nextStep(session.value, file, asker.door);
    if ('kind' in step) return { ok: false, refusal: step };
    const { digest, changes, weakens } = file;
    return granted({
      append: { stream: FLEET_STREAM, expectedVersion: fleet.fleetVersion, events: [newEvent(step.event)] },
      value: () => ({ outcome: step.outcome, digest, changes, weakens }),
    });
  });
};
