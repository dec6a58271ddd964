import type { Freeze } from '../../domain/config.ts';
import type { RunId } from '../../domain/ids.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import type { Refusal } from '../../operations/answer.ts';
import type { HistoryEntry } from '../../operations/history.ts';
import type { HeldRun } from '../../operations/hold.ts';
import type { RunView } from '../../operations/show.ts';
import type { FleetStatus } from '../../operations/status.ts';
import type { Whoami } from '../../operations/whoami.ts';
import type { Run } from '../../run/state.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';

const nothing = (...used: readonly unknown[]): Rendered => ({ text: String(used.length), blocks: [] });

/** Within a second: what is being planned, and that nothing changes yet. */
export const renderPlanning = (move: MoveRequest): Rendered => nothing(move);
export const renderStatus = (status: FleetStatus, context: ViewContext): Rendered => nothing(status, context);
/** `show RUN`: the live message for one reader, without buttons. */
export const renderShow = (view: RunView, context: ViewContext): Rendered => nothing(view, context);
export const renderHistory = (entries: readonly HistoryEntry[], context: ViewContext): Rendered =>
  nothing(entries, context);
export const renderWhoami = (who: Whoami): Rendered => nothing(who);
/** `about` names one verb; null is the page of all. `who` is null while nobody can say. */
export const renderHelp = (who: Whoami | null, about: string | null): Rendered => nothing(who, about);
export const renderHeld = (held: readonly HeldRun[]): Rendered => nothing(held);
/** The answer to whoever approved, denied, resumed, stopped or rolled back. */
export const renderAsked = (
  verb: 'approve' | 'deny' | 'resume' | 'stop' | 'rollback',
  run: Run,
  context: ViewContext,
): Rendered => nothing(verb, run, context);
export const renderFrozen = (freeze: Freeze, context: ViewContext): Rendered => nothing(freeze, context);
export const renderUnfrozen = (lifted: readonly Freeze[], context: ViewContext): Rendered => nothing(lifted, context);
export const renderNoDrills = (): Rendered => nothing();
/** Every objection and sentence of a refusal, at once. */
export const renderRefusal = (refusal: Refusal): Rendered => nothing(refusal);
/** What the grammar did not understand, with its suggestions. */
export const renderProblems = (problems: readonly string[]): Rendered => nothing(problems);
/** A button that was shown before the run changed. `what` says in a sentence what changed and by whom, where that is known. */
export const renderStale = (run: Run, what: string | null, context: ViewContext): Rendered =>
  nothing(run, what, context);
/** Channels are ids from the config. */
export const renderWrongChannel = (verb: string, channels: readonly string[]): Rendered => nothing(verb, channels);
/** Guests, strangers, bots, deleted users, foreign teams: they may not even look. `because` is one sentence. */
export const renderStranger = (because: string): Rendered => nothing(because);
/** An unexpected failure: the id stands in the log. */
export const renderInternalError = (id: string): Rendered => nothing(id);
/** The bot stops; the engine goes on. */
export const renderRestarting = (run: RunId | null): Rendered => nothing(run);
export const renderDiscarded = (): Rendered => nothing();
