import { stringify } from 'yaml';
import type { CliContext, GlobalOptions, ToolFlags } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { Printer } from '../cli/print.ts';
import { findingLines, findingsSum } from '../cli/render/findings.ts';
import { parse } from '../config/parse.ts';
import { problemText } from '../config/problem.ts';
import type { SecretSource, SlackConfig } from '../domain/config.ts';
import { type Finding, fail, notOk } from '../readiness/finding.ts';
import { checkSlack } from '../slack/set-up/check.ts';
import { slackEyes } from '../slack/set-up/eyes.ts';
import { manifest } from '../slack/set-up/manifest.ts';
import { readConfigFile } from './config-file.ts';
import { liveMount } from './mount.ts';
import { readSecret } from './secrets.ts';

/** `slack manifest`: what to paste where Slack asks for the manifest of a new app. Needs no config. */
export const slackManifest = async (url: string | null, context: CliContext, flags: ToolFlags): Promise<number> => {
  if (url !== null && URL.parse(url)?.protocol !== 'https:') {
    context.stderr.write(
      `--url wants the address under which Slack reaches steer, such as https://steer.example.com/slack/events; got "${url}".\n`,
    );
    return EXIT.usage;
  }
  const app = manifest(url === null ? { kind: 'socket' } : { kind: 'http', url });
  context.stdout.write(flags.json ? `${JSON.stringify(app, null, 2)}\n` : stringify(app));
  return EXIT.done;
};

const whereText = (source: SecretSource): string =>
  'env' in source ? `the variable ${source.env}` : `the file ${source.file}`;

const tokensOf = async (
  slack: SlackConfig,
): Promise<{ bot: string | null; app: string | null; missing: readonly Finding[] }> => {
  const mount = liveMount();
  const bot = await readSecret(slack.botTokenFrom, mount);
  const other = slack.transport.kind === 'socket' ? slack.transport.appTokenFrom : slack.transport.signingSecretFrom;
  const app = await readSecret(other, mount);
  const missing = [
    ...(bot ? [] : [{ check: 'bot token', source: slack.botTokenFrom }]),
    ...(app ? [] : [{ check: slack.transport.kind === 'socket' ? 'app token' : 'signing secret', source: other }]),
  ];
  return {
    bot,
    app,
    missing: missing.map(({ check, source }) =>
      fail(check, `${whereText(source)} is empty or not there`, 'put the secret there, never into the config file'),
    ),
  };
};

const findingsFor = async (options: GlobalOptions): Promise<readonly Finding[]> => {
  const { name, text } = await readConfigFile(options);
  const parsed = parse(text, name);
  if (!parsed.ok) return [fail('config', parsed.problems.map(problemText).join(' '), 'steer config check')];
  const { slack, people } = parsed.config;
  if (slack === undefined)
    return [
      fail(
        'config',
        `${name} has no slack section`,
        'write one: steer config schema knows its keys, README has the ten minutes',
      ),
    ];
  const { bot, app, missing } = await tokensOf(slack);
  if (bot === null || app === null || missing.length > 0) return missing;
  const appToken = slack.transport.kind === 'socket' ? app : null;
  return checkSlack(slack, people, slackEyes({ botToken: bot, appToken, endpoint: slack.endpoint }));
};

/** `slack check`: tokens, scopes, channels, user groups and people as the config file says them. Exit code 1 when something is not so. */
export const slackCheck = async (options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number> => {
  const findings = await findingsFor(options);
  const isWell = notOk(findings).length === 0;
  new Printer(context, flags.json).answer({ ok: isWell, findings }, (style) => [
    ...findingLines(findings, style),
    findingsSum(findings, style),
  ]);
  return isWell ? EXIT.done : EXIT.failed;
};
