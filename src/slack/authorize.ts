import type { Authorize } from '@slack/bolt';
import type { SlackConfig } from '../domain/config.ts';
import { arrivalOf } from './arrival.ts';

/** A payload of another workspace, organisation or app: no listener runs for it. */
export class ForeignPayload extends Error {
  override readonly name = 'ForeignPayload';
}

/** `xapp-1-A012…-…`: an app-level token names its app. Null where it does not. */
export const appIdOf = (appToken: string): string | null => /^xapp-\d+-(A[A-Z0-9]+)-/.exec(appToken)?.[1] ?? null;

export interface Installation {
  readonly botToken: string;
  /** Null where the transport does not tell; then a signature of this app's own secret proves it. */
  readonly appId: string | null;
}

/**
 * Gives every listener the same token, without a call to Slack: one that fails at the start would otherwise leave the bot
 * deaf until somebody restarts it. What comes from elsewhere is refused here.
 */
export const authorizeWith =
  ({ botToken, appId }: Installation, home: () => Pick<SlackConfig, 'team' | 'enterprise'>): Authorize<boolean> =>
  async ({ teamId, enterpriseId }, body) => {
    const { team, enterprise } = home();
    const from = arrivalOf(body).appId;
    if (appId !== null && from !== null && from !== appId) throw new ForeignPayload('of another app');
    if (enterprise !== null && enterpriseId !== enterprise) throw new ForeignPayload('of another organisation');
    const isOrganisationWide = enterprise !== null && teamId === undefined;
    if (!isOrganisationWide && teamId !== team) throw new ForeignPayload('of another workspace');
    return { botToken, teamId: team, ...(enterprise === null ? {} : { enterpriseId: enterprise }) };
  };
