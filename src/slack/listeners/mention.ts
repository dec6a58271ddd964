import type { App } from '@slack/bolt';
import { parseText } from '../../grammar/parse.ts';
import { arrivalOf } from '../arrival.ts';
import type { Door } from '../door.ts';
import { keysIn } from '../keys-in.ts';
import { placeOf } from '../turn.ts';
import { renderRestarting } from '../views/refused.ts';
import { answerTo } from './perform.ts';

const wordsAfterMention = (text: string): string => text.replace(/<@[UW][A-Z0-9]+(?:\|[^>]*)?>/g, ' ').trim();

/**
 * `@steer status`, where slash commands do not work: in threads. Takes questions and holds; what changes something takes a
 * command or a button, because anybody may write a message that looks like somebody else's.
 */
export const listenToMentions = (app: App, door: Door): void => {
  app.event('app_mention', async ({ event, body, context }) => {
    const place = placeOf(arrivalOf(body));
    if (place.user === '') return;
    const text = wordsAfterMention(event.text);
    const parsed = parseText(text, door.names);
    const isHold = parsed.ok && parsed.request.verb === 'hold';
    if (door.work.isDraining && !isHold) return door.answers.tell(place, renderRestarting(null));
    await door.work.track(async () => {
      const answer = await answerTo(door, { text, place, keys: keysIn(context), mayChange: false });
      if (answer !== null) await door.answers.tell(place, answer);
    });
  });
};
