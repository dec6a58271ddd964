import { describe, expect, it } from 'vitest';
import { type Desk, desk } from '../operations/arrange.ts';
import { EAST } from '../support/fleet-config.ts';
import { sit } from './terminal.ts';

const EVACUATE = ['evacuate', 'us-east-1', '--emergency', '--declare-dead', '--reason', 'nothing answers there'];

const dying = async (): Promise<Desk> => {
  const made = await desk();
  made.model.world.unheard.add(EAST);
  made.model.world.failing.add(EAST);
  return made;
};

describe('a declaration of death on the command line', () => {
  it('rule 12: stands in the plan that the asker sees, and in the one that the approver sees', async () => {
    const made = await dying();

    const asked = await sit(made, 'operator-1', EVACUATE, { typed: ['us-east-1'] });
    const approved = await sit(made, 'approver-1', ['approve', 'run_1'], { typed: ['us-east-1'] });

    for (const { exit, err } of [asked, approved]) {
      expect(exit).toBe(0);
      expect(err).toContain('EMERGENCY PLAN: evacuate us-east-1 (declared dead)');
      expect(err).toContain('Another person must approve it. Whoever does declares us-east-1 dead, too.');
    }
  });

  it('rule 13: show and status say by whom, before and after the second person', async () => {
    const made = await dying();
    await sit(made, 'operator-1', [...EVACUATE, '--yes']);

    const before = await sit(made, 'operator-1', ['show', 'run_1']);
    const status = await sit(made, 'operator-1', ['status']);
    await sit(made, 'approver-1', ['approve', 'run_1', '--yes', '--reason', 'I see it too']);
    const after = await sit(made, 'operator-1', ['show', 'run_1']);

    expect(before.out).toContain('Declared  us-east-1 dead by operator-1; it counts once another person approves');
    expect(status.out).toContain('evacuate us-east-1 (declared dead), by operator-1');
    expect(after.out).toContain('Declared  us-east-1 dead by operator-1 and approver-1: one signal');
  });

  it('rule 12: an admin who goes on alone is told before and after that his word does not count', async () => {
    const made = await dying();

    const asked = await sit(made, 'admin-1', [...EVACUATE, '--yes']);
    await made.clock.advance(11 * 60_000);
    const alone = await sit(made, 'admin-1', ['approve', 'run_1', '--solo', '--yes', '--reason', 'nobody answers']);
    const shown = await sit(made, 'admin-1', ['show', 'run_1']);

    expect(asked.out).toContain('Alone, your word that us-east-1 is dead does not count.');
    expect(alone.exit).toBe(0);
    expect(shown.out).toContain('Declared  us-east-1 dead by admin-1 alone, so it does not count');
  });

  it('is offered by help and by completion, where it goes and nowhere else', async () => {
    const made = await desk();

    const help = await sit(made, 'operator-1', ['help', 'evacuate']);
    const other = await sit(made, 'operator-1', ['help', 'restore']);
    const completion = await sit(made, 'operator-1', ['completion', 'bash']);

    expect(help.out).toContain('--declare-dead');
    expect(other.out).not.toContain('--declare-dead');
    expect(completion.out).toMatch(/evacuate\) words="[^"]*--declare-dead/);
  });
});
