import type { RunView } from '../../operations/show.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

/** The one message of a run, for every phase; once it has ended, `renderFinal`. */
export const renderLive = (view: RunView, context: ViewContext): Rendered => {
  void [view, context];
  return { text: '', blocks: [] };
};
