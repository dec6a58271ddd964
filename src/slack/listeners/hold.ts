import type { RunId } from '../../domain/ids.ts';
import { hold } from '../../operations/hold.ts';
import type { Rendered } from '../rendered.ts';
import type { Turn } from '../turn.ts';
import { renderHeld } from '../views/answers.ts';
import { renderRefusal } from '../views/refused.ts';

/**
 * Pauses, at once and without a question (design rule 10). A delivery that was seen does nothing, but a memory that cannot
 * be read keeps nobody from holding: holding twice is better than not at all.
 */
export const holdNow = async (
  { door, asker, keys }: Turn,
  request: { readonly run: RunId | null; readonly because: string | null },
): Promise<Rendered | null> => {
  const isRepeat = await door.seen.wasClaimed(keys).catch(() => false);
  if (isRepeat) return null;
  const answer = await hold(door.deps, asker, request, door.signal);
  await door.seen.claim(keys).catch(() => false);
  return answer.ok ? renderHeld(answer.value) : renderRefusal(answer.refusal);
};
