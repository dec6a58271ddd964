import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/ports/journal.ts';
import type { RunEvent } from '../../../src/run/events.ts';
import { asRunEvent, replay } from '../../../src/run/replay.ts';
import { renderThreadPost, type ThreadPost } from '../../../src/slack/views/thread.ts';
import { proposed, START } from '../../cli/fixtures.ts';
import { evacuated, rolledBack, stopped } from '../../support/run-stories.ts';
import { context, expectSound, heldForAWhile, holdAsked, inMode, rollbackAsked, STATES, stopAsked } from './arrange.ts';

/** What the thread of a run is told, event by event. */
const thread = (story: readonly StoredEvent[]): readonly { readonly type: string; readonly post: ThreadPost }[] =>
  story.flatMap((stored, index) => {
    const run = replay(story.slice(0, index + 1));
    if (run === null) throw new Error('no run yet');
    const post = renderThreadPost(asRunEvent(stored), run, context({ now: stored.at }));
    return post === null ? [] : [{ type: stored.type, post }];
  });

/** A story as it would be stored, one event a minute. */
const stored = (events: readonly RunEvent[]): readonly StoredEvent[] =>
  events.map((event, index) => ({
    position: index + 1,
    stream: 'run/run_01j8',
    version: index + 1,
    at: START + index * 60_000,
    type: event.type,
    data: JSON.parse(JSON.stringify(event.data)),
    previousHash: '',
    hash: '',
  }));

const firstLines = (story: readonly StoredEvent[]): readonly string[] =>
  thread(story).map(({ post }) => `${post.isBroadcast ? '! ' : ''}${post.text.split('\n')[0]}`);

describe('the thread of a run', () => {
  it('is told each step once and every turn, and the channel what somebody must know', () => {
    expect(firstLines(rolledBack())).toMatchInlineSnapshot(`
      [
        "Approved by approver-1 (slack), plan sha256:plan",
        "! STARTED: evacuate us-east-1",
        "Landed: BAKING out: us-east-1 at 24 % (was 40 %), step 1",
        "The answer to a batch of step 2 did not come",
        "Landed: BAKING out: us-east-1 at 8 % (was 40 %), step 2",
        "HOLDING out (gate): us-east-1 at 8 % (was 40 %), step 2",
        "Goes on: BAKING out: us-east-1 at 8 % (was 40 %), step 2",
        "! HOLDING out (person): us-east-1 at 8 % (was 40 %), step 2",
        "Resumed by operator-1 (cli): BAKING out: us-east-1 at 8 % (was 40 %), step 2",
        "Landed: BAKING out: us-east-1 at 0 % (was 40 %), step 3",
        "! HOLDING out (gate): us-east-1 at 0 % (was 40 %), step 3",
        "ROLLING BACK: us-east-1 at 0 % (was 40 %), step 3",
        "Rolling back to where this run began, guarded and gated",
        "Landed: ROLLING BACK: us-east-1 at 20 % (was 40 %), step 1",
        "Landed: ROLLING BACK: us-east-1 at 40 % (was 40 %), step 2",
        "! STOPPED (rolled-back): us-east-1 at 40 % (was 40 %)",
      ]
    `);
  });

  it('has at most one post for a step that goes well, and none for what is only seen', () => {
    const types = thread(evacuated()).map(({ type }) => type);

    expect(types.filter((type) => type === 'step.propagated')).toHaveLength(3);
    expect(
      types.filter((type) => ['observed', 'batch.landed', 'step.intended', 'step.verified'].includes(type)),
    ).toEqual([]);
  });

  it('is sound in every post', () => {
    for (const story of [evacuated(), rolledBack(), stopped()]) for (const { post } of thread(story)) expectSound(post);

    expect(thread(stopped()).length).toBeGreaterThan(2);
  });

  it('calls who asked when only a person can go on, and nobody when it may end by itself', () => {
    const posts = thread(stored([...STATES['held by a gate']]));
    const held = posts.find(({ type }) => type === 'run.held');
    const waits = thread(stored([...STATES.baking, heldForAWhile])).find(({ type }) => type === 'run.held');

    expect(held?.post.isBroadcast).toBe(true);
    expect(JSON.stringify(held?.post.blocks)).toContain(
      '<@U1>: it waits for a person. To go on: /steer resume run_01j8',
    );
    expect(waits?.post.isBroadcast).toBe(false);
    expect(JSON.stringify(waits?.post.blocks)).not.toContain('<@');
  });

  it('answers an ask that came too late with a note, and tells the end once', () => {
    const late = stored([...STATES.stopped, stopAsked, holdAsked]);

    expect(firstLines(late).slice(-3)).toEqual([
      '! STOPPED (person): us-east-1 at 30 % (was 40 %)',
      'Note for responder-1: too late: the run is stopped',
      'Note for responder-1: too late: the run is stopped',
    ]);
  });

  it('tells of a roll back before anything moved as of the end that it is', () => {
    expect(firstLines(stored([proposed, rollbackAsked]))).toEqual(['! STOPPED (person): us-east-1 at 40 % (was 40 %)']);
  });

  it('says loudly that an approval came without a second person', () => {
    const solo: RunEvent = {
      type: 'approval.given',
      data: {
        by: stopAsked.type === 'stop.asked' ? stopAsked.data.by : fail(),
        door: 'cli',
        digest: '3fa9c1d2e4b5a6978877',
        solo: true,
      },
    };

    expect(firstLines(stored([proposed, solo]))).toEqual([
      '! Approved by responder-1 (cli) WITHOUT A SECOND PERSON, plan 3fa9c1d2e4b5',
    ]);
  });

  it.each(['drill', 'emergency'] as const)('of a run in mode %s says so first in every post', (mode) => {
    const posts = thread(stored(inMode([...STATES['held by a gate'], rollbackAsked, stopAsked], {}, mode)));

    expect(posts.length).toBeGreaterThan(4);
    expect(posts.filter(({ post }) => !post.text.startsWith(`${mode.toUpperCase()} `))).toEqual([]);
  });
});

const fail = (): never => {
  throw new Error('the fixture is another event');
};
