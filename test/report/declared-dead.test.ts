import { describe, expect, it } from 'vitest';
import { regionId } from '../../src/domain/ids.ts';
import { markdownReport } from '../../src/report/markdown.ts';
import type { RunReport } from '../../src/report/report.ts';
import { reportOf } from '../../src/report/story.ts';
import { EAST, OPERATOR } from '../support/fleet-config.ts';
import { MINUTE, type Story, tell } from '../support/story.ts';

const reported = (solo: boolean): Promise<RunReport> =>
  tell({}, async (story: Story) => {
    story.model.world.unheard.add(EAST);
    story.model.world.failing.add(EAST);
    const id = await story.model.start({ region: EAST, mode: 'emergency', declaresDead: true }, !solo);
    const { digest } = await story.model.run(id);
    const alone = { by: OPERATOR, door: 'test', digest, solo: true };
    if (solo) await story.model.ask(id, { type: 'approval.given', data: alone });
    void story.process();
    await story.ended(id, 180 * MINUTE);
    const report = reportOf(await story.events(id), { fleet: [], asOf: null });
    if (report === null) throw new Error('the story has no proposal');
    return report;
  });

describe('the report of a region that people declared dead', () => {
  it('rule 13: says so, and who did', async () => {
    const report = await reported(false);

    const page = markdownReport(report);
    expect(report.title).toBe('evacuate us-east-1 (declared dead)');
    expect(report.envelope.declared).toEqual({
      region: regionId('us-east-1'),
      by: ['operator-1', 'approver-1'],
      counts: true,
    });
    expect(report.people.map(({ by, because }) => [by, because])).toEqual([
      ['operator-1', 'a test'],
      ['approver-1', 'declares us-east-1 dead, too'],
    ]);
    expect(report.timeline.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'operator-1 proposed it (test), declaring us-east-1 dead: a test',
        'approver-1 approved it (test), declaring us-east-1 dead',
      ]),
    );
    expect(page).toContain('us-east-1, by operator-1 and approver-1');
  });

  it('rule 12: says that the word of one person alone did not count', async () => {
    const report = await reported(true);

    expect(report.envelope.declared?.counts).toBe(false);
    expect(markdownReport(report)).toContain('us-east-1, by operator-1 alone: it did not count');
  });
});
