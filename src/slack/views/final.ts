import type { RunView } from '../../operations/show.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

/** What replaces the live message once the run has ended: no buttons, and what to type to return. */
export const renderFinal = (view: RunView, context: ViewContext): Rendered => {
  void [view, context];
  return { text: '', blocks: [] };
};
