import type { Clock } from '../ports/clock.ts';
import type { LocalWorld } from '../sandbox/local-world.ts';
import type { World } from '../sandbox/page/streams.ts';
import type { SwitchShown, TrafficPoint } from '../sandbox/page/types.ts';
import { pointOf, worldShown } from '../sandbox/page/world-shown.ts';

/** Three minutes by the half second: what the line of traffic shows. */
const MOST_POINTS = 400;
const SHOWN_EVERY_MS = 500;

export interface LivingWorld extends World {
  /** Lives until the signal fires; never rejects for it. */
  live(signal: AbortSignal): Promise<void>;
}

export interface LivingParts {
  readonly local: LocalWorld;
  readonly clock: Clock;
  readonly tickMs: number;
  /** Beyond it nothing is moved into a region; parts of 1. */
  readonly utilisationLimit: number;
  readonly switches: () => readonly SwitchShown[];
}

/** The local world with a pulse, and with readers who are told after every beat. */
export const livingWorld = ({ local, clock, tickMs, utilisationLimit, switches }: LivingParts): LivingWorld => {
  const listeners = new Set<() => void>();
  const points: TrafficPoint[] = [];
  const now = () => worldShown(local, { utilisationLimit, switches: switches() });
  const show = (): void => {
    points.push(pointOf(now()));
    points.splice(0, Math.max(0, points.length - MOST_POINTS));
    for (const listener of listeners) listener();
  };
  return {
    now,
    history: () => points,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    live: async (signal) => {
      let shownAt = Number.NEGATIVE_INFINITY;
      while (!signal.aborted) {
        await local.tick();
        if (clock.now() - shownAt >= SHOWN_EVERY_MS) {
          shownAt = clock.now();
          show();
        }
        await clock.sleep(tickMs, signal).catch(() => {});
      }
    },
  };
};
