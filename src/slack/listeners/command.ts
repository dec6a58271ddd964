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

interface First {
  /** What is said at once, before anything is read: only where the answer takes a while. */
  readonly word: string | null;
  readonly isHold: boolean;
}

const firstOf = (text: string, { names, work }: Door): First => {
  const parsed = parseText(text, names);
  const isHold = parsed.ok ? parsed.request.verb === 'hold' : parsed.verb === 'hold';
  if (work.isDraining && !isHold) return { word: renderRestarting(null).text, isHold };
  if (!parsed.ok || (parsed.request.verb !== 'propose' && parsed.request.verb !== 'plan'))
    return { word: null, isHold };
  return { word: renderPlanning(parsed.request.move).text, isHold };
};

/** The one slash command: a second listener on it would run, too. */
export const listenToCommand = (app: App, door: Door): void => {
  app.command(COMMAND, async ({ body, command, context, ack }) => {
    const { word, isHold } = firstOf(command.text, door);
    await (word === null ? ack() : ack({ response_type: 'ephemeral', text: word }));
    if (door.work.isDraining && word !== null) return;
    const act = async (): Promise<void> => {
      const place = placeOf(arrivalOf(body));
      const answer = await answerTo(door, { text: command.text, place, keys: keysIn(context), mayChange: true });
      if (answer !== null) await door.answers.tell(place, answer);
    };
    await door.work.track(act, { isUrgent: isHold });
  });
};
