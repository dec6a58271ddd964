import type { FleetStatus } from '../../operations/status.ts';
import type { Whoami } from '../../operations/whoami.ts';
import type { RenderedView } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { HOME } from './ids.ts';

/** The App Home: where traffic goes, what runs, what is left of the budget, what is frozen, and what its reader may do. */
export const renderHome = (status: FleetStatus, who: Whoami, context: ViewContext): RenderedView => {
  void [status, who, context];
  return { title: 'steer', callbackId: HOME, submit: null, close: null, blocks: [] };
};
