import { App, type Receiver } from '@slack/bolt';
import { authorizeWith, type Installation } from './authorize.ts';
import { answerOptions, type Reach } from './clients.ts';
import type { Door } from './door.ts';
import { DoubleClicks } from './double-clicks.ts';
import { listenToClicks } from './listeners/click.ts';
import { listenToCode } from './listeners/code.ts';
import { listenToCommand } from './listeners/command.ts';
import { listenToErrors } from './listeners/errors.ts';
import { listenToGroups } from './listeners/groups.ts';
import { listenToHome } from './listeners/home.ts';
import { listenToMentions } from './listeners/mention.ts';
import { listenToSubmit } from './listeners/submit.ts';
import { dedupe } from './middleware/dedupe.ts';
import { workspace } from './middleware/workspace.ts';

export interface AppParts {
  readonly receiver: Receiver;
  readonly installation: Installation;
  readonly reach: Reach;
  readonly door: Door;
}

/** The Bolt app over a receiver. Nothing here or in its middleware calls Slack before a listener has acknowledged. */
export const buildApp = ({ receiver, installation, reach, door }: AppParts): App => {
  const { seen, log, settings, deps } = door;
  const home = () => settings.last.slack;
  const app = new App({
    receiver,
    authorize: authorizeWith(installation, home),
    convoStore: false,
    extendedErrorHandler: true,
    logger: reach.logger,
    clientOptions: answerOptions(reach),
  });
  app.use(dedupe({ seen, clock: deps.clock, log }));
  app.use(workspace({ home, log }));
  listenToErrors(app, door);
  listenToCommand(app, door);
  listenToClicks(app, door, new DoubleClicks(deps.clock));
  listenToSubmit(app, door);
  listenToCode(app, door);
  listenToHome(app, door);
  listenToMentions(app, door);
  listenToGroups(app, door);
  return app;
};
