import type { Deed } from '../access/roles.ts';
import { type Answer, granted } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { Sessions } from './session.ts';

/**
 * Whether an asker could do this at all, so that nobody types a confirmation in vain. Binds nothing: the deed itself asks
 * again. A one-time code is not spent on a question, so whoever brings one is let through.
 */
export const mayAsk = async (deps: Deps, asker: Asker, deed: Deed): Promise<Answer<null>> => {
  if (asker.proof !== null) return granted(null);
  const session = await new Sessions(deps, asker).openFor(deed);
  return session.ok ? granted(null) : session;
};
