import type { Asker } from '../operations/deps.ts';
import type { Proposed } from '../operations/propose-move.ts';
import type { Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import type { Scenario, ScenarioEvent } from '../sandbox/scenarios.ts';
import type { Store } from '../store/store.ts';
import type { MountedSandbox } from './sandbox-mount.ts';

/** Told while it runs; must not throw. */
export interface DrillWatcher {
  planned(plan: Proposed): void;
  /** After every tick of the sandbox. */
  moved(run: Run, picture: Picture): void;
  broke(event: ScenarioEvent): void;
  healed(event: ScenarioEvent): void;
  /** One sentence about what people and processes did. */
  told(what: string): void;
}

export interface DrillOptions {
  readonly sandbox: MountedSandbox;
  readonly store: Store;
  readonly scenario: Scenario;
  readonly watcher: DrillWatcher;
  /** Ends the drill where it is; nothing is moved back. */
  readonly signal: AbortSignal;
}

/** One of the sandbox's people, at a door that only the sandbox has. */
export const asker = (user: string): Asker => ({
  presented: { door: 'sandbox', user },
  door: 'sandbox',
  proof: null,
});
