import { describe, expect, it } from 'vitest';
import { base32, oneTimeCode } from '../../src/access/totp.ts';
import type { SlackConfig } from '../../src/domain/config.ts';
import { approve } from '../../src/operations/approve.ts';
import type { Asker } from '../../src/operations/deps.ts';
import { hold } from '../../src/operations/hold.ts';
import { proposeMove } from '../../src/operations/propose-move.ts';
import { as, type Desk, desk, granted, hmac, move, problemsOf, SECRET } from './arrange.ts';

const SLACK: SlackConfig = {
  team: 'T1',
  enterprise: null,
  botTokenFrom: { env: 'BOT' },
  transport: { kind: 'socket', appTokenFrom: { env: 'APP' } },
  channel: 'C1',
  channels: ['C1'],
  approversGroup: null,
  groups: [
    { group: 'SOPS', role: 'operator' },
    { group: 'SAPP', role: 'approver' },
  ],
  membershipMaximumAgeMs: 60_000,
  secondFactor: [],
  endpoint: null,
};

const member = (user: string, groups: readonly string[] | null, proof: Asker['proof'] = null): Asker => ({
  presented: { door: 'slack', team: 'T1', user, groups },
  door: 'slack',
  proof,
});

/** The approver is known at Slack as U1 and has a secret; the operator is not known there. */
const slackDesk = async (over: Partial<SlackConfig> = {}): Promise<Desk> => {
  const made = await desk();
  const people = made.model.config.people.map((person) =>
    person.role === 'approver'
      ? {
          ...person,
          identities: [...person.identities, { door: 'slack', team: 'T1', user: 'U1' } as const],
          totpSecretFrom: { env: 'SECRET' },
        }
      : person,
  );
  await made.force({ ...made.model.config, people, slack: { ...SLACK, ...over } });
  return made;
};

const codeAt = (now: number): string => oneTimeCode(base32(SECRET) ?? new Uint8Array(), Math.floor(now / 30_000), hmac);

const askedBy = async ({ deps }: Desk, asker: Asker) => granted(await proposeMove(deps, asker, move())).run;

describe('members of user groups in operations', () => {
  it('rule 12: two members are two people, one is not', async () => {
    const made = await slackDesk();
    const run = await askedBy(made, member('U8', ['SOPS', 'SAPP']));

    const same = await approve(made.deps, member('U8', ['SAPP']), { run, digest: null, solo: false });
    const other = await approve(made.deps, member('U9', ['SAPP']), { run, digest: null, solo: false });

    expect(problemsOf(same)).toContain('You asked for this');
    expect(granted(other).approval?.by).toBe('slack:T1/U9');
  });

  it('rule 12: a member may be the very person who asked under another name at another door', async () => {
    const made = await slackDesk();
    const run = await askedBy(made, as('operator-1'));

    const byGroup = await approve(made.deps, member('U9', ['SAPP']), { run, digest: null, solo: false });
    const named = await approve(made.deps, member('U1', []), { run, digest: null, solo: false });

    expect(problemsOf(byGroup)).toContain('Nobody can tell');
    expect(granted(named).approval?.by).toBe('approver-1');
  });

  it('rule 12: once groups give nothing any more, what a member asked for cannot be approved', async () => {
    const made = await slackDesk();
    const run = await askedBy(made, member('U8', ['SOPS']));
    await made.force({ ...made.model.config, slack: { ...SLACK, groups: [] } });

    const approved = await approve(made.deps, as('approver-1'), { run, digest: null, solo: false });

    expect(problemsOf(approved)).toContain('may no longer ask');
  });

  it('rule 10: unknown groups start nothing and approve nothing, and hold everything', async () => {
    const made = await slackDesk();
    const run = await askedBy(made, member('U8', ['SOPS']));

    const asked = await proposeMove(made.deps, member('U7', null), move());
    const approved = await approve(made.deps, member('U7', null), { run, digest: null, solo: false });
    const held = granted(
      await hold(made.deps, member('U7', null), { run, because: null }, new AbortController().signal),
    );

    expect(problemsOf(asked)).toContain('takes the role operator');
    expect(problemsOf(approved)).toContain('takes the role approver');
    expect(held[0]).toMatchObject({ outcome: 'held' });
    expect(held[0]?.state?.personHold?.by).toBe('slack:T1/U7');
  });
});

describe('the second factor in operations', () => {
  it('rule 12: an approval in Slack takes the own code where the config asks for it, once', async () => {
    const made = await slackDesk({ secondFactor: ['approve'] });
    const run = await askedBy(made, member('U8', ['SOPS']));
    const code = codeAt(made.clock.now());
    const request = { run, digest: null, solo: false };

    const without = await approve(made.deps, member('U1', []), request);
    const others = await approve(made.deps, member('U9', ['SAPP'], { person: 'approver-1', code }), request);
    const wrong = await approve(made.deps, member('U1', [], { person: 'approver-1', code: '000000' }), request);
    const right = await approve(made.deps, member('U1', [], { person: 'approver-1', code }), request);

    expect(problemsOf(without)).toContain('takes your one-time code');
    expect(problemsOf(others)).toContain('proves only himself');
    expect(problemsOf(wrong)).toContain('wrong');
    expect(granted(right).stage).toBe('approved');
  });

  it('rule 10: a hold never takes a code', async () => {
    const made = await slackDesk({ secondFactor: ['start', 'approve', 'break-glass'] });
    const proof = { person: 'approver-1', code: codeAt(made.clock.now()) };
    const run = granted(await proposeMove(made.deps, member('U1', [], proof), move())).run;

    const held = granted(await hold(made.deps, member('U1', []), { run, because: null }, new AbortController().signal));

    expect(held[0]?.outcome).toBe('held');
  });
});
