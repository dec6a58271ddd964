import type { RunId } from '../../domain/ids.ts';
import type { Journal } from '../../ports/journal.ts';
import { SLACK_STREAM } from '../seen.ts';

const MOST_TRIES = 20;

/**
 * Asks whichever process keeps the live messages to draw a run under its message. Throws when the store cannot be written.
 */
export const askForPicture = async (journal: Pick<Journal, 'append'>, run: RunId): Promise<void> => {
  const event = { type: 'slack.picture-asked', data: { run } };
  let expectedVersion = 0;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const appended = await journal.append({ stream: SLACK_STREAM, expectedVersion, events: [event] });
    if (appended.ok) return;
    // Nothing was read, so nothing can be out of date: the refusal itself tells the end of the stream.
    if (appended.because === 'moved') expectedVersion = appended.version;
  }
  throw new Error(`others wrote ${MOST_TRIES} times while a picture was to be asked for`);
};
