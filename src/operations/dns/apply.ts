import { diffText } from '../../dns/text.ts';
import type { PersonId } from '../../domain/ids.ts';
import { refuse as object } from '../../guardrails/objection.ts';
import { DNS_STREAM, type DnsEvent } from '../../run/dns-events.ts';
import { FLEET_STREAM } from '../../run/events.ts';
import { type Answer, granted, refuse } from '../answer.ts';
import type { Deps } from '../deps.ts';
import { newEvent } from '../new-event.ts';
import { untilLanded } from '../until-landed.ts';
import type { DnsAsk } from './account.ts';
import type { ChangeResult, Prepared } from './prepared.ts';

export interface Applied {
  /** Names this change in the journal. */
  readonly intent: string;
  readonly by: PersonId;
  readonly results: readonly ChangeResult[];
  /** Why the outcome is not on record, though the intent is; null where it is. */
  readonly unrecorded: string | null;
}

/** As short as people may type it. */
const SHORTEST_DIGEST = 12;

/** Vendors' audit trails take no more. */
const LONGEST_COMMENT = 256;

const versionOf = async ({ journal }: Pick<Deps, 'journal'>): Promise<number> =>
  (await journal.read(DNS_STREAM, 0)).at(-1)?.version ?? 0;

/** The sentence why this is not the diff that was approved; null when it is, or when any will do. */
const notThis = (digest: string, approved: string | null): string | null => {
  if (approved === null) return null;
  const typed = approved.toLowerCase();
  if (typed.length >= SHORTEST_DIGEST && digest.startsWith(typed)) return null;
  return `the zone has moved: what would change now has the digest ${digest.slice(0, SHORTEST_DIGEST)}, and ${approved.slice(0, SHORTEST_DIGEST)} was approved. Look at the diff above and type --apply ${digest.slice(0, SHORTEST_DIGEST)}`;
};

const intentOf = (ask: DnsAsk, prepared: Prepared, intent: string, by: PersonId, because: string | null): DnsEvent => ({
  type: 'dns.change-intended',
  data: {
    by,
    door: ask.asker.door,
    intent,
    provider: prepared.provider,
    zone: prepared.zone,
    verb: prepared.verb,
    because,
    digest: prepared.digest,
    diff: [...prepared.zoneDiff, ...diffText(prepared.diff)],
    sets: prepared.sets,
    whole: prepared.whole,
  },
});

/** What was sent was sent: a store that fails now must not hide what became of it. */
const record = async (deps: Deps, event: DnsEvent): Promise<string | null> => {
  try {
    const answer = await untilLanded(deps, async () =>
      granted({
        append: { stream: DNS_STREAM, expectedVersion: await versionOf(deps), events: [newEvent(event)] },
        value: () => null,
      }),
    );
    return answer.ok ? null : answer.refusal.problems.join(' ');
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown failure';
  }
};

/**
 * Carries out what was shown: asks once more who may and what is steered or frozen, puts the intent on record, sends, and
 * puts on record what became of it (design rules 4 and 13). A freeze that comes in between stops the intent. `approved` is the
 * digest that somebody looked at, null for whatever was prepared.
 */
export const dnsApply = async (
  ask: DnsAsk,
  prepared: Prepared,
  request: { readonly approved: string | null; readonly because: string | null },
): Promise<Answer<Applied>> => {
  const { deps, sessions } = ask;
  const moved = notThis(prepared.digest, request.approved);
  if (moved !== null) {
    const details = { value: prepared.digest.slice(0, SHORTEST_DIGEST), limit: request.approved };
    return refuse([], { objections: [object('base-moved', moved, details)] });
  }
  if (prepared.blocked.length > 0) return refuse(prepared.blocked);
  const intent = deps.ids.next('dns');
  const intended = await untilLanded(deps, async () => {
    const session = await sessions.openFor(prepared.deed);
    if (!session.ok) return session;
    const objections = prepared.objectionsIn(session.value);
    if (objections.length > 0) return refuse([], { objections });
    const { fleet, standing } = session.value;
    const event = intentOf(ask, prepared, intent, standing.person, request.because);
    return granted({
      append: {
        stream: DNS_STREAM,
        expectedVersion: await versionOf(deps),
        events: [newEvent(event)],
        unmoved: [{ stream: FLEET_STREAM, version: fleet.fleetVersion }],
      },
      value: () => standing.person,
    });
  });
  if (!intended.ok) return intended;
  const comment = `steer ${intent} by ${intended.value}: ${prepared.verb}`.slice(0, LONGEST_COMMENT);
  const results = await prepared.perform(comment, ask.signal);
  const outcomes = results.map(({ what, outcome, change, because }) => ({ what, outcome, change, because }));
  const unrecorded = await record(deps, { type: 'dns.changed', data: { intent, outcomes } });
  return granted({ intent, by: intended.value, results, unrecorded });
};
