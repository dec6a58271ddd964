import type { Journal } from '../../ports/journal.ts';
import { SLACK_STREAM } from '../seen.ts';
import type { MemoryData } from './memory-events.ts';

const MOST_TRIES = 20;

/** Asks whichever process keeps the live messages to draw a run into a thread. Throws when the store cannot be written. */
export const askForPicture = async (
  journal: Pick<Journal, 'read' | 'append'>,
  ask: MemoryData<'slack.picture-asked'>,
): Promise<void> => {
  let version = (await journal.read(SLACK_STREAM, 0)).at(-1)?.version ?? 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const event = { type: 'slack.picture-asked', data: { ...ask } };
    const appended = await journal.append({ stream: SLACK_STREAM, expectedVersion: version, events: [event] });
    if (appended.ok) return;
    if (appended.because === 'moved') version = appended.version;
  }
  throw new Error(`others wrote ${MOST_TRIES} times while a picture was to be asked for`);
};
