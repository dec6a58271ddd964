import type { Role, SlackConfig } from '../domain/config.ts';
import { type PersonId, personId } from '../domain/ids.ts';
import { higher } from './roles.ts';
import type { Presented, Standing } from './standing.ts';

type Member = Extract<Presented, { door: 'slack' }>;

const MEMBER = /^slack:([TE][A-Z0-9]+)\/([UW][A-Z0-9]+)$/;

/** Whoever a user group makes known is a person by the name of the member: one member, one person. */
export const personOfMember = ({ team, user }: Pick<Member, 'team' | 'user'>): PersonId =>
  personId(`slack:${team}/${user}`);

/** Whether a person is known by a user group only, and not by a line of the config. */
export const isMember = (person: PersonId): boolean => MEMBER.test(person);

/** The most that any user group of the config may give; null where groups give nothing. What a person of before had at most. */
export const mostByGroup = (slack: Pick<SlackConfig, 'groups'> | undefined): Role | null =>
  (slack?.groups ?? []).map(({ role }) => role).reduce<Role | null>((a, b) => (a === null ? b : higher(a, b)), null);

/**
 * A member of the workspace who is nobody's identity, by the user groups he was seen in. While nobody can say in which he
 * is, he may hold and no more: unknown membership is closed for what moves and open for what stops.
 */
export const memberStanding = (
  slack: Pick<SlackConfig, 'team' | 'enterprise' | 'groups'> | undefined,
  member: Member,
): Standing => {
  const who = `the Slack user ${member.team}/${member.user}`;
  const unmapped = (because: string): Standing => ({ kind: 'unmapped', because });
  if (slack === undefined || member.team !== (slack.enterprise ?? slack.team))
    return unmapped(`${who} belongs to nobody in the config in force, so it can only look`);
  const role = member.groups === null ? null : roleIn(slack.groups, member.groups);
  if (member.groups !== null && role === null)
    return unmapped(
      `${who} belongs to nobody in the config in force and is in none of its user groups, so it can only look`,
    );
  if (member.groups === null && slack.groups.length === 0)
    return unmapped(`${who} belongs to nobody in the config in force, so it can only look`);
  const known = { person: personOfMember(member), shared: false, provenBy: 'group' } as const;
  // Slack cannot say: whoever might be a responder may hold.
  const counts = role ?? 'responder';
  return { kind: 'person', role: counts, ownRole: counts, ...known };
};

const roleIn = (groups: SlackConfig['groups'], own: readonly string[]): Role | null =>
  mostByGroup({ groups: groups.filter(({ group }) => own.includes(group)) });
