import { describe, expect, it } from 'vitest';
import { provenStanding } from '../../src/access/standing.ts';
import { type ApprovalQuestion, approvalProblems } from '../../src/access/two-people.ts';
import { personId } from '../../src/domain/ids.ts';
import { OBJECTION_CODES } from '../../src/domain/objections.ts';
import { person } from './people.ts';

const standing = (...args: Parameters<typeof person>) => {
  const proven = provenStanding(person(...args));
  if (proven.kind !== 'person') throw new Error('not a person');
  return proven;
};

const question = (over: Partial<ApprovalQuestion> = {}): ApprovalQuestion => ({
  askedBy: personId('operator-1'),
  asker: { role: 'operator', shared: false },
  approver: standing('approver-1', 'approver'),
  mayBeSame: false,
  overrides: [],
  overridable: new Set(['headroom', 'freeze']),
  solo: false,
  proposedAt: 0,
  soloAfterMs: 600_000,
  now: 60_000,
  ...over,
});

describe('two people', () => {
  it('rule 12: another approver makes two', () => {
    const problems = approvalProblems(question());

    expect(problems).toEqual([]);
  });

  it('rule 12: who asks does not approve, whatever account is used', () => {
    const problems = approvalProblems(question({ approver: standing('operator-1', 'admin') }));

    expect(problems.join()).toContain('another person must approve');
  });

  it('rule 12: two names of which one comes from a user group may be one person', () => {
    const problems = approvalProblems(question({ mayBeSame: true }));

    expect(problems.join()).toContain('Nobody can tell that operator-1 and approver-1 are two people');
  });

  it('rule 12: a shared identity on either side does not make two people', () => {
    const approver = approvalProblems(question({ approver: standing('on-call', 'approver', { shared: true }) }));
    const asker = approvalProblems(question({ asker: { role: 'operator', shared: true } }));

    expect(approver.join()).toContain('shared identity');
    expect(asker.join()).toContain('shared identity');
  });

  it('rule 8: an asker who has been revoked since cannot be approved', () => {
    const gone = approvalProblems(question({ asker: null }));
    const lowered = approvalProblems(question({ asker: { role: 'viewer', shared: false } }));

    expect(gone.join()).toContain('may no longer ask');
    expect(lowered.join()).toContain('may no longer ask');
  });

  it('rule 12: break-glass takes an admin among the two', () => {
    const overrides = ['headroom'] as const;

    const none = approvalProblems(question({ overrides, asker: { role: 'approver', shared: false } }));
    const asked = approvalProblems(question({ overrides, asker: { role: 'admin', shared: false } }));

    expect(none.join()).toContain('must be an admin');
    expect(asked).toEqual([]);
  });

  it('rule 12: only the closed list can be overridden', () => {
    const open = OBJECTION_CODES.filter((code) => {
      const asker = { role: 'admin', shared: false } as const;
      return approvalProblems(question({ overrides: [code], asker })).length === 0;
    });

    expect(open.toSorted()).toEqual(['freeze', 'headroom']);
  });

  it('rule 12: one admin alone waits, and waives nothing else', () => {
    const alone = { askedBy: personId('admin-1'), approver: standing('admin-1', 'admin'), solo: true };

    const early = approvalProblems(question({ ...alone, now: 599_999 }));
    const inTime = approvalProblems(question({ ...alone, now: 600_000 }));
    const withMore = approvalProblems(question({ ...alone, now: 600_000, overrides: ['headroom'] }));

    expect(early.join()).toContain('get 1s more');
    expect(inTime).toEqual([]);
    expect(withMore.join()).toContain('may waive nothing else');
  });

  it('rule 12: an approver alone waives nothing', () => {
    const approver = standing('approver-1', 'approver');

    const problems = approvalProblems(question({ askedBy: approver.person, approver, solo: true, now: 1e9 }));

    expect(problems.join()).toContain('Only an admin');
  });
});
