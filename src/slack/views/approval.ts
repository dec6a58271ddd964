import type { Run } from '../../run/state.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

/** The request for an approval: a thread reply that is also broadcast. Once the run waits no longer, the same without buttons. */
export const renderApproval = (run: Run, context: ViewContext): Rendered => {
  void [run, context];
  return { text: '', blocks: [] };
};
