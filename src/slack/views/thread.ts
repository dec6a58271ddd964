import type { RunEvent } from '../../run/events.ts';
import type { Run } from '../../run/state.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

export interface ThreadPost extends Rendered {
  /** Shown in the channel as well: a person must act, or it began or ended. */
  readonly isBroadcast: boolean;
}

/**
 * What the thread is told of one event; null for what only the live message shows. `run` is the state after the event,
 * `context.now` the instant of the event. Of a proposal that needs an approval it is `renderApproval`, of an end `renderFinal`.
 */
export const renderThreadPost = (event: RunEvent, run: Run, context: ViewContext): ThreadPost | null => {
  void [event, run, context];
  return null;
};
