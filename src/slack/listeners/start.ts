import { essenceOf, isSameEssence } from '../../operations/essence.ts';
import { planMove } from '../../operations/propose-move.ts';
import type { Arrival } from '../arrival.ts';
import { asView } from '../as-view.ts';
import type { Door } from '../door.ts';
import { placeOf, takeTurn } from '../turn.ts';
import { metadataText, readStartValue } from '../values.ts';
import { renderConfirmLoading, renderConfirmRefused } from '../views/confirm.ts';
import { CONFIRM } from '../views/ids.ts';
import { renderProblems } from '../views/refused.ts';
import { showToConfirm } from './confirm.ts';
import { notAllowed } from './plan.ts';

const CHANGED = 'This is not quite the plan that you clicked on: it was made anew. Read it again.';

/**
 * Start…: opens the modal before anything else, because its trigger lives three seconds, and fills in the plan once it is
 * made anew. Writes nothing.
 */
export const openConfirm = async (
  door: Door,
  arrival: Arrival,
  keys: readonly string[],
  text: string,
): Promise<void> => {
  const place = placeOf(arrival);
  const value = readStartValue(text);
  if (value === null) return door.answers.tell(place, renderProblems(['This button is not one of mine.']));
  const { m: move, e: shown } = value;
  const metadata = metadataText({ m: move, e: shown, c: place.channel });
  const loading = renderConfirmLoading(move);
  const viewId = arrival.triggerId === null ? null : await door.answers.open(arrival.triggerId, loading, metadata);
  if (viewId === null) {
    return door.answers.tell(place, renderProblems(['Slack did not open the form. Nothing was done: click again.']));
  }
  const taken = await takeTurn(door, place, keys, { need: 'change', verb: move.verb, plans: true });
  if (!taken.ok) {
    await door.answers.update(viewId, asView(loading.title, CONFIRM, taken.answer), '');
    return;
  }
  const { turn } = taken;
  const refused = await notAllowed(turn, move);
  const answer =
    refused === null ? await planMove(door.deps, turn.asker, move) : { ok: false as const, refusal: refused };
  if (!answer.ok) {
    await door.answers.update(viewId, renderConfirmRefused(move, answer.refusal), '');
    return;
  }
  const { envelope } = answer.value;
  const isSame = envelope !== null && isSameEssence(essenceOf(envelope, door.deps.hash), shown);
  const changed = isSame ? [] : [CHANGED];
  await showToConfirm(turn, move, answer.value, { viewId, reason: move.because, changed });
};
