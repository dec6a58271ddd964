import { isMember, mostByGroup } from '../access/members.ts';
import { lower } from '../access/roles.ts';
import { approvalProblems } from '../access/two-people.ts';
import { canonicalText } from '../domain/canonical.ts';
import type { Config, Person } from '../domain/config.ts';
import type { PersonId, RunId } from '../domain/ids.ts';
import type { Objection } from '../domain/objections.ts';
import { OVERRIDABLE } from '../guardrails/overridable.ts';
import { approvalObjections } from '../guardrails/same-person.ts';
import { phaseOf } from '../run/phase.ts';
import type { Run } from '../run/state.ts';
import { type Answer, refuse } from './answer.ts';
import { askRun } from './ask-run.ts';
import type { Asker, Deps } from './deps.ts';
import type { PersonSession } from './session.ts';

export interface ApproveRequest {
  readonly run: RunId;
  /** Digest of the plan that the approver looked at, or its beginning; null where the door has no way to show it. */
  readonly digest: string | null;
  readonly solo: boolean;
}

/** Six hex digits tell apart the few plans that wait at one time; fewer could be a slip. */
const SHORTEST_DIGEST = 6;

const bindingProblems = (deps: Deps, request: ApproveRequest, run: Run): string[] => {
  const { digest } = request;
  if (deps.hash.of(canonicalText(run.envelope)) !== run.digest) {
    return [
      `The plan of ${run.run} is not the one its digest was made from. Do not approve it; run "steer audit verify".`,
    ];
  }
  if (digest === null) return [];
  const isSame = digest.length >= SHORTEST_DIGEST && run.digest.startsWith(digest.toLowerCase());
  return isSame
    ? []
    : [
        `The plan of ${run.run} has the digest ${run.digest.slice(0, 12)}, not ${digest}. Look at it again: show ${run.run}`,
      ];
};

/** Who asked, as the config in force describes him; a member of a user group has at most what groups give now. */
const askerIn = (config: Config, asker: PersonId): Pick<Person, 'role' | 'shared'> | null => {
  const most = isMember(asker) ? mostByGroup(config.slack) : null;
  if (most !== null) return { role: lower(most, 'operator'), shared: false };
  return config.people.find(({ person }) => person === asker) ?? null;
};

/** Of two of whom one is known by a user group only, the other must be known at Slack, too: else they may be one. */
const mayBeSame = (config: Config, asker: PersonId, approver: PersonId): boolean => {
  const named = [asker, approver].filter((person) => !isMember(person));
  if (named.length !== 1) return false;
  const person = config.people.find((candidate) => candidate.person === named[0]);
  return person?.identities.some(({ door }) => door === 'slack') !== true;
};

const standingProblems = (deps: Deps, request: ApproveRequest, run: Run, session: PersonSession): readonly string[] => {
  const { config, standing } = session;
  const asker = askerIn(config, run.proposed.by);
  return approvalProblems({
    askedBy: run.proposed.by,
    asker,
    approver: standing,
    mayBeSame: mayBeSame(config, run.proposed.by, standing.person),
    overrides: run.envelope.overrides.map(({ code }) => code),
    overridable: OVERRIDABLE,
    solo: request.solo,
    proposedAt: run.proposed.at,
    soloAfterMs: config.soloAfterMs,
    now: deps.clock.now(),
  });
};

/** What a guard objects to: an expired plan, a config that has changed. People are compared in `access`. */
const guardObjections = (
  deps: Deps,
  run: Run,
  { config, configDigest, standing }: PersonSession,
): readonly Objection[] => {
  const of = (person: PersonId) => config.people.find((candidate) => candidate.person === person);
  const [asker, approver] = [of(run.proposed.by), of(standing.person)];
  if (asker === undefined || approver === undefined) return [];
  const { envelope } = run;
  return approvalObjections({ envelope, asker, approver, now: deps.clock.now(), configDigest }).filter(
    ({ code }) => code !== 'same-person',
  );
};

/**
 * A second person approves exactly one envelope (design rule 12). The approval carries its digest; a plan that waits no
 * longer, has expired or was made under another config is refused with all reasons at once.
 */
export const approve = (deps: Deps, asker: Asker, request: ApproveRequest): Promise<Answer<Run>> =>
  askRun(deps, asker, {
    deed: 'approve',
    verb: 'approve',
    run: request.run,
    objection: (run, session) => {
      if (run.stage !== 'waiting') {
        return refuse([`${run.run} does not wait for approval: it is ${phaseOf(run).words}.`]).refusal;
      }
      const problems = [...bindingProblems(deps, request, run), ...standingProblems(deps, request, run, session)];
      const objections = guardObjections(deps, run, session);
      return problems.length + objections.length > 0 ? refuse(problems, { objections }).refusal : null;
    },
    event: (asked, run) => ({ type: 'approval.given', data: { ...asked, digest: run.digest, solo: request.solo } }),
    fleetUnmoved: true,
  });
