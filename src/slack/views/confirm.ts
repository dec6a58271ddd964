import type { KnownBlock } from '@slack/types';
import { refusals } from '../../domain/objections.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import type { Refusal } from '../../operations/answer.ts';
import type { Planned, Proposed } from '../../operations/propose-move.ts';
import { envelopeMark, modeMark, requestText } from '../../words/plan.ts';
import type { RenderedView } from '../rendered.ts';
import { viewTitle } from './blocks.ts';
import { overrideChoices } from './break-glass.ts';
import { confirmFields } from './confirm-fields.ts';
import type { ViewContext } from './context.ts';
import { clean, shortened } from './escape.ts';
import { CONFIRM } from './ids.ts';
import { objectionLines } from './objection-lines.ts';
import { cautionGroups, effectLines, planTitle, reasonQuotes, regionGroup } from './plan-sheet.ts';
import { code, label, type Said, say, time } from './said.ts';
import { blocksWithin, group, type Sheet } from './sheet.ts';

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

const VERBS: Readonly<Record<MoveRequest['verb'], string>> = {
  evacuate: 'Evacuate',
  shift: 'Shift',
  restore: 'Restore',
};

/** The name that a title has room for; the blocks have all of it. */
const titleOf = ({ verb, region, services }: MoveRequest): string => {
  const what = verb === 'shift' ? services.join(', ') : (region ?? 'all');
  return viewTitle(`${VERBS[verb]} ${what}`);
};

/** A view that only says something. Its blocks have no time to tell, so no clock is needed. */
const saying = (move: MoveRequest, sheet: Sheet, close: string, submit: string | null = null): RenderedView => ({
  title: titleOf(move),
  callbackId: CONFIRM,
  submit,
  close,
  blocks: blocksWithin(sheet, { now: 0, decorated: false }),
});

const named = (move: MoveRequest): string => `${modeMark(move.mode)}${requestText(move)}`;

/** Opened at once, before the plan is there: a trigger lives three seconds. */
export const renderConfirmLoading = (move: MoveRequest): RenderedView =>
  saying(
    move,
    { title: `${named(move)}: making the plan anew. Nothing has changed yet.`, isShort: true, groups: [] },
    'Cancel',
  );

const submitOf = ({ approvalNeeded }: Planned): string => (approvalNeeded ? 'Request approval' : 'Start now');

/** The plan once more, the word to type, the reason, and what else the start needs. Without a submit where it may not start. */
export const renderConfirm = (plan: Planned, options: ConfirmOptions, context: ViewContext): RenderedView => {
  const { envelope, forecast, objections } = plan;
  const choices = options.breakGlass ? overrideChoices(plan) : [];
  const isRefused = refusals(objections).length > 0 && choices.length === 0;
  const changed = options.changed.map((line): Said => [label('CHANGED since it was shown'), ` ${line}`]);
  const isOpen = envelope !== null && !isRefused;
  const sheet: Sheet = {
    title: envelope === null ? 'NO PLAN: it is refused (nothing has changed)' : planTitle(envelope),
    groups: [
      group(changed, 6),
      ...(envelope === null ? [] : [group(effectLines(envelope, forecast)), regionGroup(envelope, forecast)]),
      ...cautionGroups(plan),
      group(isRefused ? [['This plan cannot be proposed as things are. Nothing was done.']] : []),
    ],
    footer: envelope === null ? [] : [say`Start by ${time(envelope.startBy)}, finish by ${time(envelope.finishBy)}`],
    fields: isOpen ? confirmFields(options, choices) : [],
  };
  const blocks: readonly KnownBlock[] = blocksWithin(sheet, { ...context, decorated: false });
  const title = envelope === null ? viewTitle('No plan') : titleOf(envelope.request);
  return { title, callbackId: CONFIRM, submit: isOpen ? submitOf(plan) : null, close: 'Cancel', blocks };
};

/** Shown while the proposal is made. */
export const renderProposing = (move: MoveRequest): RenderedView =>
  saying(
    move,
    {
      title: `${named(move)}: proposing it. You may close this; what came of it is in the channel.`,
      isShort: true,
      groups: [],
    },
    'Close',
  );

/** The run was proposed: its id, and what happens next. */
export const renderProposed = (proposed: Proposed, context: ViewContext): RenderedView => {
  const { run, digest, envelope, approvalNeeded, soloFrom } = proposed;
  const next: Said = approvalNeeded
    ? say`Nothing moves before another person approves it, by the button in the channel or by ${code(`/steer approve ${run}`)}. It expires at ${time(envelope.startBy)}.`
    : ["It needs no approval in this mode and starts at the executor's next look."];
  const alone: readonly Said[] =
    soloFrom === null
      ? []
      : [say`If nobody answers, you may go on alone from ${time(soloFrom)}: ${code(`/steer approve ${run} --solo`)}`];
  const sheet: Sheet = {
    title: `${envelopeMark(envelope)}Proposed as ${run}: ${requestText(envelope.request)}`,
    groups: [group([next, ...alone])],
    quotes: reasonQuotes(envelope.request),
    footer: [[`${run} · plan ${digest.slice(0, 12)}`]],
  };
  return {
    title: titleOf(envelope.request),
    callbackId: CONFIRM,
    submit: null,
    close: 'Close',
    blocks: blocksWithin(sheet, { ...context, decorated: false }),
  };
};

/** It was not: every reason, and what to do instead. */
export const renderConfirmRefused = (move: MoveRequest, refusal: Refusal): RenderedView =>
  saying(
    move,
    {
      title: `Not proposed: ${named(move)}`,
      groups: [
        group([...refusal.problems.map((line): Said => [line]), ...objectionLines(refusal.objections)]),
        group([['Nothing was done. To see the plan as it is now, type the command again.']]),
      ],
    },
    'Close',
  );

/** The error of the word's field. */
export const wrongWord = (word: string, typed: string): string =>
  `Type ${shortened(clean(word), 60)} exactly. You typed ${shortened(clean(typed), 60)}.`;
