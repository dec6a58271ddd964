import type { Config, ServiceConfig } from '../domain/config.ts';
import type { SignalId } from '../domain/ids.ts';
import { valuesOf } from '../domain/records.ts';
import type { SignalSpec } from '../domain/signals.ts';
import type { SetState } from '../domain/steering.ts';

const ofService = (service: ServiceConfig): SignalId[] => [
  ...valuesOf(service.capacity).flatMap((source) => (source.kind === 'signal' ? [source.now] : [])),
  ...(service.demand.kind === 'signals' ? valuesOf(service.demand.byRegion) : []),
  ...service.gates.map(({ signal }) => signal),
];

/** Signals that say how the vendor's own checks on these members stand. */
const ofChecks = (config: Config, states: readonly SetState[]): SignalId[] => {
  const checks = new Set(states.flatMap(({ members }) => members.map(({ healthCheck }) => healthCheck)));
  if (checks.size === 0) return [];
  return config.signals
    .filter(({ source }) => source.kind === 'route53-health-check' && checks.has(source.healthCheck))
    .map(({ signal }) => signal);
};

/** A config never changes, and a run asks for the same services at every look. */
const known = new WeakMap<Config, Map<string, readonly SignalSpec[]>>();

/** Every signal that a decision about these services needs, each once; the very same list for the same question. */
export const signalsFor = (
  config: Config,
  services: readonly ServiceConfig[],
  states: readonly SetState[],
): readonly SignalSpec[] => {
  const checks = ofChecks(config, states);
  const question = [...services.map(({ service }) => service), '|', ...checks].join(' ');
  const lists = known.get(config) ?? new Map<string, readonly SignalSpec[]>();
  known.set(config, lists);
  const found = lists.get(question);
  if (found !== undefined) return found;
  const wanted = new Set([...services.flatMap(ofService), ...checks]);
  const list = config.signals.filter(({ signal }) => wanted.has(signal));
  lists.set(question, list);
  return list;
};
