import { describe, expect, it } from 'vitest';
import { base32, oneTimeCode } from '../../src/access/totp.ts';
import { type Desk, desk, hmac, proposed, SECRET } from '../operations/arrange.ts';
import { loadFleet } from '../support/load-fleet.ts';
import { sit } from './terminal.ts';

const stageOf = async ({ deps }: Desk, run: Awaited<ReturnType<typeof proposed>>) =>
  (await loadFleet(deps.journal)).runs.get(run)?.stage;

describe('asks on the command line', () => {
  it('rule 12: approve shows the plan, asks for the region, and binds to what was shown', async () => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'approver-1', ['approve', run], { typed: ['us-east-1'] });

    expect(said.exit).toBe(0);
    expect(said.err).toContain('PLAN: evacuate us-east-1');
    expect(said.out).toContain('Approved  approver-1');
    expect(await stageOf(made, run)).toBe('approved');
  });

  it('rule 12: whoever asked, or may not approve, is told before typing anything', async () => {
    const made = await desk();
    const run = await proposed(made, {}, 'approver-1');

    const operator = await sit(made, 'operator-1', ['approve', run], { typed: ['us-east-1'] });
    const same = await sit(made, 'approver-1', ['approve', run], { typed: ['us-east-1'] });

    expect(operator).toMatchObject({ exit: 3, asked: [] });
    expect(same.exit).toBe(3);
    expect(same.err).toContain('another person must approve');
    expect(await stageOf(made, run)).toBe('waiting');
  });

  it('a typed digest of another plan is refused even after the region was typed', async () => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'approver-1', ['approve', run, '--digest', 'abcdef12'], { typed: ['us-east-1'] });

    expect(said.exit).toBe(3);
    expect(said.err).toContain('not abcdef12');
  });

  it('rule 10: hold asks nothing, needs nobody to type, and is one word', async () => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'responder-1', ['hold']);

    expect(said).toMatchObject({ exit: 0, asked: [] });
    expect(said.out).toContain(`Held ${run}`);
  });

  it.each(['pause', 'abort', 'cancel', 'halt'])('rule 10: %s holds too', async (word) => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'responder-1', [word]);

    const fleet = await loadFleet(made.deps.journal);
    expect(said.exit).toBe(0);
    expect(fleet.runs.get(run)?.personHold?.by).toBe('responder-1');
  });

  it('resume, stop and rollback ask for the region of the run they found', async () => {
    const made = await desk();
    const run = await proposed(made);
    await sit(made, 'responder-1', ['hold']);

    const resumed = await sit(made, 'operator-1', ['resume'], { typed: ['us-east-1'] });
    const wrong = await sit(made, 'operator-1', ['rollback'], { typed: ['us-west-2'] });
    const stopped = await sit(made, 'operator-1', ['stop', '--yes', '--reason', 'over']);

    expect([resumed.exit, wrong.exit, stopped.exit]).toEqual([0, 5, 0]);
    expect(await stageOf(made, run)).toBe('stopped');
  });

  it('deny needs no typed word: it moves nothing', async () => {
    const made = await desk();
    const run = await proposed(made);

    const said = await sit(made, 'approver-1', ['deny', run, '--reason', 'not tonight']);

    expect(said).toMatchObject({ exit: 0, asked: [] });
    expect(said.out).toContain('STOPPED (denied)');
  });

  it('freeze and unfreeze ask for their own word', async () => {
    const made = await desk();

    const operator = await sit(made, 'operator-1', ['freeze', '--reason', 'x'], { typed: ['freeze'] });
    const slip = await sit(made, 'admin-1', ['freeze', '--reason', 'release'], { typed: ['yes'] });
    const frozen = await sit(made, 'admin-1', ['freeze', '--for', '2h', '--reason', 'release'], { typed: ['freeze'] });
    const thawed = await sit(made, 'admin-1', ['unfreeze', '--reason', 'over'], { typed: ['unfreeze'] });

    expect([operator.exit, slip.exit, frozen.exit, thawed.exit]).toEqual([3, 5, 0, 0]);
    expect(frozen.out).toContain('Nothing new starts until 12:00:00 UTC');
    expect(thawed.out).toContain('Lifted: the freeze by admin-1');
  });

  it('rule 12: at one terminal an approver proves himself by a code that is asked for hidden and never printed', async () => {
    const made = await desk({
      people: (people) =>
        people.map((person) => ({
          ...person,
          identities: [...person.identities, { door: 'os', user: String(person.person) } as const],
          totpSecretFrom: { env: 'SECRET' },
        })),
    });
    const run = await proposed(made);
    const code = oneTimeCode(base32(SECRET) ?? new Uint8Array(), Math.floor(made.clock.now() / 30_000), hmac);
    const presented = { door: 'os', user: 'operator-1' } as const;

    const alone = await sit(made, '', ['approve', run], { presented, typed: ['us-east-1'] });
    const beside = await sit(made, '', ['approve', run, '--code-of', 'approver-1'], {
      presented,
      typed: [code, 'us-east-1'],
    });

    expect(alone.exit).toBe(3);
    expect(beside.exit).toBe(0);
    expect(beside.asked[0]).toBe('One-time code of approver-1: ');
    expect(beside.out + beside.err).not.toContain(code);
  });
});
