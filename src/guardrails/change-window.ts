import type { ChangeWindow } from '../domain/config.ts';
import type { Objection } from '../domain/objections.ts';
import type { Instant } from '../domain/units.ts';
import type { StepContext } from './context.ts';
import { refuse } from './objection.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 1 January 1970 was a Thursday. */
const FIRST_DAY = 4;

/** Whether an instant lies in a window, both ends included. Days and minutes are UTC. */
export const isInside = (window: ChangeWindow, at: Instant): boolean => {
  const day = (Math.floor(at / DAY_MS) + FIRST_DAY) % 7;
  const minute = (at % DAY_MS) / MINUTE_MS;
  return window.days.includes(day) && minute >= window.fromMinute && minute <= window.toMinute;
};

/**
 * Drills and planned moves leave a region only while the people for it are there. Going back is allowed at any hour, an
 * emergency too; an empty list of windows allows any time.
 */
export const changeWindow = (
  context: Pick<StepContext, 'envelope' | 'now' | 'mode'> & {
    readonly step: Pick<StepContext['step'], 'direction'>;
  },
): readonly Objection[] => {
  const { envelope, now, mode, step } = context;
  const { changeWindows } = envelope;
  if (mode === 'emergency' || step.direction === 'back' || changeWindows.length === 0) return [];
  if (changeWindows.some((window) => isInside(window, now))) return [];
  const because = `a ${mode === 'drill' ? 'drill' : 'planned move'} may move traffic only inside a change window, and none is open now`;
  return [refuse('outside-change-window', because, { value: now })];
};
