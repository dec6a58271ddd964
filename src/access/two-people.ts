import type { Person } from '../domain/config.ts';
import type { PersonId } from '../domain/ids.ts';
import type { ObjectionCode } from '../domain/objections.ts';
import { durationText, type Instant } from '../domain/units.ts';
import { atLeast, may } from './roles.ts';
import type { Standing } from './standing.ts';

export interface ApprovalQuestion {
  readonly askedBy: PersonId;
  /** As the config in force describes the asker now; null when he is no longer in it. */
  readonly asker: Pick<Person, 'role' | 'shared'> | null;
  readonly approver: Extract<Standing, { kind: 'person' }>;
  /** Known under two names that nobody can tell apart, e.g. by an account here and by a user group there. */
  readonly mayBeSame: boolean;
  /** Codes that the plan sets aside. */
  readonly overrides: readonly ObjectionCode[];
  /** The closed list of what can be set aside at all. */
  readonly overridable: ReadonlySet<ObjectionCode>;
  /** One admin alone, waiving the second person. */
  readonly solo: boolean;
  readonly proposedAt: Instant;
  readonly soloAfterMs: number;
  readonly now: Instant;
}

const soloProblems = (question: ApprovalQuestion): string[] => {
  const { approver, askedBy, overrides, proposedAt, soloAfterMs, now } = question;
  const problems: string[] = [];
  if (approver.person !== askedBy) {
    problems.push('--solo is for the admin who asked. You did not ask for this run, so approve it without --solo.');
  }
  if (!atLeast(approver.role, 'admin')) {
    problems.push(`Only an admin may waive the second person; you are here with the role ${approver.role}.`);
  }
  if (overrides.length > 0) {
    problems.push(
      `This plan overrides ${overrides.join(', ')}. Whoever waives the second person may waive nothing else in that run.`,
    );
  }
  const left = proposedAt + soloAfterMs - now;
  if (left > 0)
    problems.push(`The approvers have been told and get ${durationText(left)} more before one admin may go on alone.`);
  return problems;
};

const overrideProblems = (question: ApprovalQuestion): string[] => {
  const { approver, asker, overrides, overridable } = question;
  const locked = overrides.filter((code) => !overridable.has(code));
  const problems = locked.map((code) => `Nobody can override ${code}.`);
  if (overrides.length > 0 && !(asker !== null && atLeast(asker.role, 'admin')) && !atLeast(approver.role, 'admin')) {
    problems.push(
      `This plan overrides ${overrides.join(', ')}: the one who asked or the one who approves must be an admin.`,
    );
  }
  return problems;
};

/** All reasons why this person's approval would not make two people (design rule 12); empty when it does. */
export const approvalProblems = (question: ApprovalQuestion): readonly string[] => {
  const { approver, askedBy, asker, solo } = question;
  if (solo) return soloProblems(question);
  const problems = overrideProblems(question);
  if (approver.person === askedBy) {
    problems.push('You asked for this; another person must approve it. Accounts do not count, people do.');
  }
  if (question.mayBeSame && approver.person !== askedBy) {
    problems.push(
      `Nobody can tell that ${askedBy} and ${approver.person} are two people: one is known by a user group of Slack only. An admin can put the Slack user into the config.`,
    );
  }
  if (asker === null || !may(asker.role, 'propose')) {
    problems.push(
      `${askedBy} may no longer ask for this: the config in force has changed since. Somebody else must ask again.`,
    );
  }
  if (approver.shared || asker?.shared === true) {
    const whose = approver.shared ? 'Yours' : `That of ${askedBy}`;
    problems.push(
      `${whose} is a shared identity: nobody can tell that two people stand behind the asking and the approving.`,
    );
  }
  return problems;
};
