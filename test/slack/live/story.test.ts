import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { RunJournal } from '../../support/run-events.ts';
import { OPERATOR, RESPONDER } from '../../support/run-plan.ts';
import { evacuated, expired, rolledBack, stopped } from '../../support/run-stories.ts';
import { MINUTE, OPS, SECOND, Stage } from './stage.ts';

const told = async (events: readonly StoredEvent[], afterMs = 2 * MINUTE): Promise<Stage> => {
  const stage = new Stage();
  await stage.run(async () => {
    const bot = stage.bot();
    await stage.play(events);
    await stage.sleep(afterMs);
    await bot.stop();
  });
  return stage;
};

const HOLD: RunEvent = {
  type: 'run.held',
  data: { cause: 'gate', endsByItself: false, objections: [], because: ['p99 in us-west-2 is FAIL'], byHand: [] },
};

const heldForPerson = (): RunJournal => new RunJournal().started().add(130, HOLD);

describe('a run as Slack is told of it', () => {
  it('has one message from its proposal to its summary, and a thread in the order of the journal', async () => {
    const stage = await told(evacuated());

    expect(stage.lives()).toHaveLength(1);
    expect(stage.lives()[0]?.text).toMatch(/^DONE: us-east-1 evacuated, 40 % → 0 %/);
    expect(stage.thread()).toMatchInlineSnapshot(`
      [
        "! APPROVED: evacuate us-east-1 (40 % of the traffic)",
        "Approved by approver-1 (slack), plan sha256:plan",
        "! STARTED: evacuate us-east-1",
        "Landed: BAKING out: us-east-1 at 24 % (was 40 %), step 1",
        "The answer to a batch of step 2 did not come",
        "Landed: BAKING out: us-east-1 at 8 % (was 40 %), step 2",
        "HOLDING out (gate): us-east-1 at 8 % (was 40 %), step 2",
        "! HOLDING out (person): us-east-1 at 8 % (was 40 %), step 2",
        "Resumed by operator-1 (cli): BAKING out: us-east-1 at 8 % (was 40 %), step 2",
        "Landed: BAKING out: us-east-1 at 0 % (was 40 %), step 3",
        "! DONE: us-east-1 evacuated, 40 % → 0 %, 7m 30s (forecast 8 min)",
      ]
    `);
  });

  it('costs Slack no call that it refuses, and leaves nothing in memory', async () => {
    const stage = new Stage();
    const runs: number[] = [];
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(evacuated());
      runs.push(bot.health().runs);
      await stage.sleep(2 * MINUTE);
      runs.push(bot.health().runs);
      await bot.stop();
    });

    expect(stage.calls.filter(({ isOk }) => !isOk)).toEqual([]);
    expect(runs).toEqual([1, 0]);
    expect((await stage.memory()).slice(-2)).toEqual(['slack.told', 'slack.left']);
    expect(stage.log).toEqual([]);
  });

  it('that is rolled back says the turn and ends once', async () => {
    const stage = await told(rolledBack());

    expect(stage.thread().slice(-5)).toEqual([
      'ROLLING BACK: us-east-1 at 0 % (was 40 %), step 3',
      'Rolling back to where this run began, guarded and gated',
      'Landed: ROLLING BACK: us-east-1 at 20 % (was 40 %), step 1',
      'Landed: ROLLING BACK: us-east-1 at 40 % (was 40 %), step 2',
      '! STOPPED (rolled-back): us-east-1 at 40 % (was 40 %)',
    ]);
    expect(stage.lives()[0]?.text).toMatch(/^STOPPED \(rolled-back\)/);
  });

  it('that a person stops ends once, whatever is asked of it afterwards', async () => {
    const stage = await told(stopped());

    expect(stage.thread().filter((line) => line.includes('STOPPED'))).toEqual([
      '! STOPPED (person): us-east-1 at 24 % (was 40 %)',
    ]);
    expect(stage.lives()[0]?.text).toMatch(/^STOPPED \(person\)/);
  });

  it('that nobody approves asks once, calls the approvers once, and takes the buttons away at the end', async () => {
    const stage = await told(expired());
    const [request, ...others] = stage.seen().filter(({ text }) => text.startsWith('NOT APPROVED'));

    expect(others).toEqual([]);
    expect(request?.text).toMatch(/^NOT APPROVED, STOPPED \(expired\): evacuate us-east-1/);
    expect(JSON.stringify(request?.blocks)).not.toContain('steer.approve');
    expect(stage.calls.filter(({ method, text }) => method === 'post' && text.includes('APPROVAL'))).toHaveLength(1);
  });

  it('takes the buttons of a request away before it edits the live message again', async () => {
    const stage = await told(evacuated());

    const [first, second] = stage.edits().filter(({ text }) => !text.startsWith('WAITING FOR APPROVAL'));

    expect(first).toMatchObject({ isOk: true, text: expect.stringMatching(/^APPROVED: /) });
    expect(second?.text).toMatch(/^(PLANNED|MOVING out|BAKING out): us-east-1/);
  });

  it('calls the approvers when it asks for an approval', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().proposed().events);
      await stage.sleep(10 * SECOND);
      await bot.stop();
    });

    expect(stage.seen().map(({ mentions }) => mentions)).toEqual([[], ['S0APPROVERS']]);
    expect(JSON.stringify(stage.seen()[1]?.blocks)).toContain('steer.approve');
  });
});

describe('a hold that waits for a person', () => {
  it('calls who asked at once, and the group once after two minutes', async () => {
    const stage = await told(heldForPerson().events, 20 * MINUTE);
    const [live] = stage.lives();
    const calls = stage.workspace
      .thread('U0VIEWER', OPS, live?.ts ?? '')
      .filter(({ mentions, text }) => mentions.length > 0 && !text.startsWith('APPROV'));

    expect(calls.map(({ mentions }) => mentions)).toEqual([['U0OPERATOR'], ['S0APPROVERS']]);
    const reminder = stage.calls.find(({ text }) => text.includes('waited for a person'));
    const since = stage.calls.find(({ text }) => text.startsWith('HOLDING'));
    expect((reminder?.at ?? 0) - (since?.at ?? 0)).toBeGreaterThanOrEqual(2 * MINUTE);
    expect((reminder?.at ?? 0) - (since?.at ?? 0)).toBeLessThan(2 * MINUTE + 5 * SECOND);
  });

  it('reminds nobody when somebody came', async () => {
    const events = heldForPerson().add(200, { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } }).events;
    const stage = await told(events, 20 * MINUTE);

    expect(stage.calls.filter(({ text }) => text.includes('waited for a person'))).toEqual([]);
  });

  it('is said once while the engine finds the same again, and again after a resume', async () => {
    const resume: RunEvent = { type: 'resume.asked', data: { by: OPERATOR, door: 'cli' } };
    const stage = await told(heldForPerson().add(160, HOLD).add(190, resume).add(220, HOLD).events);

    expect(stage.thread().filter((line) => line.startsWith('! HOLDING'))).toHaveLength(2);
  });

  it('is shown anew every half minute, so that what it says of time stays true', async () => {
    const stage = await told(heldForPerson().events, 10 * MINUTE);
    const [live] = stage.lives();
    const edits = stage.edits(live?.ts).filter(({ text }) => text.startsWith('HOLDING'));
    const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0));

    expect(edits.length).toBeGreaterThanOrEqual(19);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(31 * SECOND);
  });

  it('that comes and goes by itself fills no thread', async () => {
    const journal = new RunJournal().started();
    for (let at = 130; at < 700; at += 30) {
      journal
        .add(at, {
          type: 'run.held',
          data: { cause: 'budget', endsByItself: true, objections: [], because: ['the budget'], byHand: [] },
        })
        .add(at + 15, { type: 'run.released', data: { because: 'there is room' } });
    }
    const stage = await told(
      journal.add(710, {
        type: 'hold.asked',
        data: { by: RESPONDER, door: 'slack', because: 'a look' },
      }).events,
    );

    expect(stage.thread().filter((line) => line.includes('HOLDING'))).toEqual([
      expect.stringContaining('HOLDING out (budget)'),
      expect.stringContaining('! HOLDING out (person)'),
    ]);
  });
});
