import { describe, expect, it } from 'vitest';
import { base32, oneTimeCode } from '../../src/access/totp.ts';
import { approve } from '../../src/operations/approve.ts';
import { deny } from '../../src/operations/deny.ts';
import { stop } from '../../src/operations/stop.ts';
import { runStream } from '../../src/run/events.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { as, type Desk, desk, fromAccount, granted, hmac, problemsOf, proposed, SECRET } from './arrange.ts';

const plain = { digest: null, solo: false };

const stageOf = async ({ deps }: Desk, run: Awaited<ReturnType<typeof proposed>>) =>
  (await loadFleet(deps.journal)).runs.get(run)?.stage;

const codeAt = (now: number): string => oneTimeCode(base32(SECRET) ?? new Uint8Array(), Math.floor(now / 30_000), hmac);

/** Everybody has an operating-system account of the same name, and approvers a secret. */
const accounts = () =>
  desk({
    people: (people) =>
      people.map((person) => ({
        ...person,
        identities: [...person.identities, { door: 'os', user: String(person.person) } as const],
        totpSecretFrom: person.role === 'approver' ? { env: 'SECRET' } : null,
      })),
  });

describe('approving', () => {
  it('rule 12: binds to the digest of the envelope', async () => {
    const made = await desk();
    const run = await proposed(made);

    const approved = granted(await approve(made.deps, as('approver-1'), { run, ...plain }));

    const events = await made.deps.journal.read(runStream(run), 1);
    expect(approved.stage).toBe('approved');
    expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'approval.given', data: { by: 'approver-1', door: 'cli', digest: approved.digest, solo: false } },
    ]);
  });

  it('rule 12: refuses the digest of another plan, and one too short to mean any', async () => {
    const made = await desk();
    const run = await proposed(made);
    const { digest } = (await loadFleet(made.deps.journal)).runs.get(run) ?? { digest: '' };

    const other = await approve(made.deps, as('approver-1'), { run, digest: 'abcdef', solo: false });
    const short = await approve(made.deps, as('approver-1'), { run, digest: digest.slice(0, 3), solo: false });
    const right = await approve(made.deps, as('approver-1'), { run, digest: digest.slice(0, 8), solo: false });

    expect(problemsOf(other)).toContain('not abcdef');
    expect(problemsOf(short)).toContain('Look at it again');
    expect(right.ok).toBe(true);
  });

  it('rule 12: refuses who asked, also when he comes through another door', async () => {
    const made = await desk({
      people: (people) =>
        people.map((person) =>
          person.role === 'approver'
            ? { ...person, identities: [...person.identities, { door: 'slack', team: 'T1', user: 'U1' }] }
            : person,
        ),
    });
    const run = await proposed(made, {}, 'approver-1');

    const same = await approve(made.deps, as('approver-1'), { run, ...plain });
    const otherDoor = await approve(
      made.deps,
      { presented: { door: 'slack', team: 'T1', user: 'U1', groups: [] }, door: 'slack', proof: null },
      { run, ...plain },
    );

    expect(problemsOf(same)).toContain('another person must approve');
    expect(problemsOf(otherDoor)).toContain('another person must approve');
    expect(await stageOf(made, run)).toBe('waiting');
  });

  it.each(['operator-1', 'responder-1', 'stranger'])('rule 12: refuses %s', async (user) => {
    const made = await desk();
    const run = await proposed(made, {}, 'admin-1');

    const answer = await approve(made.deps, as(user), { run, ...plain });

    expect(problemsOf(answer)).toContain('takes the role approver');
  });

  it('rule 5: refuses a plan that had to start before now', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.clock.advance(31 * 60_000);

    const answer = await approve(made.deps, as('approver-1'), { run, ...plain });

    expect(answer.ok ? [] : answer.refusal.objections.map(({ code }) => code)).toContain('plan-expired');
  });

  it('rule 8: refuses a plan that was made under another config', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.force({ ...made.model.config, fleet: 'renamed' });

    const answer = await approve(made.deps, as('approver-1'), { run, ...plain });

    expect(answer.ok ? [] : answer.refusal.objections.map(({ code }) => code)).toContain('config-superseded');
  });

  it('rule 8: refuses when the asker was revoked meanwhile', async () => {
    const made = await desk();
    const run = await proposed(made);
    await made.force({
      ...made.model.config,
      people: made.model.config.people.filter(({ person }) => person !== 'operator-1'),
    });

    const answer = await approve(made.deps, as('approver-1'), { run, ...plain });

    expect(problemsOf(answer)).toContain('may no longer ask');
  });

  it('answers a second approval with what the run is', async () => {
    const made = await desk();
    const run = await proposed(made);
    await approve(made.deps, as('approver-1'), { run, ...plain });

    const again = await approve(made.deps, as('admin-1'), { run, ...plain });

    expect(problemsOf(again)).toContain('does not wait for approval: it is PLANNED');
  });

  it('rule 12: an approval that races a stop is judged again and refused', async () => {
    const made = await desk();
    const run = await proposed(made);
    let stopped = false;
    const racing = {
      ...made.deps,
      journal: {
        store: made.deps.journal.store,
        read: made.deps.journal.read.bind(made.deps.journal),
        readAll: made.deps.journal.readAll.bind(made.deps.journal),
        wait: made.deps.journal.wait.bind(made.deps.journal),
        append: async (append: Parameters<typeof made.deps.journal.append>[0]) => {
          if (!stopped) {
            stopped = true;
            await stop(made.deps, as('operator-1'), { run, because: 'wrong region' });
          }
          return made.deps.journal.append(append);
        },
      },
    };

    const answer = await approve(racing, as('approver-1'), { run, ...plain });

    expect(problemsOf(answer)).toContain('it is STOPPED (person)');
    expect(await stageOf(made, run)).toBe('stopped');
  });
});

describe('one admin alone', () => {
  it('rule 12: waits until the approvers have had their time', async () => {
    const made = await desk();
    const run = await proposed(made, {}, 'admin-1');

    const early = await approve(made.deps, as('admin-1'), { run, digest: null, solo: true });
    await made.clock.advance(10 * 60_000);
    const later = granted(await approve(made.deps, as('admin-1'), { run, digest: null, solo: true }));

    expect(problemsOf(early)).toContain('get 10m more');
    expect(later.approval).toMatchObject({ by: 'admin-1', solo: true });
  });
});

describe('at a terminal without Slack and cloud', () => {
  it('rule 12: an account is operator at most, and a one-time code lifts the approver who stands beside', async () => {
    const made = await accounts();
    const run = await proposed(made);
    const code = codeAt(made.clock.now());

    const without = await approve(made.deps, fromAccount('approver-1'), { run, ...plain });
    const withCode = await approve(made.deps, fromAccount('operator-1', { person: 'approver-1', code }), {
      run,
      ...plain,
    });

    expect(problemsOf(without)).toContain('--code-of approver-1');
    expect(granted(withCode).approval?.by).toBe('approver-1');
  });

  it('rule 12: a code works once, also for another run', async () => {
    const made = await accounts();
    const [first, second] = [await proposed(made), await proposed(made)];
    const proof = { person: 'approver-1', code: codeAt(made.clock.now()) };
    await deny(made.deps, fromAccount('operator-1', proof), { run: first, because: null });

    const again = await approve(made.deps, fromAccount('operator-1', proof), { run: second, ...plain });

    expect(problemsOf(again)).toContain('has been used already');
    expect(await stageOf(made, second)).toBe('waiting');
  });

  it('rule 12: the asker cannot lift himself by his own code', async () => {
    const made = await accounts();
    const run = await proposed(made, {}, 'approver-1');

    const answer = await approve(
      made.deps,
      fromAccount('operator-1', { person: 'approver-1', code: codeAt(made.clock.now()) }),
      { run, ...plain },
    );

    expect(problemsOf(answer)).toContain('another person must approve');
  });

  it('rule 12: five wrong codes make the sixth wait, even a right one', async () => {
    const made = await accounts();
    const run = await proposed(made);
    const attempt = (code: string) =>
      approve(made.deps, fromAccount('operator-1', { person: 'approver-1', code }), { run, ...plain });
    for (let tries = 0; tries < 5; tries += 1) await attempt('000000');

    const right = await attempt(codeAt(made.clock.now()));
    await made.clock.advance(15 * 60_000);
    const later = await attempt(codeAt(made.clock.now()));

    expect(problemsOf(right)).toContain('Too many wrong codes');
    expect(later.ok).toBe(true);
  });

  it('rule 12: nobody is lifted who has no secret here', async () => {
    const made = await accounts();
    const run = await proposed(made);

    const answer = await approve(
      made.deps,
      fromAccount('operator-1', { person: 'admin-1', code: codeAt(made.clock.now()) }),
      { run, ...plain },
    );

    expect(problemsOf(answer)).toContain('no secret for one-time codes of "admin-1"');
  });
});

describe('denying', () => {
  it('ends the run', async () => {
    const made = await desk();
    const run = await proposed(made);

    const denied = granted(await deny(made.deps, as('approver-1'), { run, because: 'not tonight' }));

    expect(denied.ended).toEqual({ reason: 'denied', because: ['approver-1 denied it: not tonight'] });
  });

  it('is too late once the run has ended', async () => {
    const made = await desk();
    const run = await proposed(made);
    await deny(made.deps, as('approver-1'), { run, because: null });

    const again = await deny(made.deps, as('admin-1'), { run, because: null });

    expect(problemsOf(again)).toContain('Too late to deny');
  });
});
