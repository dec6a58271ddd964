import type { App } from '@slack/bolt';
import { status } from '../../operations/status.ts';
import { whoami } from '../../operations/whoami.ts';
import { arrivalOf } from '../arrival.ts';
import { asView } from '../as-view.ts';
import type { Door } from '../door.ts';
import { keysIn } from '../keys-in.ts';
import type { RenderedView } from '../rendered.ts';
import { placeOf, type Turn, takeTurn } from '../turn.ts';
import { renderHome } from '../views/home.ts';
import { HOME } from '../views/ids.ts';
import { renderRefusal } from '../views/refused.ts';

const homeFor = async ({ door, asker, context }: Turn): Promise<RenderedView> => {
  const [seen, who] = await Promise.all([status(door.deps, asker), whoami(door.deps, asker)]);
  if (!seen.ok) return asView('steer', HOME, renderRefusal(seen.refusal));
  return who.ok ? renderHome(seen.value, who.value, context) : asView('steer', HOME, renderRefusal(who.refusal));
};

/** The overview of everything, made anew whenever somebody opens it. */
export const listenToHome = (app: App, door: Door): void => {
  app.event('app_home_opened', async ({ event, body, context }) => {
    if (event.tab !== 'home' || door.work.isDraining) return;
    await door.work.track(async () => {
      const place = { ...placeOf(arrivalOf(body)), channel: null };
      const taken = await takeTurn(door, place, keysIn(context), { need: 'look', verb: 'status', plans: false });
      const view = taken.ok ? await homeFor(taken.turn) : asView('steer', HOME, taken.answer);
      await door.answers.publishHome(place.user, view);
    });
  });
};
