import { afterEach, describe, expect, it } from 'vitest';
import { createFollower } from '../../src/slack/live/follower.ts';
import { systemRandom } from '../../src/system/random.ts';
import { type LiveHouse, openLiveHouse } from './support/live-house.ts';

const [OPERATOR, APPROVER, RESPONDER] = ['U0OPERATOR', 'U0APPROVER', 'U0RESPONDER'] as const;
const OPS = 'C0OPS';

const QUIET = { info: () => {}, warn: () => {}, error: () => {} };

let house: LiveHouse;

afterEach(async () => {
  await house.close();
});

describe('the live message', () => {
  it('has buttons that work: approve, hold, resume, roll back, each by who may', async () => {
    house = await openLiveHouse('socket', ({ deps: { journal, clock, ids } }) => ({
      follower: (port, config) =>
        createFollower({ journal, clock, ids, port, config, log: QUIET, random: systemRandom, easel: null }),
    }));
    await house.workspace.command(OPERATOR, OPS, 'evacuate us-east-1');
    await house.press(OPERATOR, await house.sees(OPERATOR, 'steer.start'), 'steer.start');
    const form = await house.modal(OPERATOR, 'Type us-east-1');
    await house.send(OPERATOR, form, { word: 'us-east-1', reason: 'errors in us-east-1 rise' });
    const request = await house.sees(APPROVER, 'steer.approve');

    await house.press(APPROVER, request, 'steer.approve');
    await house.sees(APPROVER, 'Approved run_2');
    const moving = await house.sees(RESPONDER, 'PLANNED: us-east-1');
    await house.press(RESPONDER, moving, 'steer.hold');
    const held = await house.sees(OPERATOR, '"steer.resume"');
    await house.press(OPERATOR, held, 'steer.resume');
    await house.sees(OPERATOR, 'Resumed run_2');

    const types = (await house.desk.deps.journal.read('run/run_2', 0)).map(({ type }) => type);
    expect(types).toEqual(['run.proposed', 'approval.given', 'hold.asked', 'resume.asked']);
    expect([request.ephemeralTo, held.ephemeralTo]).toEqual([null, null]);
  });
});
