import { describe, expect, it } from 'vitest';
import { runId } from '../../../src/domain/ids.ts';
import { askForPicture } from '../../../src/slack/live/picture-ask.ts';
import { RunJournal } from '../../support/run-events.ts';
import { evacuated } from '../../support/run-stories.ts';
import { MINUTE, OPS, SECOND, Stage } from './stage.ts';

const filesIn = (stage: Stage) => {
  const [live] = stage.lives();
  return stage.workspace.thread('U0VIEWER', OPS, live?.ts ?? '').flatMap(({ files }) => files);
};

describe('a picture of a run', () => {
  it('comes into its thread once it has ended, with an alternative text', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot({}, { draws: true });
      await stage.play(evacuated());
      await stage.sleep(MINUTE);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });

    expect(filesIn(stage)).toMatchObject([
      { name: 'run_1.png', mimeType: 'image/png', altText: `${evacuated().length} events`, title: 'a picture' },
    ]);
  });

  it('comes while it goes on when somebody asks, also when another process was asked', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot({}, { draws: true });
      await stage.play(new RunJournal().started().events);
      await stage.sleep(5 * SECOND);
      await askForPicture(stage.journal, runId('run_1'));
      await askForPicture(stage.journal, runId('run_unknown'));
      await stage.sleep(5 * SECOND);
      expect(JSON.stringify(stage.lives()[0]?.blocks)).toContain('steer.picture');
      await bot.stop();
    });

    expect(filesIn(stage)).toHaveLength(1);
    expect((await stage.memory()).filter((type) => type === 'slack.told')).toHaveLength(2);
  });

  it('is not offered where nobody draws, and an ask for it is forgotten', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot();
      await stage.play(new RunJournal().started().events);
      await askForPicture(stage.journal, runId('run_1'));
      await stage.sleep(10 * SECOND);
      await bot.stop();
    });

    expect(filesIn(stage)).toEqual([]);
    expect(JSON.stringify(stage.lives()[0]?.blocks)).not.toContain('steer.picture');
  });

  it('that may not be uploaded is left out, and the end is told all the same', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      stage.workspace.faults.fail('files.getUploadURLExternal', 50, 'missing_scope');
      const bot = stage.bot({}, { draws: true });
      await stage.play(evacuated());
      await stage.sleep(2 * MINUTE);
      expect(bot.health()).toMatchObject({ runs: 0, state: 'ok' });
      await bot.stop();
    });

    expect(stage.lives()[0]?.text).toMatch(/^DONE/);
    expect(stage.calls.filter(({ method }) => method === 'upload')).toHaveLength(3);
  });

  it('waits for Slack to be back', async () => {
    const stage = new Stage();
    await stage.run(async () => {
      const bot = stage.bot({}, { draws: true });
      const events = evacuated();
      await stage.play(events.slice(0, -1));
      stage.workspace.faults.outage(true);
      await stage.ask('run_1', events.at(-1) as never);
      await stage.sleep(30 * MINUTE);
      stage.workspace.faults.outage(false);
      await stage.sleep(MINUTE);
      expect(bot.health().runs).toBe(0);
      await bot.stop();
    });

    expect(filesIn(stage)).toHaveLength(1);
  });
});
