import { join } from 'node:path';
import { type ServedPage, servePage } from '../../../src/sandbox/page/serve-page.ts';
import type { Act, ActOutcome, SwitchShown, WorldShown } from '../../../src/sandbox/page/types.ts';
import { createWorkspace, type SlackWorkspace } from '../../../src/sandbox/slack/workspace.ts';
import { virtual } from '../slack/workspace-options.ts';

const WORLD: WorldShown = {
  atMs: 1000,
  regions: [
    { region: 'us-east-1', home: 0.4, configured: 0.4, answered: 0.41, traffic: 0.39, utilisation: 0.5 },
    { region: 'us-west-2', home: 0.6, configured: 0.6, answered: 0.59, traffic: 0.61, utilisation: 0.9 },
  ],
  utilisationLimit: 0.88,
  answers: { seconds: 5, counts: { 'us-east-1': 41, 'us-west-2': 59 }, latest: [] },
  switches: [],
};

const SWITCH: SwitchShown = { id: 'slack-out', group: 'Slack', label: 'Out', about: '', kind: 'toggle', isOn: false };

/** The page over a workspace to which no bot listens. */
export interface House {
  readonly page: ServedPage;
  readonly workspace: SlackWorkspace;
  /** What was switched. */
  readonly switched: string[];
  /** Tells the page's streams that the world has changed. */
  readonly tick: () => void;
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  readonly post: (body: string, headers?: Record<string, string>) => Promise<Response>;
  readonly act: (act: Act) => Promise<ActOutcome>;
}

export const openHouse = async (port = 0): Promise<House> => {
  const { options } = virtual();
  const workspace = createWorkspace(options);
  const switched: string[] = [];
  const listeners = new Set<() => void>();
  const page = await servePage({
    workspace,
    world: {
      now: () => WORLD,
      history: () => [{ atMs: 500, traffic: { 'us-east-1': 0.4 } }],
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    switches: {
      list: () => [SWITCH],
      set: (id, isOn) => {
        switched.push(`${id} ${isOn ? 'on' : 'off'}`);
      },
    },
    people: [
      { id: 'U0OPERATOR', name: 'operator', standing: 'asks' },
      { id: 'U0APPROVER', name: 'approver', standing: 'approves' },
      { id: 'U0STRANGER', name: 'stranger', standing: 'of another company' },
    ],
    hints: [{ usage: 'status', about: 'everything' }],
    directory: join(import.meta.dirname, '..', '..', '..', 'src', 'sandbox', 'page'),
    port,
  });
  const origin = page.url.slice(0, -1);
  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${origin}/act`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', origin, ...headers },
    });
  return {
    page,
    workspace,
    switched,
    tick: () => {
      for (const listener of listeners) listener();
    },
    get: (path, headers = {}) => fetch(`${origin}${path}`, { headers }),
    post,
    act: async (act) => (await (await post(JSON.stringify(act))).json()) as ActOutcome,
  };
};
