import type { Objection } from '../domain/objections.ts';
import { configSuperseded } from './config-superseded.ts';
import { refuse } from './objection.ts';
import type { ApprovalInput } from './situation.ts';

/**
 * Who asks does not approve, compared as people and not as accounts (design rule 12). Behind a shared identity may stand
 * anybody, the other one too.
 */
const samePerson = ({ asker, approver }: Pick<ApprovalInput, 'asker' | 'approver'>): readonly Objection[] => {
  const details = { value: approver.person, limit: 'another person' };
  if (asker.person === approver.person)
    return [refuse('same-person', `${approver.person} asked for this and cannot approve it too`, details)];
  return [asker, approver]
    .filter(({ shared }) => shared)
    .map(({ person }) =>
      refuse('same-person', `${person} is a shared identity: nobody can tell that two people decided`, details),
    );
};

/** Everything that speaks against one approval by one person, apart from roles, which operations ask about. */
export const approvalObjections = (input: ApprovalInput): readonly Objection[] => {
  const { envelope, now, configDigest } = input;
  return [
    ...(envelope.limits.approvals === 'none' ? [] : samePerson(input)),
    ...(now <= envelope.startBy
      ? []
      : [
          refuse('plan-expired', 'the plan had to start before now; make a new one', {
            value: now,
            limit: envelope.startBy,
          }),
        ]),
    ...configSuperseded({ started: false, envelope, facts: { configDigest } }),
  ];
};
