import type { App } from '@slack/bolt';
import { parseText } from '../../grammar/parse.ts';
import { arrivalOf } from '../arrival.ts';
import type { Door } from '../door.ts';
import { keysIn } from '../keys-in.ts';
import { placeOf } from '../turn.ts';
import { renderPlanning } from '../views/answers.ts';
import { renderRestarting } from '../views/refused.ts';
import { answerTo } from './perform.ts';

export const COMMAND = '/steer';

/** What is said at once, before anything is read: only where the answer takes a while. */
const firstWord = (text: string, { names, work }: Door): string | null => {
  const parsed = parseText(text, names);
  const isHold = parsed.ok ? parsed.request.verb === 'hold' : parsed.verb === 'hold';
  if (work.isDraining && !isHold) return renderRestarting(null).text;
  if (!parsed.ok || (parsed.request.verb !== 'propose' && parsed.request.verb !== 'plan')) return null;
  return renderPlanning(parsed.request.move).text;
};

/** The one slash command: a second listener on it would run, too. */
export const listenToCommand = (app: App, door: Door): void => {
  app.command(COMMAND, async ({ body, command, context, ack }) => {
    const first = firstWord(command.text, door);
    await (first === null ? ack() : ack({ response_type: 'ephemeral', text: first }));
    if (door.work.isDraining && first !== null) return;
    await door.work.track(async () => {
      const place = placeOf(arrivalOf(body));
      const answer = await answerTo(door, { text: command.text, place, keys: keysIn(context), mayChange: true });
      if (answer !== null) await door.answers.tell(place, answer);
    });
  });
};
