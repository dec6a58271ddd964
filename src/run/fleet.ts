import type { Freeze } from '../domain/config.ts';
import type { Charge } from '../domain/facts.ts';
import { type PersonId, type RunId, runId } from '../domain/ids.ts';
import { type Fence, zoneKey } from '../domain/steering.ts';
import type { Instant } from '../domain/units.ts';
import type { StoredEvent } from '../ports/journal.ts';
import { BrokenJournal } from './broken-journal.ts';
import { FLEET_STREAM, type FleetEvent, type RunEvent, runStream } from './events.ts';
import { fold } from './fold.ts';
import { asFleetEvent, asRunEvent } from './replay.ts';
import type { Run } from './state.ts';

/** A charge, and which step of its run made it; null where no step did. */
export interface StepsCharge extends Charge {
  readonly step: number | null;
}

export interface AcceptedConfig {
  /** As it was accepted; the config room turns it back into a Config. */
  readonly config: unknown;
  readonly digest: string;
  readonly at: Instant;
  readonly by: PersonId | null;
}

export interface ProposedConfig {
  readonly config: unknown;
  readonly digest: string;
  readonly by: PersonId;
  readonly at: Instant;
  readonly weakens: readonly string[];
}

/**
 * Everything the store knows, as a fold over all its events: nothing is stored twice. Mutable inside, because a store has
 * a hundred thousand events and copies of it would cost more than reading them; `readFleet` hands out one that nobody else has.
 */
export interface FleetView {
  position: number;
  /** Version of the stream `fleet`, for appends that need it unmoved. */
  fleetVersion: number;
  config: AcceptedConfig | null;
  /** Every config that was ever accepted, by digest: a run keeps the one it was approved with. */
  readonly configs: Map<string, unknown>;
  proposedConfig: ProposedConfig | null;
  freezes: readonly Freeze[];
  readonly runs: Map<RunId, Run>;
  /** Runs whose events cannot be folded: the rest goes on, they are FAILED and say why. */
  readonly broken: Map<string, string>;
  charges: readonly StepsCharge[];
  /** Last known marker by zone. */
  readonly fences: Map<string, Fence | null>;
  /** Accounts on which a stale weight was seen to be refused. */
  readonly provenProviders: Set<string>;
  /** Accounts on which weight 0 was seen to drain an alias. */
  readonly provenAliasZero: Set<string>;
  /** Who wants to take zones over from another store, until a second person does it. */
  adoption: {
    readonly by: PersonId;
    readonly because: string;
    readonly previousHash: string | null;
    readonly at: Instant;
  } | null;
}

export const emptyFleet = (): FleetView => ({
  position: 0,
  fleetVersion: 0,
  config: null,
  configs: new Map(),
  proposedConfig: null,
  freezes: [],
  runs: new Map(),
  broken: new Map(),
  charges: [],
  fences: new Map(),
  provenProviders: new Set(),
  provenAliasZero: new Set(),
  adoption: null,
});

const BUDGET_WINDOW_MS = 60 * 60 * 1000;

const known = (proven: Set<string>, provider: string, seen: boolean): void => {
  if (seen) proven.add(provider);
  else proven.delete(provider);
};

const foldFleetEvent = (view: FleetView, event: FleetEvent, at: Instant): void => {
  switch (event.type) {
    case 'config.accepted':
      view.config = { config: event.data.config, digest: event.data.digest, at, by: event.data.by };
      view.configs.set(event.data.digest, event.data.config);
      view.proposedConfig = null;
      return;
    case 'config.proposed': {
      const { config, digest, by, weakens } = event.data;
      view.proposedConfig = { config, digest, by, at, weakens };
      return;
    }
    case 'freeze.set': {
      const { by, because, until } = event.data;
      view.freezes = [...view.freezes, { by, because, since: at, until }];
      return;
    }
    case 'freeze.lifted':
      view.freezes = [];
      return;
    case 'store.adopted': {
      const run = runId('store-adopted');
      view.charges = [...view.charges, ...event.data.charges.map((charge) => ({ at, run, step: null, ...charge }))];
      for (const [zone, fence] of Object.entries(event.data.fences)) view.fences.set(zone, fence);
      view.adoption = null;
      return;
    }
    case 'store.adoption-asked':
      view.adoption = { ...event.data, at };
      return;
    case 'provider.checked':
      known(view.provenProviders, event.data.provider, event.data.conditionalWrite === 'native');
      known(view.provenAliasZero, event.data.provider, event.data.zeroOnAlias);
      return;
    case 'executor.took-over':
      return;
  }
};

const MOVES_CHARGES: ReadonlySet<string> = new Set<RunEvent['type']>([
  'step.intended',
  'batch.intended',
  'batch.landed',
]);

/**
 * The charge of a step counts from the newest of its writes, not from its intent alone: a step that was held for an hour, or
 * sent again, takes capacity out when it lands, and the budget must not have forgotten it by then (design rule 9).
 */
const chargeStep = (view: FleetView, run: Run, at: Instant): void => {
  const { step } = run;
  if (step === null) return;
  const own = step.charges.map((charge): StepsCharge => ({ at, run: run.run, step: step.step, ...charge }));
  const others = view.charges.filter((charge) => charge.run !== run.run || charge.step !== step.step);
  view.charges = [...others.filter((charge) => charge.at > at - BUDGET_WINDOW_MS), ...own];
};

const foldRunEvent = (view: FleetView, stored: StoredEvent): void => {
  const id = stored.stream.slice('run/'.length);
  if (view.broken.has(id)) return;
  try {
    const event = asRunEvent(stored);
    const before = view.runs.get(runId(id)) ?? null;
    const run = fold(before, event);
    view.runs.set(run.run, run);
    if (MOVES_CHARGES.has(event.type)) chargeStep(view, run, stored.at);
    if (event.type === 'batch.landed') {
      const batch = run.step?.batches.find(({ planned }) => planned.batch === event.data.batch);
      if (batch !== undefined) view.fences.set(zoneKey(batch.planned), event.data.fence);
    }
    if (event.type === 'fence.raised' || event.type === 'fence.seen')
      view.fences.set(event.data.zone, event.data.fence);
  } catch (error) {
    if (!(error instanceof BrokenJournal)) throw error;
    view.broken.set(id, error.message);
  }
};

/**
 * Runs whose streams retention has dropped. A process that stood by while they ended never reads how: to it they would be
 * open for ever.
 */
const forget = (view: FleetView, data: unknown): void => {
  const { streams } = data as { readonly streams: readonly { readonly stream: string }[] };
  const gone = new Set(streams.map(({ stream }) => stream));
  for (const run of [...view.runs.keys()]) if (gone.has(runStream(run))) view.runs.delete(run);
  for (const run of [...view.broken.keys()]) if (gone.has(`run/${run}`)) view.broken.delete(run);
};

/** Folds events in, in order of position. Streams other than `fleet` and `run/…` belong to readers and are passed over. */
export const foldInto = (view: FleetView, events: readonly StoredEvent[]): FleetView => {
  for (const stored of events) {
    view.position = Math.max(view.position, stored.position);
    if (stored.stream === FLEET_STREAM) {
      view.fleetVersion = stored.version;
      foldFleetEvent(view, asFleetEvent(stored), stored.at);
    } else if (stored.stream.startsWith('run/')) foldRunEvent(view, stored);
    else if (stored.stream === 'retention' && stored.type === 'retention.dropped') forget(view, stored.data);
  }
  return view;
};
