import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/access/loopback.ts';
import { type Deed, may, NEEDS } from '../../src/access/roles.ts';
import { provenStanding, refusalFor, roleOf, standingOf } from '../../src/access/standing.ts';
import type { Role } from '../../src/domain/config.ts';
import { peopleConfig, person } from './people.ts';

const ROLE_ARN = 'arn:aws:iam::111122223333:role/ops/OnCall';
const session = (name: string, role = 'OnCall') => `arn:aws:sts::111122223333:assumed-role/${role}/${name}`;

describe('roles', () => {
  it.each<[Role, readonly Deed[]]>([
    ['viewer', ['see', 'plan']],
    ['responder', ['see', 'plan', 'hold']],
    ['operator', ['see', 'plan', 'hold', 'propose', 'resume', 'stop', 'rollback', 'change-records']],
    ['approver', ['see', 'plan', 'hold', 'propose', 'resume', 'stop', 'rollback', 'change-records', 'approve', 'deny']],
  ])('a %s may exactly this', (role, deeds) => {
    const allowed = (Object.keys(NEEDS) as Deed[]).filter((deed) => may(role, deed));

    expect(allowed.toSorted()).toEqual(deeds.toSorted());
  });

  it('an admin may everything', () => {
    const refused = (Object.keys(NEEDS) as Deed[]).filter((deed) => !may('admin', deed));

    expect(refused).toEqual([]);
  });
});

describe('who somebody is', () => {
  it('rule 12: an identity that nobody has can only look', () => {
    const config = peopleConfig([person('operator-1', 'operator')]);

    const standing = standingOf(config, { door: 'os', user: 'root' });

    expect(roleOf(standing)).toBe('viewer');
    expect(refusalFor(standing, 'hold')).toContain('belongs to nobody');
    expect(refusalFor(standing, 'plan')).toBeNull();
  });

  it('rule 12: an identity that two people claim is nobody', () => {
    const identities = [{ door: 'os', user: 'deploy' }] as const;
    const config = peopleConfig([person('a', 'admin', { identities }), person('b', 'admin', { identities })]);

    const standing = standingOf(config, { door: 'os', user: 'deploy' });

    expect(standing).toMatchObject({ kind: 'unmapped', because: expect.stringContaining('more than one person') });
  });

  it('rule 12: an operating-system account is at most operator, whatever the person is elsewhere', () => {
    const config = peopleConfig([person('admin-1', 'admin')]);

    const standing = standingOf(config, { door: 'os', user: 'admin-1' });

    expect(standing).toMatchObject({ role: 'operator', ownRole: 'admin' });
    expect(refusalFor(standing, 'approve')).toContain('--code-of admin-1');
  });

  it('a one-time code gives the whole role', () => {
    const standing = provenStanding(person('approver-1', 'approver'));

    expect(refusalFor(standing, 'approve')).toBeNull();
    expect(refusalFor(standing, 'freeze')).toContain('takes the role admin');
  });

  it('rule 12: a session name counts only where the config says that the role pins it', () => {
    const pinned = person('approver-1', 'approver', {
      identities: [{ door: 'aws-session', roleArn: ROLE_ARN, sessionName: 'approver-1' }],
    });
    const byTheBackDoor = person('admin-1', 'admin', { identities: [{ door: 'aws', arn: session('admin-1') }] });
    const config = peopleConfig([pinned, byTheBackDoor]);

    const right = standingOf(config, { door: 'aws', arn: session('approver-1') });
    const otherName = standingOf(config, { door: 'aws', arn: session('somebody') });
    const unpinned = standingOf(config, { door: 'aws', arn: session('admin-1') });
    const otherRole = standingOf(config, { door: 'aws', arn: session('approver-1', 'Other') });

    expect(right).toMatchObject({ person: 'approver-1', role: 'approver' });
    expect([otherName, unpinned, otherRole].map(({ kind }) => kind)).toEqual(['unmapped', 'unmapped', 'unmapped']);
  });

  it('rule 12: the same role in another account is somebody else', () => {
    const config = peopleConfig([
      person('a', 'approver', { identities: [{ door: 'aws-session', roleArn: ROLE_ARN, sessionName: 'a' }] }),
    ]);

    const standing = standingOf(config, { door: 'aws', arn: session('a').replace('111122223333', '444455556666') });

    expect(standing.kind).toBe('unmapped');
  });

  it('a pinned session is the person, also where the bare role stands for a group', () => {
    const group = person('on-call', 'responder', { shared: true, identities: [{ door: 'aws', arn: ROLE_ARN }] });
    const one = person('a', 'approver', { identities: [{ door: 'aws-session', roleArn: ROLE_ARN, sessionName: 'a' }] });
    const config = peopleConfig([group, one]);

    const named = standingOf(config, { door: 'aws', arn: session('a') });
    const anybody = standingOf(config, { door: 'aws', arn: session('b') });

    expect(named).toMatchObject({ person: 'a', shared: false });
    expect(anybody).toMatchObject({ person: 'on-call', shared: true });
  });

  it('an IAM user is known by the exact ARN, and the root of an account is nobody', () => {
    const arn = 'arn:aws:iam::111122223333:user/operator-1';
    const config = peopleConfig([person('operator-1', 'operator', { identities: [{ door: 'aws', arn }] })]);

    const user = standingOf(config, { door: 'aws', arn });
    const root = standingOf(config, { door: 'aws', arn: 'arn:aws:iam::111122223333:root' });

    expect(user).toMatchObject({ person: 'operator-1', role: 'operator' });
    expect(root.kind).toBe('unmapped');
  });

  it('rule 12: a sandbox identity is nobody as soon as one endpoint is not on loopback', () => {
    const people = [person('admin-1', 'admin', { identities: [{ door: 'sandbox', user: 'admin-1' }] })];
    const presented = { door: 'sandbox', user: 'admin-1' } as const;

    const inside = standingOf(peopleConfig(people, 'http://127.0.0.1:4000'), presented);
    const outside = standingOf(peopleConfig(people), presented);
    const disguised = standingOf(peopleConfig(people, 'http://127.0.0.1@dns.example.com'), presented);

    expect(inside).toMatchObject({ kind: 'person', role: 'admin' });
    expect([outside.kind, disguised.kind]).toEqual(['unmapped', 'unmapped']);
  });

  it('a Slack user is a user of one workspace', () => {
    const config = peopleConfig([
      person('operator-1', 'operator', { identities: [{ door: 'slack', team: 'T1', user: 'U1' }] }),
    ]);

    const other = standingOf(config, { door: 'slack', team: 'T2', user: 'U1', groups: [] });

    expect(other.kind).toBe('unmapped');
  });
});

describe('loopback', () => {
  it.each([
    ['http://127.0.0.1:53', true],
    ['http://localhost', true],
    ['http://[::1]:80/x', true],
    ['127.0.0.1:5353', true],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
    ['https://route53.amazonaws.com', false],
    ['', false],
  ])('%s: %s', (address, expected) => {
    const answer = isLoopback(address);

    expect(answer).toBe(expected);
  });
});
