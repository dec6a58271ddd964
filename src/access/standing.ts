import type { Config, Identity, Person, Role } from '../domain/config.ts';
import type { PersonId } from '../domain/ids.ts';
import { awsCaller, isAwsIdentity } from './aws-caller.ts';
import { staysOnLoopback } from './loopback.ts';
import { memberStanding } from './members.ts';
import { atLeast, type Deed, deedsOf, lower, may, NEEDS } from './roles.ts';

/** What a front door knows of who asks: never a name that somebody typed. An AWS caller comes as STS names it. */
export type Presented =
  | Exclude<Identity, { door: 'aws-session' | 'slack' }>
  | {
      readonly door: 'slack';
      /** Id of the enterprise where there is one, else of the workspace. */
      readonly team: string;
      readonly user: string;
      /** Ids of the user groups that this member was seen in, no older than the config allows; null when nobody could say. */
      readonly groups: readonly string[] | null;
    };

/** Who somebody is to steer. An identity that is not mapped to exactly one person can only see. */
export type Standing =
  | {
      readonly kind: 'person';
      readonly person: PersonId;
      /** What counts now; below `ownRole` where the door cannot vouch for more. */
      readonly role: Role;
      readonly ownRole: Role;
      readonly shared: boolean;
      readonly provenBy: 'identity' | 'group' | 'one-time-code';
    }
  | { readonly kind: 'unmapped'; readonly because: string };

/** An operating-system account is at most operator: whoever administers the machine can become any account on it. */
const CAP: Readonly<Record<Presented['door'], Role>> = {
  os: 'operator',
  aws: 'admin',
  slack: 'admin',
  sandbox: 'admin',
};

export const presentedText = (presented: Presented): string => {
  switch (presented.door) {
    case 'os':
      return `the operating-system account ${presented.user}`;
    case 'aws':
      return `the AWS caller ${presented.arn}`;
    case 'slack':
      return `the Slack user ${presented.team}/${presented.user}`;
    case 'sandbox':
      return `the sandbox user ${presented.user}`;
  }
};

const isSame = (identity: Identity, presented: Presented): boolean => {
  switch (presented.door) {
    case 'os':
      return identity.door === 'os' && identity.user === presented.user;
    case 'slack':
      return identity.door === 'slack' && identity.team === presented.team && identity.user === presented.user;
    case 'sandbox':
      return identity.door === 'sandbox' && identity.user === presented.user;
    case 'aws':
      return isAwsIdentity(identity, awsCaller(presented.arn));
  }
};

/** A session that a config pins to a person is that person, also where the bare role stands for a group. */
const candidates = (people: readonly Person[], presented: Presented): readonly Person[] => {
  const matching = people.filter(({ identities }) => identities.some((identity) => isSame(identity, presented)));
  const pinned = matching.filter(({ identities }) =>
    identities.some((identity) => identity.door === 'aws-session' && isSame(identity, presented)),
  );
  return pinned.length > 0 ? pinned : matching;
};

const unmapped = (because: string): Standing => ({ kind: 'unmapped', because });

/** Finds the person behind an identity, and the role that this door can vouch for. */
export const standingOf = (
  config: Pick<Config, 'people' | 'providers' | 'signals' | 'slack'>,
  presented: Presented,
): Standing => {
  const [person, other] = candidates(config.people, presented);
  const who = presentedText(presented);
  if (person === undefined && presented.door === 'slack') return memberStanding(config.slack, presented);
  if (person === undefined) return unmapped(`${who} belongs to nobody in the config in force, so it can only look`);
  if (other !== undefined) return unmapped(`${who} belongs to more than one person in the config in force, so to none`);
  if (presented.door === 'sandbox' && !staysOnLoopback(config)) {
    return unmapped(`${who} exists only while every endpoint of the config is on loopback`);
  }
  return {
    kind: 'person',
    person: person.person,
    role: lower(person.role, CAP[presented.door]),
    ownRole: person.role,
    shared: person.shared,
    provenBy: 'identity',
  };
};

/** The standing of a person who has just proven a one-time code: the whole role, whoever's account the terminal runs under. */
export const provenStanding = (person: Person): Standing => ({
  kind: 'person',
  person: person.person,
  role: person.role,
  ownRole: person.role,
  shared: person.shared,
  provenBy: 'one-time-code',
});

export const roleOf = (standing: Standing): Role => (standing.kind === 'person' ? standing.role : 'viewer');

/** Null when they may; otherwise one sentence that says what they are, what is needed, and what they may do instead. */
export const refusalFor = (standing: Standing, deed: Deed): string | null => {
  const role = roleOf(standing);
  if (may(role, deed)) return null;
  const needed = NEEDS[deed];
  if (standing.kind === 'unmapped') return `${standing.because}; to ${deedText(deed)} takes the role ${needed}.`;
  const rest = deedsOf(role)
    .filter((candidate) => candidate !== 'see' && candidate !== 'plan')
    .map(deedText);
  const instead = rest.length === 0 ? 'You may look and plan.' : `You may: ${rest.join(', ')}.`;
  const proof = atLeast(standing.ownRole, needed)
    ? ` An operating-system account counts as operator at most: add --code-of ${standing.person} to prove the rest by a one-time code.`
    : '';
  return `You are ${standing.person}, here with the role ${role}; to ${deedText(deed)} takes the role ${needed}.${proof} ${instead}`;
};

const deedText = (deed: Deed): string => deed.replaceAll('-', ' ');
