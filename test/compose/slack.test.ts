import { describe, expect, it } from 'vitest';
import { talkToSlack } from '../../src/compose/slack.ts';
import { parse } from '../../src/config/parse.ts';
import type { LogFields } from '../../src/slack/log.ts';
import { systemRandom } from '../../src/system/random.ts';
import { EXAMPLE } from '../config/example.ts';
import { desk } from '../operations/arrange.ts';
import { loadFleet } from '../support/load-fleet.ts';

const arranged = async (hasSlack: boolean) => {
  const { deps, clock, force } = await desk();
  const parsed = parse(EXAMPLE, 'example.steer.yaml');
  if (!parsed.ok) throw new Error('the example is wrong');
  const { slack, ...without } = parsed.config;
  await force(hasSlack && slack !== undefined ? { ...without, slack } : without);
  const lines: string[] = [];
  const line = ({ event }: LogFields, text: string) => void lines.push(`${event}: ${text}`);
  const stopped = new AbortController();
  const slackDesk = {
    deps: { ...deps, readSecret: async () => null },
    product: { fleet: () => loadFleet(deps.journal) },
    mount: { random: systemRandom },
  };
  const talking = talkToSlack(slackDesk, { info: line, warn: line, error: line }, stopped.signal);
  await clock.untilSleeping();
  return { clock, lines, stopped, talking };
};

describe('serve and Slack', () => {
  it('says nothing of Slack while the config in force names none, and ends when it is told', async () => {
    const { lines, stopped, talking, clock } = await arranged(false);

    stopped.abort();
    await talking;

    expect(lines).toEqual([]);
    expect(clock.sleepers).toBe(0);
  });

  it('tries again after a while when a token is missing, and runs are none of its business', async () => {
    const { lines, stopped, talking, clock } = await arranged(true);

    await clock.advance(60_000);
    await clock.untilSleeping();
    stopped.abort();
    await talking;

    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(
      "slack.not-started: the Slack bot could not start: Slack's bot token (xoxb-…) is missing",
    );
  });
});
