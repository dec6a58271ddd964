import type { RunId } from '../../domain/ids.ts';
import { askForPicture } from '../live/picture-ask.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderProblems } from '../views/refused.ts';

/** Anybody who may look may have a run drawn; whichever process keeps its message draws it. */
export const askPicture = async ({ door }: Turn, run: RunId): Promise<Rendered | null> => {
  try {
    await askForPicture(door.deps.journal, run);
    // The picture in the thread is the answer.
    return null;
  } catch {
    return renderProblems(['The picture could not be asked for: the store does not take it. Click again.']);
  }
};
