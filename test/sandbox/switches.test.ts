import { describe, expect, it } from 'vitest';
import { createWorkspace } from '../../src/sandbox/slack/workspace.ts';
import { createSwitches } from '../../src/sandbox/switches.ts';
import { virtual } from './slack/workspace-options.ts';
import { smallWorld } from './small-world.ts';

const house = () => {
  const { local, live } = smallWorld();
  const workspace = createWorkspace(virtual().options);
  return { local, live, workspace, switches: createSwitches(local, workspace) };
};

const conditionOf = ({ local }: ReturnType<typeof house>, region: string) =>
  local.world.state().regions.find((one) => one.region === region);

const called = async ({ workspace }: ReturnType<typeof house>): Promise<unknown> =>
  workspace.handle({
    method: 'POST',
    path: '/api/auth.test',
    query: {},
    headers: { authorization: 'Bearer xoxb-sandbox-bot' },
    body: '',
  });

describe('switches', () => {
  it('has its own name for each, and for every region three', () => {
    const list = house().switches.list();

    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
    expect(list.filter(({ group }) => group === 'us-west-2').map(({ label }) => label)).toEqual([
      'Dead',
      'Degraded',
      'No metrics',
    ]);
    expect(list.every(({ isOn }) => !isOn)).toBe(true);
  });

  it('breaks a region and mends it again', () => {
    const here = house();

    here.switches.set('degraded-us-west-2', true);
    const broken = conditionOf(here, 'us-west-2');
    const elsewhere = conditionOf(here, 'eu-west-1');
    const shown = here.switches.list().find(({ id }) => id === 'degraded-us-west-2');
    here.switches.set('degraded-us-west-2', false);

    expect(broken).toMatchObject({ errorRate: 0.12, latencyFactor: 4, dead: undefined });
    expect(elsewhere).toMatchObject({ errorRate: 0 });
    expect(shown?.isOn).toBe(true);
    expect(conditionOf(here, 'us-west-2')).toMatchObject({ errorRate: 0, latencyFactor: 1 });
  });

  it('breaks once, however often it is switched on', () => {
    const here = house();

    here.switches.set('degraded-us-west-2', true);
    here.switches.set('degraded-us-west-2', true);
    here.switches.set('degraded-us-west-2', false);

    expect(conditionOf(here, 'us-west-2')).toMatchObject({ errorRate: 0 });
  });

  it('lets one fault be mended while another stays', () => {
    const here = house();

    here.switches.set('dead-us-west-2', true);
    here.switches.set('silent-us-west-2', true);
    here.switches.set('dead-us-west-2', false);

    expect(conditionOf(here, 'us-west-2')).toMatchObject({ dead: undefined, silent: true });
  });

  it('takes Slack away and gives it back', async () => {
    const here = house();

    here.switches.set('slack-out', true);
    const out = here.workspace.isOut();
    const failed = await called(here);
    here.switches.set('slack-out', false);
    const answered = await called(here);

    expect(out).toBe(true);
    expect(failed).not.toMatchObject({ status: 200 });
    expect(answered).toMatchObject({ status: 200 });
  });

  it('refuses a switch that there is not', () => {
    expect(() => house().switches.set('dead-mars', true)).toThrow('there is no switch dead-mars');
  });
});
