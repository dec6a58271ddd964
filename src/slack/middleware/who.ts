import type { SlackConfig } from '../../domain/config.ts';
import type { Asker } from '../../operations/deps.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Members } from '../members.ts';
import { within } from '../within.ts';

/** What somebody wants, by how sure steer must be of who he is. */
export type Need = 'look' | 'hold' | 'change';

export type Who =
  | { readonly kind: 'asker'; readonly asker: Asker }
  /** Guests, strangers, bots, deleted accounts: they may not even look. */
  | { readonly kind: 'outsider'; readonly because: string }
  /** Slack did not say who that is, and what is wanted needs it. */
  | { readonly kind: 'unknown' };

/** Somebody who wants to hold does not wait longer than this for Slack to say who he is. */
const HOLD_WAIT_MS = 1000;
/** The answer to a question shall come within a second or two. */
const WAIT_MS = 4000;

/**
 * Who asks, by what Slack says now or has said lately. While Slack says nothing a hold is let through, with what is known;
 * a look too; nothing else is.
 */
export const whoAsks = async (
  { members, clock, config }: { members: Members; clock: Clock; config: SlackConfig },
  user: string,
  need: Need,
): Promise<Who> => {
  const asked = Promise.all([members.look(user, config), members.groupsOf(user, config)]);
  const told = await within(clock, need === 'hold' ? HOLD_WAIT_MS : WAIT_MS, asked);
  const [member, groups] = told ?? [{ kind: 'unknown' } as const, null];
  if (member.kind === 'outsider') return { kind: 'outsider', because: member.because };
  if (member.kind === 'unknown' && need === 'change') return { kind: 'unknown' };
  const presented = { door: 'slack', team: config.enterprise ?? config.team, user, groups } as const;
  return { kind: 'asker', asker: { presented, door: 'slack', proof: null } };
};
