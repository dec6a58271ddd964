import { type Deed, deedsOf } from '../access/roles.ts';
import { presentedText, roleOf, type Standing } from '../access/standing.ts';
import { type Answer, granted } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { Sessions } from './session.ts';

export interface Whoami {
  /** What the front door knows, in words. */
  readonly identity: string;
  readonly standing: Standing;
  readonly may: readonly Deed[];
}

/** Who the asker is to steer, what that lets him do, and why not more. */
export const whoami = async (deps: Deps, asker: Asker): Promise<Answer<Whoami>> => {
  const session = await new Sessions(deps, asker).open();
  if (!session.ok) return session;
  const { standing } = session.value;
  return granted({ identity: presentedText(asker.presented), standing, may: deedsOf(roleOf(standing)) });
};
