import type { App } from '@slack/bolt';
import { z } from 'zod';
import { needsCode } from '../../access/second-factor.ts';
import { show } from '../../operations/show.ts';
import { type Arrival, arrivalOf } from '../arrival.ts';
import type { Door } from '../door.ts';
import type { DoubleClicks } from '../double-clicks.ts';
import { keysIn } from '../keys-in.ts';
import type { Rendered } from '../rendered.ts';
import { placeOf, type Turn, takeTurn } from '../turn.ts';
import { type RunValue, readRunValue } from '../values.ts';
import { renderCode } from '../views/code.ts';
import { FREEZE_ACTIONS } from '../views/freeze.ts';
import { ACTIONS } from '../views/ids.ts';
import { renderProblems, renderRestarting } from '../views/refused.ts';
import { askOnce, type RunAsk } from './ask.ts';
import { freezeNow } from './freezing.ts';
import { holdNow } from './hold.ts';
import { askPicture } from './picture.ts';
import { openConfirm } from './start.ts';

/** One press of a button. */
interface Press {
  readonly arrival: Arrival;
  readonly keys: readonly string[];
  readonly action: string;
  readonly value: string;
  /** The same button was pressed by the same person a moment ago. */
  readonly isSecond: boolean;
}

type Handler = (door: Door, press: Press) => Promise<Rendered | null>;

const NOT_MINE = renderProblems(['This button is not one of mine.']);

const isHeldByPerson = async (door: Door, { run }: RunValue): Promise<boolean> => {
  const view = await show(door.deps, run).catch(() => null);
  return view?.ok === true && view.value.run.personHold !== null;
};

/** Never stale, from anywhere, without a question; a double click that has held already is one hold. */
const hold: Handler = async (door, { arrival, keys, value, isSecond }) => {
  const named = readRunValue(value);
  if (named === null) return NOT_MINE;
  if (isSecond && (await isHeldByPerson(door, named))) return null;
  const taken = await takeTurn(door, placeOf(arrival), keys, { need: 'hold', verb: 'hold', plans: false });
  return taken.ok ? holdNow(taken.turn, { run: named.run, because: null }) : taken.answer;
};

const approveWithCode = async ({ door, place }: Turn, { run, rev, digest }: RunValue, triggerId: string) => {
  const metadata = JSON.stringify({ run, rev, digest, c: place.channel });
  const opened = await door.answers.open(triggerId, renderCode(run, digest), metadata);
  return opened === null ? renderProblems(['Slack did not open the form. Nothing was done: click again.']) : null;
};

const ask =
  (verb: RunAsk['verb']): Handler =>
  async (door, { arrival, keys, value, isSecond }) => {
    if (isSecond) return null;
    const named = readRunValue(value);
    if (named === null) return NOT_MINE;
    const taken = await takeTurn(door, placeOf(arrival), keys, { need: 'change', verb, plans: false });
    if (!taken.ok) return taken.answer;
    const { turn } = taken;
    const asksForCode = verb === 'approve' && needsCode(turn.settings.slack, 'approve');
    if (asksForCode && arrival.triggerId !== null) return approveWithCode(turn, named, arrival.triggerId);
    return askOnce(turn, { verb, ...named, solo: false, because: null });
  };

const start: Handler = async (door, { arrival, keys, value, isSecond }) => {
  if (!isSecond) await openConfirm(door, arrival, keys, value);
  return null;
};

const discard: Handler = async (door, { arrival }) => {
  await door.answers.remove(placeOf(arrival));
  return null;
};

const freezing =
  (verb: 'freeze' | 'unfreeze'): Handler =>
  async (door, { arrival, keys, value, isSecond }) => {
    if (isSecond) return null;
    const taken = await takeTurn(door, placeOf(arrival), keys, { need: 'change', verb, plans: false });
    return taken.ok ? freezeNow(taken.turn, verb, value) : taken.answer;
  };

const picture: Handler = async (door, { arrival, keys, value, isSecond }) => {
  if (isSecond) return null;
  const named = readRunValue(value);
  if (named === null) return NOT_MINE;
  const taken = await takeTurn(door, placeOf(arrival), keys, { need: 'look', verb: 'show', plans: false });
  return taken.ok ? askPicture(taken.turn, named.run) : taken.answer;
};

const HANDLERS: ReadonlyMap<string, Handler> = new Map([
  [ACTIONS.hold, hold],
  [ACTIONS.holdUntilResumed, hold],
  [ACTIONS.resume, ask('resume')],
  [ACTIONS.rollback, ask('rollback')],
  [ACTIONS.stop, ask('stop')],
  [ACTIONS.approve, ask('approve')],
  [ACTIONS.deny, ask('deny')],
  [ACTIONS.start, start],
  [ACTIONS.picture, picture],
  [ACTIONS.breakGlass, start],
  [ACTIONS.discard, discard],
  [FREEZE_ACTIONS.freeze, freezing('freeze')],
  [FREEZE_ACTIONS.unfreeze, freezing('unfreeze')],
]);

const HOLDS: ReadonlySet<string> = new Set([ACTIONS.hold, ACTIONS.holdUntilResumed]);
const URGENT: ReadonlySet<string> = new Set([...HOLDS, ACTIONS.start, ACTIONS.breakGlass]);

const PRESSED = z.object({
  actions: z.array(z.object({ action_id: z.string(), value: z.string().max(2000).optional() })).min(1),
  container: z.object({ message_ts: z.string().optional(), view_id: z.string().optional() }).optional(),
});

/** Every button of the bot: acknowledged first, then looked up in one table. */
export const listenToClicks = (app: App, door: Door, doubleClicks: DoubleClicks): void => {
  app.action(/^steer\./, async ({ ack, body, context }) => {
    await ack();
    const pressed = PRESSED.safeParse(body).data;
    const [button] = pressed?.actions ?? [];
    const handler = button === undefined ? undefined : HANDLERS.get(button.action_id);
    if (button === undefined || handler === undefined) return;
    const arrival = arrivalOf(body);
    const place = placeOf(arrival);
    const { action_id: action, value = '' } = button;
    if (door.work.isDraining && !HOLDS.has(action)) return door.answers.tell(place, renderRestarting(null));
    const where = pressed?.container?.message_ts ?? pressed?.container?.view_id ?? '';
    const isSecond = doubleClicks.isSecond(JSON.stringify([place.user, action, where, value]));
    const act = async (): Promise<void> => {
      const answer = await handler(door, { arrival, keys: keysIn(context), action, value, isSecond });
      if (answer !== null) await door.answers.tell(place, answer);
    };
    await door.work.track(act, { isUrgent: URGENT.has(action) });
  });
};
