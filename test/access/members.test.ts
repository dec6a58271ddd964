import { describe, expect, it } from 'vitest';
import { isMember, memberStanding, personOfMember } from '../../src/access/members.ts';
import { secondFactorRefusal } from '../../src/access/second-factor.ts';
import { provenStanding, refusalFor, standingOf } from '../../src/access/standing.ts';
import { peopleConfig, person } from './people.ts';

const slack = (over: { readonly enterprise?: string } = {}) => ({
  team: 'T1',
  enterprise: over.enterprise ?? null,
  groups: [
    { group: 'S1', role: 'responder' },
    { group: 'S2', role: 'approver' },
  ] as const,
});

const member = (groups: readonly string[] | null, team = 'T1') =>
  ({ door: 'slack', team, user: 'U9', groups }) as const;

describe('members of user groups', () => {
  it('have the highest role that a group of theirs gives, as a person of their own', () => {
    const one = memberStanding(slack(), member(['S1']));
    const both = memberStanding(slack(), member(['S2', 'S1']));

    expect(one).toMatchObject({ kind: 'person', person: 'slack:T1/U9', role: 'responder', provenBy: 'group' });
    expect(both).toMatchObject({ role: 'approver' });
    expect(isMember(personOfMember({ team: 'T1', user: 'U9' }))).toBe(true);
  });

  it('rule 10: nobody can say in which groups somebody is: he may hold, and nothing that moves', () => {
    const standing = memberStanding(slack(), member(null));

    expect(refusalFor(standing, 'hold')).toBeNull();
    for (const deed of ['propose', 'approve', 'resume', 'rollback', 'stop', 'freeze', 'break-glass'] as const)
      expect(refusalFor(standing, deed)).toContain('takes the role');
  });

  it('are nobody in another workspace, in no group, and where groups give nothing', () => {
    const elsewhere = memberStanding(slack(), member(['S2'], 'T2'));
    const inNone = memberStanding(slack(), member(['S7']));
    const unknown = memberStanding({ ...slack(), groups: [] }, member(null));
    const noSlack = memberStanding(undefined, member(['S2']));

    expect([elsewhere, inNone, unknown, noSlack].map(({ kind }) => kind)).toEqual(Array(4).fill('unmapped'));
  });

  it('are known by the enterprise where there is one', () => {
    const byTeam = memberStanding(slack({ enterprise: 'E1' }), member(['S2'], 'T1'));
    const byEnterprise = memberStanding(slack({ enterprise: 'E1' }), member(['S2'], 'E1'));

    expect(byTeam.kind).toBe('unmapped');
    expect(byEnterprise).toMatchObject({ person: 'slack:E1/U9', role: 'approver' });
  });

  it('a line of the config comes before any group: it is how a role is taken away from a member', () => {
    const people = [person('viewer-1', 'viewer', { identities: [{ door: 'slack', team: 'T1', user: 'U9' }] })];
    const config = { ...peopleConfig(people), slack: { ...complete, ...slack() } };

    const standing = standingOf(config, member(['S2']));

    expect(standing).toMatchObject({ person: 'viewer-1', role: 'viewer', provenBy: 'identity' });
  });
});

const complete = {
  botTokenFrom: { env: 'BOT' },
  transport: { kind: 'socket', appTokenFrom: { env: 'APP' } },
  channel: 'C1',
  channels: ['C1'],
  approversGroup: null,
  membershipMaximumAgeMs: 60_000,
  secondFactor: [],
  endpoint: null,
} as const;

describe('the second factor', () => {
  const all = { secondFactor: ['start', 'approve', 'break-glass'] } as const;
  const admin = person('admin-1', 'admin', { identities: [{ door: 'slack', team: 'T1', user: 'U1' }] });
  const known = standingOf(peopleConfig([admin]), { door: 'slack', team: 'T1', user: 'U1', groups: [] });

  it.each(['propose', 'approve', 'break-glass'] as const)(
    'rule 12: %s takes the code where the config says so',
    (deed) => {
      const asked = secondFactorRefusal(all, 'slack', known, deed);
      const proven = secondFactorRefusal(all, 'slack', provenStanding(admin), deed);
      const off = secondFactorRefusal({ secondFactor: [] }, 'slack', known, deed);
      const elsewhere = secondFactorRefusal(all, 'aws', known, deed);

      expect(asked).toContain('one-time code');
      expect([proven, off, elsewhere]).toEqual([null, null, null]);
    },
  );

  it.each(['hold', 'deny', 'stop', 'rollback', 'see', 'plan'] as const)('rule 10: never asked for to %s', (deed) => {
    expect(secondFactorRefusal(all, 'slack', known, deed)).toBeNull();
  });

  it('says to a member of a group that he has no code to give', () => {
    const standing = memberStanding(slack(), member(['S2']));

    expect(secondFactorRefusal(all, 'slack', standing, 'approve')).toContain('user group only');
  });
});
