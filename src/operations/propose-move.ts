import { canonicalText } from '../domain/canonical.ts';
import type { Person } from '../domain/config.ts';
import { declarationOf, declarationProblem } from '../domain/declaration.ts';
import { type RunId, runId } from '../domain/ids.ts';
import { type Objection, refusals } from '../domain/objections.ts';
import type { Envelope, Forecast, MoveRequest } from '../domain/plan.ts';
import { OVERRIDABLE } from '../guardrails/overridable.ts';
import type { Proposal } from '../planner/propose.ts';
import { movingServices } from '../planner/request.ts';
import { FLEET_STREAM, runStream } from '../run/events.ts';
import { type Answer, granted, refuse } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { fileAgainstForce, notInForce } from './file-against-force.ts';
import { newEvent } from './new-event.ts';
import { NOBODY } from './nobody.ts';
import { type Session, Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

/** A plan to look at: nothing was written. */
export interface Planned {
  readonly envelope: Envelope | null;
  readonly forecast: Forecast | null;
  /** Everything that stands in its way, and warnings. */
  readonly objections: readonly Objection[];
  readonly digest: string | null;
  readonly approvalNeeded: boolean;
  /** What the config file says that is not in force. */
  readonly notInForce: readonly string[];
}

export interface Proposed extends Planned {
  readonly run: RunId;
  readonly envelope: Envelope;
  readonly forecast: Forecast;
  readonly digest: string;
  /** When an admin who asked may go on without a second person; null where that is not for him. */
  readonly soloFrom: number | null;
}

const askerOf = ({ config, standing }: Session): Person => {
  if (standing.kind !== 'person') return NOBODY;
  const { person, role, shared } = standing;
  const named = config.people.find((candidate) => candidate.person === person);
  return named ?? { person, role, shared, identities: [], totpSecretFrom: null };
};

const lockedOverrides = (move: MoveRequest): readonly string[] =>
  move.overrides
    .filter(({ code }) => !OVERRIDABLE.has(code))
    .map(({ code }) => `Nobody can override ${code}. What can be: ${[...OVERRIDABLE].join(', ')}.`);

const wrongDeclaration = (move: MoveRequest): readonly string[] => {
  const problem = declarationProblem(move);
  return problem === null ? [] : [problem];
};

/** Services that left the config since the words were read would silently become "all services". */
const unknownServices = (session: Session, move: MoveRequest): readonly string[] =>
  move.services
    .filter((service) => !session.config.services.some((candidate) => candidate.service === service))
    .map((service) => `The service ${service} is not in the config in force.`);

const wrongIn = (session: Session, move: MoveRequest): readonly string[] => [
  ...lockedOverrides(move),
  ...wrongDeclaration(move),
  ...unknownServices(session, move),
];

const planIn = async (deps: Deps, session: Session, move: MoveRequest): Promise<Proposal> => {
  const { config, configDigest, fleet } = session;
  const services = movingServices(config, move).map(({ service }) => service);
  const { mode } = move;
  const asker = askerOf(session);
  const maximumAgeMs = config.safety[mode].factsMaximumAgeMs;
  const facts = await deps.gather({
    config,
    inForce: config,
    configDigest,
    fleet,
    services,
    known: null,
    run: null,
    mode,
    declared: declarationOf(move, asker.person, 'pending'),
    maximumAgeMs,
  });
  const now = deps.clock.now();
  const { store } = deps.journal;
  return deps.propose({ request: move, config, configDigest, facts, asker, store, now });
};

const planned = async (deps: Deps, session: Session, move: MoveRequest): Promise<Planned> => {
  const { envelope, forecast, objections } = await planIn(deps, session, move);
  const file = await fileAgainstForce(deps, session.config, session.configDigest);
  const digest = envelope === null ? null : deps.hash.of(canonicalText(envelope));
  // Without a second person a declaration is one person's word, which counts for nothing.
  const needsTwo = move.overrides.length > 0 || move.declaresDead === true;
  const approvalNeeded = session.config.safety[move.mode].approvals !== 'none' || needsTwo;
  return { envelope, forecast, objections, digest, approvalNeeded, notInForce: notInForce(file) };
};

/** Shows what a move would be. Writes nothing, so whoever may see may ask. */
export const planMove = async (deps: Deps, asker: Asker, move: MoveRequest): Promise<Answer<Planned>> => {
  const session = await new Sessions(deps, asker).open();
  if (!session.ok) return session;
  const problems = wrongIn(session.value, move);
  return problems.length > 0 ? refuse(problems) : granted(await planned(deps, session.value, move));
};

/** Whether the asker, who has just seen the plan, wants exactly this one. A door without a question says yes. */
export type Agreed = (plan: Planned) => Promise<boolean>;

/**
 * Proposes a move: plans it, and appends the plan as a new run when nothing refuses it and the asker agrees to what he was
 * shown. Nothing moves by that; where an approval is needed, another person gives it. The append fails, and all is judged
 * (and shown) anew, when a freeze or a config came in between.
 */
export const proposeMove = (
  deps: Deps,
  asker: Asker,
  move: MoveRequest,
  agreed: Agreed = async () => true,
): Promise<Answer<Proposed>> => {
  const sessions = new Sessions(deps, asker);
  return untilLanded(deps, async () => {
    const session = await sessions.openFor(move.overrides.length > 0 ? 'break-glass' : 'propose');
    if (!session.ok) return session;
    const { fleet, config, standing } = session.value;
    const problems = wrongIn(session.value, move);
    if (problems.length > 0) return refuse(problems);
    const plan = await planned(deps, session.value, move);
    const { envelope, forecast, digest, objections } = plan;
    const refused = refusals(objections);
    if (envelope === null || forecast === null || digest === null || refused.length > 0) {
      return refuse([], { objections, forecast });
    }
    if (!(await agreed(plan))) return refuse(['Nothing was proposed.'], { kind: 'declined' });
    const run = runId(deps.ids.next('run'));
    const warnings = objections.filter(({ severity }) => severity === 'warn');
    const { approvalNeeded } = plan;
    const event = newEvent({
      type: 'run.proposed',
      data: {
        by: standing.person,
        door: asker.door,
        run,
        envelope,
        digest,
        forecast,
        warnings,
        approvalNeeded,
        notInForce: plan.notInForce,
      },
    });
    const mayGoAlone = approvalNeeded && standing.role === 'admin' && move.overrides.length === 0;
    return granted({
      append: {
        stream: runStream(run),
        expectedVersion: 0,
        events: [event],
        unmoved: [{ stream: FLEET_STREAM, version: fleet.fleetVersion }],
      },
      value: (events) => ({
        ...plan,
        envelope,
        forecast,
        digest,
        run,
        soloFrom: mayGoAlone ? (events[0]?.at ?? 0) + config.soloAfterMs : null,
      }),
    });
  });
};
