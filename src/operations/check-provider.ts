import { FLEET_STREAM } from '../run/events.ts';
import { type Answer, granted } from './answer.ts';
import type { Asker, Deps } from './deps.ts';
import { newEvent } from './new-event.ts';
import { Sessions } from './session.ts';
import { untilLanded } from './until-landed.ts';

/** What one account was seen to do with a scratch record. */
export interface ProviderVerdict {
  readonly provider: string;
  readonly conditionalWrite: 'native' | 'emulated';
  readonly zeroOnAlias: boolean;
  readonly findings: readonly string[];
}

/** Proves the conditional write on accounts, and keeps what was seen: until then they count as `emulated` (design rule 2). */
export const checkProviders = async (
  deps: Deps,
  asker: Asker,
  check: () => Promise<readonly ProviderVerdict[]>,
): Promise<Answer<readonly ProviderVerdict[]>> => {
  const sessions = new Sessions(deps, asker);
  const session = await sessions.openFor('check-provider');
  if (!session.ok) return session;
  const verdicts = await check();
  return untilLanded(deps, async () => {
    const now = await sessions.openFor('check-provider');
    if (!now.ok) return now;
    const events = verdicts.map((data) => newEvent({ type: 'provider.checked', data }));
    return granted({
      append: { stream: FLEET_STREAM, expectedVersion: now.value.fleet.fleetVersion, events },
      value: () => verdicts,
    });
  });
};
