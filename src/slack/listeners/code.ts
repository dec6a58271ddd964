import type { App } from '@slack/bolt';
import { arrivalOf } from '../arrival.ts';
import type { Door } from '../door.ts';
import { keysIn } from '../keys-in.ts';
import { placeOf, takeTurn } from '../turn.ts';
import { readCodeMetadata } from '../values.ts';
import { viewOf } from '../view-of.ts';
import { CODE, renderCodeOutcome } from '../views/code.ts';
import { FIELDS } from '../views/ids.ts';
import { renderRestarting } from '../views/refused.ts';
import { askOnce } from './ask.ts';
import { filledIn } from './fields.ts';
import { withCode } from './proof.ts';

/** The modal that asks an approver for his one-time code. */
export const listenToCode = (app: App, door: Door): void => {
  app.view({ callback_id: CODE, type: 'view_submission' }, async ({ ack, body, view, context }) => {
    const named = readCodeMetadata(view.private_metadata);
    if (named === null) return ack({ response_action: 'clear' });
    const { code } = filledIn(view.state.values);
    if (door.work.isDraining) {
      return ack({
        response_action: 'errors',
        errors: { [FIELDS.code.block]: renderRestarting(null).text.slice(0, 300) },
      });
    }
    await ack({ response_action: 'update', view: viewOf(renderCodeOutcome('Approving…'), '') });
    await door.work.track(async () => {
      const { c: channel, run, rev, digest } = named;
      const keys = [...keysIn(context), `view ${view.id} ${view.hash}`];
      const place = { ...placeOf(arrivalOf(body)), channel };
      const taken = await takeTurn(door, place, keys, { need: 'change', verb: 'approve', plans: false });
      const ask = { verb: 'approve', run, rev, digest, solo: false, because: null } as const;
      const answer = taken.ok ? await askOnce(taken.turn, ask, await withCode(taken.turn, code)) : taken.answer;
      if (answer !== null) await door.answers.update(view.id, renderCodeOutcome(answer.text), '');
    });
  });
};
