import { Session } from 'node:inspector/promises';
import { sep } from 'node:path';

/** Counts what the product's own code does, so that a slow machine and a fast one measure the same. */
export interface WorkCounter {
  /** Blocks executed in the product's code since the last look. */
  readonly take: () => Promise<number>;
  readonly end: () => Promise<void>;
}

const ROOT = new URL('../../../', import.meta.url).href;
const ROOMS = ['src/', 'providers/'].map((room) => `${ROOT}${room}`);
/** The local world is no part of the product. */
const LOCAL_WORLD = [`${sep}fake${sep}`, `${sep}fake.ts`, `${sep}sandbox${sep}`];

const isProduct = (url: string): boolean =>
  ROOMS.some((room) => url.startsWith(room)) && !LOCAL_WORLD.some((part) => url.includes(part));

/**
 * V8 counts how often every block of a function ran (its precise coverage). A search in a search shows here as a square,
 * whatever the machine does beside; work inside of built-in functions does not.
 */
export const countWork = async (): Promise<WorkCounter> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return {
    take: async () => {
      const { result } = await session.post('Profiler.takePreciseCoverage');
      let blocks = 0;
      for (const { url, functions } of result) {
        if (!isProduct(url)) continue;
        for (const { ranges } of functions) for (const { count } of ranges) blocks += count;
      }
      return blocks;
    },
    end: async () => {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
};
