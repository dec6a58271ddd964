import { describe, expect, it } from 'vitest';
import { personId, runId } from '../../../src/domain/ids.ts';
import {
  renderAsked,
  renderDiscarded,
  renderFrozen,
  renderHeld,
  renderHelp,
  renderHistory,
  renderNoDrills,
  renderPlanning,
  renderStatus,
  renderUnfrozen,
  renderWhoami,
} from '../../../src/slack/views/answers.ts';
import {
  renderInternalError,
  renderNotMapped,
  renderProblems,
  renderRefusal,
  renderRestarting,
  renderStale,
  renderStranger,
  renderWrongChannel,
} from '../../../src/slack/views/refused.ts';
import { envelope, runOf, START } from '../../cli/fixtures.ts';
import { floor } from '../../cli/objection-fixtures.ts';
import { context, expectSound, STATES } from './arrange.ts';
import { nobody, operator, status } from './fleet.ts';

const RUN = runId('run_01j8');
const freeze = { by: personId('admin-1'), because: 'release day', since: START - 60_000, until: null };

const SHORT = {
  planning: [renderPlanning(envelope().request), 'Planning: evacuate us-east-1. Nothing changes yet.'],
  'nothing held': [renderHeld([]), 'No run is under way, so nothing is held.'],
  frozen: [
    renderFrozen(freeze, context()),
    'Frozen by admin-1: release day. Nothing new starts until it is lifted: /steer unfreeze. What runs goes on unless it is held.',
  ],
  unfrozen: [
    renderUnfrozen([freeze], context()),
    'Runs may start again.\nLifted: the freeze by admin-1 of 1m ago (release day).',
  ],
  'no drills': [
    renderNoDrills(),
    'No drills are configured. To see one in the sandbox, on the command line: steer sandbox drill',
  ],
  discarded: [renderDiscarded(), 'Plan discarded. Nothing was done.'],
  approved: [
    renderAsked('approve', runOf(STATES.planned), context()),
    'Approved run_01j8: PLANNED: us-east-1 at 40 % (was 40 %), 3 steps\nNext: the executor starts it at its next look\nType: /steer hold run_01j8 · /steer stop run_01j8',
  ],
  'nothing understood': [
    renderProblems(['I don\'t know the region "us-east-l". Did you mean us-east-1 or us-east-2?']),
    'Nothing was done.\nI don\'t know the region "us-east-l". Did you mean us-east-1 or us-east-2?\nAll commands: /steer help',
  ],
  refused: [
    renderRefusal({ kind: 'refused', problems: ['You are responder-1.'], objections: [floor], forecast: null }),
    'Refused. Nothing was done.\nYou are responder-1.\nREFUSED floor: too little healthy capacity of checkout would stay in service [seen 40 %, limit 50 %]. Nobody can override this.\nEach code has an entry in runbooks/README.md.',
  ],
  'another channel': [
    renderWrongChannel('evacuate', ['C1', 'C2']),
    '/steer evacuate changes something, and not from here. Nothing was done.\nIt works in C1, C2. Here you can look (status, show, history, plan, whoami, help) and hold.',
  ],
  stranger: [
    renderStranger('Guests cannot use steer.'),
    'steer answers full members of this workspace only. Nothing was done.\nGuests cannot use steer.',
  ],
  'not mapped': [
    renderNotMapped('T1', 'U9'),
    "I don't know you as a person in steer's config, so you can only look. Nothing was done.\nAn admin can add T1/U9.",
  ],
  'internal error': [
    renderInternalError('e-7f3a'),
    'Something went wrong in steer (error e-7f3a).\nWhat you asked may or may not have been done: look with /steer status.\nShould this go on: steer status and steer hold on the command line do not need Slack.',
  ],
  restarting: [
    renderRestarting(RUN),
    'Bot restarting; the engine continues. This command was not done.\nControl meanwhile, on the command line: steer status run_01j8, steer hold run_01j8',
  ],
  whoami: [
    renderWhoami(operator),
    'You are operator-1, known by the Slack user T1/U1, with the role operator.\nYou may: see, plan, hold, propose, resume, stop, rollback.',
  ],
} as const;

describe('short answers', () => {
  it.each(Object.entries(SHORT))('say what was done and what to type: %s', (_, [message, text]) => {
    expect(message.text).toBe(text);
    expectSound(message);
  });

  it('to a hold say what had left already, and shout first when one could not be held', () => {
    const state = runOf(STATES['held by a person']);
    const message = renderHeld([
      { run: RUN, outcome: 'held', state, alreadySent: 1, because: null },
      { run: runId('run_2'), outcome: 'failed', state: null, alreadySent: 0, because: 'the disk is full' },
    ]);

    expect(message.text.split('\n')).toEqual([
      'run_2: COULD NOT BE HELD: the disk is full. Try again now.',
      'Held run_01j8: HOLDING out (person): us-east-1 at 30 % (was 40 %), step 1 of 3. 1 request had left already and may still land: the last. To go on: /steer resume run_01j8',
    ]);
    expectSound(message);
  });

  it('to a stale click say what changed and by whom, and how it is now', () => {
    const message = renderStale(runOf(STATES['held by a person']), 'responder-1 held it at 10:07:00 UTC.', context());

    expect(message.text).toMatchInlineSnapshot(`
      "Not done: run_01j8 changed since that message (now HOLDING out (person)).
      responder-1 held it at 10:07:00 UTC.
      HOLDING out (person): us-east-1 at 30 % (was 40 %), step 1 of 3.
      held by responder-1 (slack) at 10:07:00 UTC: something looks odd. Only an operator's "resume" ends this
      Type: /steer resume run_01j8 · /steer rollback run_01j8 · /steer stop run_01j8"
    `);
    expectSound(message);
  });
});

describe('help', () => {
  it('fits one screen, says who one is and what one may do, and ends with the command line', () => {
    const lines = renderHelp(operator, null).text.split('\n');

    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.at(-1)).toBe('When Slack is down, the same on the command line: steer help, steer status, steer hold');
    expect(lines).toContain('You are operator-1, known by the Slack user T1/U1, with the role operator.');
    expect(lines).toContain('/steer hold [RUN] pause now; alone: every run. Never asks back');
    expectSound(renderHelp(operator, null));
    expectSound(renderHelp(nobody, null));
    expectSound(renderHelp(null, null));
  });

  it('of one verb has its options, without those of a terminal', () => {
    const { text } = renderHelp(operator, 'evacuate');

    expect(text).toContain('--emergency this is an emergency');
    expect(text).toContain('Example: /steer evacuate us-east-1 --emergency');
    expect(text).not.toContain('--json');
    expectSound(renderHelp(operator, 'evacuate'));
  });

  it('of an unknown verb is the page of all', () => {
    expect(renderHelp(operator, 'explode').text).toBe(renderHelp(operator, null).text);
  });
});

describe('status and history', () => {
  it('put first what needs a person', () => {
    const message = renderStatus(status(), context());

    expect(message.text).toMatchInlineSnapshot(`
      "shop: status
      FROZEN by admin-1: release day (until it is lifted)
      NOBODY EXECUTES: runs stand still. Start one: steer serve
      FAILED: run_00 cannot be replayed: run/run_00 7: unknown event run.of-the-future
      us-east-1 is out for 1 service: checkout, since 10:00:00 UTC. To bring it home: /steer restore us-east-1 --reason "..."
      Unknown: zone Z2 could not be read: throttled
      HOLDING out (gate): us-east-1 at 30 % (was 40 %), step 1 of 3 · evacuate us-east-1, by operator-1, started 8m ago · /steer show run_01j8
      checkout: AWAY FROM HOME: us-east-1 0 % (home 40 %), us-west-2 50 % (home 30 %), eu-west-1 50 % (home 30 %)
      mail: UNKNOWN: its records could not be read
      Tier 1, search at home: us-east-1 40 %, us-west-2 30 %, eu-west-1 30 %
      Tier 2, 2 services at home: us-east-1 40.2 %, us-west-2 29.8 %, eu-west-1 30 %
      STOPPED (person): us-east-1 at 30 % (was 40 %) · evacuate us-east-1, by operator-1, ended 3m ago · /steer show run_01j8
      config 728348626cf8 in force · updated 10:10:00 UTC"
    `);
    expectSound(message);
  });

  it('say newest first who did what, why, and in which run', () => {
    const entry = { at: START, type: 'stop.asked', run: RUN, verb: 'evacuate', region: envelope().source } as const;
    const message = renderHistory(
      [
        { ...entry, by: personId('operator-1'), door: 'slack', because: 'wrong region '.repeat(30) },
        { ...entry, type: 'run.held', by: null, door: null, because: null },
      ],
      context(),
    );

    expect(message.text.split('\n')).toEqual([
      'History, newest first',
      '10:00:00 UTC operator-1 (slack) stopped evacuate us-east-1 · run_01j8: wrong region wrong region wrong region wrong region wrong region … and 325 more characters',
      '10:00:00 UTC steer HOLDING evacuate us-east-1 · run_01j8',
    ]);
    expect(renderHistory([], context()).text).toBe('Nothing has happened yet.');
    expectSound(message);
  });
});
