import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackConfig } from '../domain/config.ts';
import type { Clock } from '../ports/clock.ts';
import { Aged } from './aged.ts';

const FRESH_MS = 60_000;

const USER = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_app_user: z.boolean().optional(),
  is_workflow_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
});
type User = z.infer<typeof USER>;

/** Who a Slack account is. `unknown`: Slack did not say. */
export type Member =
  | { readonly kind: 'member' }
  | { readonly kind: 'outsider'; readonly because: string }
  | { readonly kind: 'unknown' };

const isAtHome = (user: User, { team, enterprise }: Pick<SlackConfig, 'team' | 'enterprise'>): boolean =>
  user.team_id === team || (enterprise !== null && user.enterprise_user?.enterprise_id === enterprise);

const memberOf = (user: User, config: SlackConfig): Member => {
  const out = (because: string): Member => ({ kind: 'outsider', because });
  if (user.deleted === true) return out('This account was deleted, so it can neither look nor do anything.');
  if (user.is_bot === true || user.is_workflow_bot === true)
    return out('A bot or a workflow can neither look nor do anything here.');
  if (user.is_restricted === true || user.is_ultra_restricted === true)
    return out('Guests of the workspace can neither look nor do anything here.');
  if (user.is_stranger === true || !isAtHome(user, config))
    return out('Members of another workspace can neither look nor do anything here.');
  return { kind: 'member' };
};

/** Asks Slack who somebody is and in which user groups, and remembers it for as long as the config allows. */
export class Members {
  readonly #users: Aged<User>;
  readonly #groups: Aged<ReadonlySet<string>>;

  constructor(client: WebClient, clock: Clock) {
    this.#users = new Aged(clock, FRESH_MS, async (user) => USER.parse((await client.users.info({ user })).user));
    this.#groups = new Aged(clock, FRESH_MS, async (usergroup) => {
      const { users } = await client.usergroups.users.list({ usergroup });
      return new Set(z.array(z.string()).parse(users));
    });
  }

  async look(user: string, config: SlackConfig): Promise<Member> {
    const known = await this.#users.get(user, config.membershipMaximumAgeMs);
    return known === null ? { kind: 'unknown' } : memberOf(known, config);
  }

  /**
   * The groups of the config that somebody is in. Null when one of them could not be asked and none of the others has him:
   * a group can only add to what he may do, so what is known of the others counts.
   */
  async groupsOf(user: string, config: SlackConfig): Promise<readonly string[] | null> {
    const groups = [...new Set(config.groups.map(({ group }) => group))];
    const asked = await Promise.all(
      groups.map(async (group) => ({ group, users: await this.#groups.get(group, config.membershipMaximumAgeMs) })),
    );
    const found = asked.filter(({ users }) => users?.has(user) === true).map(({ group }) => group);
    return found.length === 0 && asked.some(({ users }) => users === null) ? null : found;
  }

  /** Slack told that a group has changed. */
  forgetGroup(group: string): void {
    this.#groups.forget(group);
  }

  forgetUser(user: string): void {
    this.#users.forget(user);
  }
}
