import { describe, expect, it } from 'vitest';
import { personId } from '../../../src/domain/ids.ts';
import {
  actions,
  button,
  checkboxes,
  contextLine,
  header,
  planBlock,
  sections,
  table,
  textField,
} from '../../../src/slack/views/blocks.ts';
import { viewContext } from '../../../src/slack/views/context.ts';
import { group, rendered } from '../../../src/slack/views/sheet.ts';
import { START } from '../../cli/fixtures.ts';
import { offences } from '../../support/block-kit.ts';
import { fleetConfig } from '../../support/fleet-config.ts';

const LONG = 'x'.repeat(5000);

describe('blocks', () => {
  it('cannot be longer than Slack takes, whatever they are given', () => {
    const spec = { action: 'steer.x', label: LONG, says: LONG, value: 'v'.repeat(2000) };
    const confirm = { title: LONG, text: LONG, yes: LONG, no: LONG };
    const many = Array.from({ length: 40 }, (_, at) => ({ ...spec, value: String(at), confirm }));
    const choices = Array.from({ length: 20 }, (_, at) => ({ value: String(at), text: LONG, description: LONG }));

    const wrong = [
      header(LONG),
      ...sections(
        Array.from({ length: 3 }, () => [LONG]),
        START,
      ),
      contextLine(
        Array.from({ length: 20 }, () => [LONG]),
        START,
      ),
      actions(many.slice(0, 3), LONG),
      checkboxes({ block: 'b', action: 'a', label: LONG, hint: LONG }, choices),
      textField({ block: 'c', action: 'a', label: LONG, longest: 500, initial: LONG }),
    ].flatMap((block) => offences([block]));

    expect(wrong).toEqual([]);
    expect(actions(many, 'x').elements).toHaveLength(25);
  });

  it('count the rows and lines that they leave out', () => {
    const rows = Array.from({ length: 300 }, (_, at) => [String(at), 'x']);
    const { blocks, text } = rendered(
      {
        title: 'T',
        groups: [
          group(
            rows.map(([row = '']) => [row]),
            10,
            'look elsewhere',
          ),
        ],
      },
      { now: START, decorated: false },
    );

    expect(table(['a', 'b'], rows).rows).toHaveLength(100);
    expect(JSON.stringify(table(['a', 'b'], rows).rows.at(-1))).toContain('… and 202 more');
    expect(text).toContain('… and 290 more: look elsewhere');
    expect(JSON.stringify(blocks)).toContain('… and 290 more: look elsewhere');
  });

  it('put every line of a long message into as few sections as hold them', () => {
    const lines = Array.from({ length: 9 }, (_, at) => [`${at}${'y'.repeat(600 - 1)}`]);

    expect(sections(lines, START).map(({ text }) => text?.text.length)).toEqual([2403, 2403, 600]);
  });

  it('refuse a value that no button holds, because cutting it would change what it means', () => {
    expect(() => button({ action: 'steer.start', label: 'Start…', says: 'Start', value: 'v'.repeat(2001) })).toThrow(
      'the value of the button steer.start has 2001 characters, at most 2000 fit',
    );
  });

  it('show nothing as done that Slack has no word for', () => {
    const plan = planBlock('Steps', [{ id: 'run_1-1', title: '1. held', status: 'in_progress' }]);

    expect(JSON.stringify(plan)).toContain('"status":"in_progress"');
  });
});

describe('who may be mentioned', () => {
  const person = personId('operator-1');
  const slack = {
    team: 'T1',
    enterprise: null,
    botTokenFrom: { env: 'A' },
    transport: { kind: 'socket', appTokenFrom: { env: 'B' } },
    channel: 'C1',
    channels: ['C1'],
    approversGroup: 'S1',
    groups: [],
    membershipMaximumAgeMs: 60_000,
    secondFactor: [],
    endpoint: null,
  } as const;
  const people = [
    {
      person,
      role: 'operator',
      shared: false,
      totpSecretFrom: null,
      identities: [
        { door: 'slack', team: 'T2', user: 'U2' },
        { door: 'slack', team: 'T1', user: 'U1' },
        { door: 'os', user: 'U3' },
      ],
    },
  ] as const;

  it('is known from the config alone, and from this workspace alone', () => {
    const context = viewContext({ people, slack }, START);

    expect([...context.users]).toEqual([[person, 'U1']]);
    expect(context.approversGroup).toBe('S1');
  });

  it('is known by the enterprise where there is one', () => {
    expect([...viewContext({ people, slack: { ...slack, enterprise: 'T2' } }, START).users]).toEqual([[person, 'U2']]);
  });

  it('is nobody where there is no Slack', () => {
    expect(viewContext({ people: fleetConfig().people }, START)).toMatchObject({
      approversGroup: null,
      decorated: false,
    });
    expect(viewContext({ people }, START).users.size).toBe(0);
  });
});
