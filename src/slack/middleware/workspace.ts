import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { SlackConfig } from '../../domain/config.ts';
import { type Arrival, arrivalOf } from '../arrival.ts';
import type { Log } from '../log.ts';
import { acknowledge } from './dedupe.ts';

/** Whether the person is of the workspace, as far as the payload tells. A click or a modal that does not tell is foreign. */
export const isFromHome = (
  { kind, userTeam, isFromBot }: Arrival,
  { team, enterprise }: Pick<SlackConfig, 'team' | 'enterprise'>,
): boolean => {
  if (isFromBot) return false;
  if (userTeam === null) return kind !== 'click' && kind !== 'view';
  return userTeam === team || (enterprise !== null && userTeam === enterprise);
};

/** Acknowledges and drops what people of other workspaces and bots do. The app and the workspace were checked before. */
export const workspace =
  ({ home, log }: { home: () => Pick<SlackConfig, 'team' | 'enterprise'>; log: Log }): Middleware<AnyMiddlewareArgs> =>
  async (args) => {
    if (isFromHome(arrivalOf(args.body), home())) return args.next();
    log.warn({ event: 'slack.foreign' }, 'somebody of another workspace, or a bot, was not listened to');
    return acknowledge(args);
  };
