import type { LocalWorld } from './local-world.ts';
import type { SwitchShown } from './page/types.ts';
import type { Breakage } from './scenarios.ts';
import type { Workspace } from './slack/types.ts';

interface Toggle {
  readonly kind: 'toggle';
  /** Breaks it; gives how to mend it. */
  readonly on: () => () => void;
}

interface Press {
  readonly kind: 'press';
  readonly press: () => void;
}

type Switch = Omit<SwitchShown, 'isOn' | 'kind'> & (Toggle | Press);

const regionSwitches = (local: LocalWorld, region: string): readonly Switch[] => {
  const breaking = (breakage: Breakage) => () => local.break(breakage);
  const fault = { kind: 'world-fault' } as const;
  return [
    {
      id: `dead-${region}`,
      group: region,
      label: 'Dead',
      about: `${region} serves nothing and its health checks answer 503.`,
      kind: 'toggle',
      on: breaking({ ...fault, fault: { kind: 'region-dead', region, answer: '503' } }),
    },
    {
      id: `degraded-${region}`,
      group: region,
      label: 'Degraded',
      about: `${region} answers with errors and slowly while its health checks stay green.`,
      kind: 'toggle',
      on: breaking({ ...fault, fault: { kind: 'region-degraded', region, errorRate: 0.12, latencyFactor: 4 } }),
    },
    {
      id: `silent-${region}`,
      group: region,
      label: 'No metrics',
      about: `Metrics of ${region} are lost; traffic goes on.`,
      kind: 'toggle',
      on: breaking({ ...fault, fault: { kind: 'region-silent', region } }),
    },
  ];
};

const worldSwitches = (local: LocalWorld): readonly Switch[] => {
  const edited = local.spec.regions.at(1) ?? '';
  return [
    {
      id: 'control-plane',
      group: 'DNS and monitoring',
      label: 'Control plane is down',
      about: 'Route 53 answers no change; names are still resolved.',
      kind: 'toggle',
      on: () => local.break({ kind: 'route53-fault', fault: 'down' }),
    },
    {
      id: 'throttle',
      group: 'DNS and monitoring',
      label: 'Control plane throttles',
      about: 'Route 53 refuses calls as too many.',
      kind: 'toggle',
      on: () => local.break({ kind: 'route53-fault', fault: 'throttle' }),
    },
    {
      id: 'monitoring',
      group: 'DNS and monitoring',
      label: 'Monitoring is down',
      about: 'CloudWatch answers every request with 503.',
      kind: 'toggle',
      on: () => local.break({ kind: 'world-fault', fault: { kind: 'monitoring-down' } }),
    },
    {
      id: 'foreign-edit',
      group: 'DNS and monitoring',
      label: 'Somebody edits the records',
      about: `Doubles the weight of ${edited} behind steer's back, once.`,
      kind: 'press',
      press: () => {
        local.break({ kind: 'foreign-edit', region: edited, weightFactor: 2 });
      },
    },
  ];
};

/** Methods of a limit that people notice: the live message stands still while the run goes on. */
const LIMITED = ['chat.update', 'chat.postMessage'];

const slackSwitches = ({ faults }: Workspace): readonly Switch[] => [
  {
    id: 'slack-out',
    group: 'Slack',
    label: 'Slack is out',
    about: 'Every request of the bot fails and its connections are cut. Runs go on.',
    kind: 'toggle',
    on: () => {
      faults.outage(true);
      return () => faults.outage(false);
    },
  },
  {
    id: 'slack-limit',
    group: 'Slack',
    label: 'Rate limit for 20 s',
    about: 'Answers the next posts and edits with 429 and Retry-After 20.',
    kind: 'press',
    press: () => {
      for (const method of LIMITED) faults.rateLimit(method, 1, 20);
    },
  },
  {
    id: 'slack-refresh',
    group: 'Slack',
    label: 'Refresh a connection',
    about: 'Asks the bot to connect anew, as Slack does every few hours.',
    kind: 'press',
    press: () => faults.refresh(),
  },
  {
    id: 'slack-drop',
    group: 'Slack',
    label: 'Cut all connections',
    about: "Cuts the bot's connections without a word.",
    kind: 'press',
    press: () => faults.dropSockets(),
  },
];

/** All that a reader of the page may break, and what is broken now. */
export const createSwitches = (
  local: LocalWorld,
  workspace: Workspace,
): { list(): readonly SwitchShown[]; set(id: string, isOn: boolean): void } => {
  const all = [
    ...local.spec.regions.flatMap((region) => regionSwitches(local, region)),
    ...worldSwitches(local),
    ...slackSwitches(workspace),
  ];
  const healers = new Map<string, () => void>();
  const flip = (own: Toggle, id: string, isOn: boolean): void => {
    if (isOn === healers.has(id)) return;
    if (isOn) {
      healers.set(id, own.on());
      return;
    }
    healers.get(id)?.();
    healers.delete(id);
  };
  return {
    list: () =>
      all.map(({ id, group, label, about, kind }) => ({ id, group, label, about, kind, isOn: healers.has(id) })),
    set: (id, isOn) => {
      const own = all.find((one) => one.id === id);
      if (own === undefined) throw new TypeError(`there is no switch ${id}`);
      if (own.kind === 'toggle') flip(own, id, isOn);
      else own.press();
    },
  };
};
