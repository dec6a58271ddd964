import type { Run } from '../../run/state.ts';

/** Every `action_id` that the bot listens to; inputs of modals have ids of their own in `FIELDS`. */
export const ACTIONS = {
  start: 'steer.start',
  discard: 'steer.discard',
  breakGlass: 'steer.break-glass',
  hold: 'steer.hold',
  /** Also takes over a hold that would end by itself. */
  holdUntilResumed: 'steer.hold-until-resumed',
  resume: 'steer.resume',
  rollback: 'steer.rollback',
  stop: 'steer.stop',
  approve: 'steer.approve',
  deny: 'steer.deny',
  picture: 'steer.picture',
} as const;

/** `callback_id` of the modal that confirms a move, in all its states. */
export const CONFIRM = 'steer.confirm';
export const HOME = 'steer.home';

/** Inputs of the confirming modal: `block_id` (field errors name it) and `action_id` (values are found by both). */
export const FIELDS = {
  word: { block: 'word', action: 'typed' },
  reason: { block: 'reason', action: 'text' },
  code: { block: 'code', action: 'digits' },
  /** Values of the ticked boxes are objection codes. */
  overrides: { block: 'overrides', action: 'codes' },
} as const;

/** `steer:<run>:<rev>`: a new one with every change of a message, so that clients draw it anew. */
export const runBlockId = ({ run, version }: Pick<Run, 'run' | 'version'>): string => `steer:${run}:${version}`;
