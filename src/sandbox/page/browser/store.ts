import type { PageState } from '../view/page-state.ts';

/** The state of this browser, and who is told when it changes. */
export interface Store {
  readonly state: () => PageState;
  readonly set: (change: Partial<PageState>) => void;
}

/** Draws at most once a frame, however often the state changes. */
export const createStore = (first: PageState, draw: (state: PageState) => void): Store => {
  let state = first;
  let isWaiting = false;
  const drawNow = (): void => {
    isWaiting = false;
    draw(state);
  };
  return {
    state: () => state,
    set: (change) => {
      state = { ...state, ...change, nowMs: Date.now() };
      if (isWaiting) return;
      isWaiting = true;
      // A tab in the background gets no frames, and shall still be up to date when it is looked at.
      if (document.hidden) setTimeout(drawNow, 250);
      else requestAnimationFrame(drawNow);
    },
  };
};
