import type { MoveRequest } from '../../domain/plan.ts';
import type { Refusal } from '../../operations/answer.ts';
import type { Planned, Proposed } from '../../operations/propose-move.ts';
import type { RenderedView } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { CONFIRM } from './ids.ts';

export interface ConfirmOptions {
  /** What must be typed exactly. */
  readonly word: string;
  /** From the command, or as typed before the plan changed. */
  readonly reason: string;
  readonly asksForCode: boolean;
  /** Shows a checkbox for every refusal that can be set aside, and wants a longer reason. */
  readonly breakGlass: boolean;
  /** Sentences about what is not as it was shown before; empty the first time. */
  readonly changed: readonly string[];
}

const empty = (title: string): RenderedView => ({ title, callbackId: CONFIRM, submit: null, close: null, blocks: [] });

/** Opened at once, before the plan is there: a trigger lives three seconds. */
export const renderConfirmLoading = (move: MoveRequest): RenderedView => empty(move.verb);

/** The plan once more, the name to type, the reason, and what else the start needs. */
export const renderConfirm = (plan: Planned, options: ConfirmOptions, context: ViewContext): RenderedView => {
  void [plan, options, context];
  return empty('');
};

/** Shown while the proposal is made. */
export const renderProposing = (move: MoveRequest): RenderedView => empty(move.verb);

/** The run was proposed: its id, and what happens next. */
export const renderProposed = (proposed: Proposed, context: ViewContext): RenderedView => {
  void context;
  return empty(proposed.run);
};

/** It was not: every reason, and what to do instead. */
export const renderConfirmRefused = (move: MoveRequest, refusal: Refusal): RenderedView => {
  void refusal;
  return empty(move.verb);
};

/** The error of the word's field. */
export const wrongWord = (word: string, typed: string): string => `Type ${word} exactly. You typed ${typed}.`;
