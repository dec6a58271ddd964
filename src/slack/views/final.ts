import type { RunView } from '../../operations/show.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { finalSheet } from './final-sheet.ts';
import { rendered } from './sheet.ts';

/** What replaces the live message once the run has ended: no buttons, and what to type to return. */
export const renderFinal = (view: RunView, context: ViewContext): Rendered =>
  rendered(finalSheet(view), { ...context, now: view.now });
