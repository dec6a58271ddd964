import type { SecondFactorFor, SlackConfig } from '../domain/config.ts';
import type { Deed } from './roles.ts';
import { type Presented, refusalFor, type Standing } from './standing.ts';

/** Never for a hold: whoever stops something is not asked for a code (design rule 10). */
const ASKED_FOR: Partial<Record<Deed, SecondFactorFor>> = {
  propose: 'start',
  approve: 'approve',
  'break-glass': 'break-glass',
};

/** Whether this deed takes a one-time code at Slack. */
export const needsCode = (slack: Pick<SlackConfig, 'secondFactor'> | undefined, deed: Deed): boolean => {
  const asked = ASKED_FOR[deed];
  return asked !== undefined && slack?.secondFactor.includes(asked) === true;
};

/**
 * The sentence why being logged in to Slack is not enough for this deed; null where it is. A deed that the role does not
 * allow is refused for the role: a code would not help.
 */
export const secondFactorRefusal = (
  slack: Pick<SlackConfig, 'secondFactor'> | undefined,
  door: Presented['door'],
  standing: Standing,
  deed: Deed,
): string | null => {
  if (door !== 'slack' || !needsCode(slack, deed) || refusalFor(standing, deed) !== null) return null;
  if (standing.kind !== 'person' || standing.provenBy === 'one-time-code') return null;
  const none =
    standing.provenBy === 'group'
      ? ' You are known by a user group only, so you have none: an admin can put you into the config.'
      : '';
  return `To ${deed.replaceAll('-', ' ')} in Slack takes your one-time code as well.${none}`;
};
