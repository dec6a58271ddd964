import { Argument, Command, Option } from 'commander';
import { SYNONYMS, TABLE, VERBS } from '../grammar/vocabulary.ts';
import { completionFor, SHELLS, type Shell } from './completion.ts';
import { configCheck } from './config-check.ts';
import type { CliContext, GlobalOptions, OpenDesk, ToolFlags } from './context.ts';
import { addDns } from './dns/program.ts';
import { EXIT } from './exit-codes.ts';
import { rootHelp } from './root-help.ts';
import { runVerb } from './run-verb.ts';
import { acceptConfig, configDiff, configSchema } from './tools-config.ts';
import { initStore, verifyAudit } from './tools-store.ts';

/** Where the exit code of the command that ran is left. */
export interface Outcome {
  exit: number;
}

interface Parts {
  readonly context: CliContext;
  readonly outcome: Outcome;
  readonly readFile: (path: string) => Promise<string>;
}

const globalsOf = (command: Command, context: CliContext): GlobalOptions => {
  const { config } = command.optsWithGlobals<{ config?: string }>();
  const named = config ?? context.env.STEER_CONFIG ?? null;
  return { configFile: named === '' ? null : named };
};

const flagsOf = (command: Command): ToolFlags => {
  const options = command.opts<{
    json?: boolean;
    yes?: boolean;
    reason?: string;
    codeOf?: string;
    print?: boolean;
    known?: string;
    live?: boolean;
  }>();
  return {
    json: options.json === true,
    yes: options.yes === true,
    reason: options.reason ?? null,
    codeOf: options.codeOf ?? null,
    print: options.print === true,
    known: options.known ?? null,
    live: options.live === true,
  };
};

/** Opens the desk for one command and closes it whatever happens. */
const atDesk = async (
  { context }: Parts,
  command: Command,
  use: (desk: OpenDesk) => Promise<number>,
): Promise<number> => {
  const desk = await context.actions.open(globalsOf(command, context));
  try {
    return await use(desk);
  } finally {
    await desk.close();
  }
};

/** Verbs keep their words: commander only finds the verb, the shared grammar reads the sentence. */
const addVerbs = (program: Command, { context, outcome }: Parts): void => {
  const add = (word: string, summary: string, hidden: boolean): void => {
    const command = program
      .command(word, { hidden })
      .summary(summary)
      .argument('[words...]')
      .allowUnknownOption()
      .passThroughOptions()
      .helpOption(false)
      .action(async () => {
        if (command.args.some((arg) => /^--config(?:=|$)/.test(arg))) {
          context.stderr.write(`--config goes before the verb: steer --config FILE ${word} …\nNothing was done.\n`);
          outcome.exit = EXIT.usage;
          return;
        }
        outcome.exit = await runVerb([word, ...command.args], globalsOf(command, context), context);
      });
  };
  for (const verb of VERBS) add(verb, TABLE[verb].summary, false);
  for (const word of Object.keys(SYNONYMS)) add(word, '', true);
};

const CODE_OPTION = () =>
  new Option('--code-of <person>', 'prove who you are by a one-time code, asked for at the terminal');

const JSON_OPTION = () => new Option('--json', 'machine-readable output');

const addConfig = (program: Command, parts: Parts): void => {
  const { context, outcome, readFile } = parts;
  const config = program.command('config').summary('the config file and the config in force');
  const check = config
    .command('check')
    .summary('is the file valid, and could every region be evacuated under it?')
    .argument('[file]')
    .addOption(JSON_OPTION())
    .option('--print', 'everything that was understood, without secrets')
    .option('--live', 'with the records and the signals as they are now')
    .action(async (file: string | undefined) => {
      const globals = globalsOf(check, context);
      const name = file ?? globals.configFile ?? 'steer.yaml';
      const text = await readFile(name);
      outcome.exit = await configCheck({ name, text }, flagsOf(check), { configFile: name }, context);
    });
  config
    .command('schema')
    .summary('JSON Schema for editors')
    .action(() => {
      outcome.exit = configSchema(context);
    });
  for (const [word, summary] of [
    ['diff', 'what the file says that is not in force'],
    ['reload', 'read the file again; puts nothing into force'],
  ] as const) {
    const command = config.command(word).summary(summary).addOption(JSON_OPTION());
    command.action(async () => {
      outcome.exit = await atDesk(parts, command, (desk) => configDiff(desk, flagsOf(command), context));
    });
  }
  const accept = config
    .command('accept')
    .summary('put the file into force; a weakening takes a second person')
    .addOption(JSON_OPTION())
    .option('--yes', 'no typed confirmation; needs --reason')
    .option('--reason <why>', 'why')
    .addOption(CODE_OPTION())
    .action(async () => {
      outcome.exit = await atDesk(parts, accept, (desk) => acceptConfig(desk, flagsOf(accept), context));
    });
};

const addStore = (program: Command, parts: Parts): void => {
  const { context, outcome, readFile } = parts;
  const store = program.command('store').summary('the store');
  const init = store.command('init').summary('make the store that the config names').addOption(JSON_OPTION());
  init.action(async () => {
    outcome.exit = await initStore(flagsOf(init), globalsOf(init, context), context);
  });
  const adopt = store
    .command('adopt')
    .summary('take over from a lost store (an admin and a second person)')
    .addOption(JSON_OPTION())
    .addOption(CODE_OPTION());
  adopt.action(async () => {
    outcome.exit = await context.actions.adoptStore(globalsOf(adopt, context), context, flagsOf(adopt));
  });
  const verify = program
    .command('audit')
    .summary('the audit trail')
    .command('verify')
    .summary('verify every hash chain')
    .addOption(JSON_OPTION())
    .option('--known <file>', 'heads that an earlier audit printed with --json')
    .action(async () => {
      const { known } = flagsOf(verify);
      const text = known === null ? null : await readFile(known);
      outcome.exit = await atDesk(parts, verify, (desk) => verifyAudit(desk, text, flagsOf(verify), context));
    });
};

const addService = (program: Command, { context, outcome }: Parts): void => {
  const serve = program.command('serve').summary('execute runs until told to stop');
  serve.action(async () => {
    outcome.exit = await context.actions.serve(globalsOf(serve, context), context);
  });
  const doctor = program.command('doctor').summary('is everything as it should be?').addOption(JSON_OPTION());
  doctor.action(async () => {
    outcome.exit = await context.actions.doctor(globalsOf(doctor, context), context, flagsOf(doctor));
  });
  const check = program
    .command('provider')
    .summary('accounts at vendors')
    .command('check')
    .summary('prove what an account can do, on a record of its own')
    .argument('[provider]')
    .addOption(JSON_OPTION())
    .addOption(CODE_OPTION())
    .action(async (provider: string | undefined) => {
      outcome.exit = await context.actions.checkProvider(
        provider ?? null,
        globalsOf(check, context),
        context,
        flagsOf(check),
      );
    });
  const slack = program.command('slack').summary('the Slack app');
  const appManifest = slack
    .command('manifest')
    .summary("the app manifest, for Slack's pages")
    .addOption(JSON_OPTION())
    .option('--url <address>', 'Slack reaches steer over HTTP under this address; else Socket Mode');
  appManifest.action(async () => {
    const { url } = appManifest.opts<{ url?: string }>();
    outcome.exit = await context.actions.slackManifest(url ?? null, context, flagsOf(appManifest));
  });
  const slackCheck = slack
    .command('check')
    .summary('tokens, scopes, channels, groups and people')
    .addOption(JSON_OPTION());
  slackCheck.action(async () => {
    outcome.exit = await context.actions.slackCheck(globalsOf(slackCheck, context), context, flagsOf(slackCheck));
  });
  const sandbox = program
    .command('sandbox')
    .summary('a whole world on loopback')
    .argument('[words...]')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false);
  sandbox.action(async () => {
    outcome.exit = await context.actions.sandbox(sandbox.args, context);
  });
  program
    .command('completion')
    .summary('completion for your shell')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .action((shell: Shell) => {
      context.stdout.write(completionFor(shell));
      outcome.exit = EXIT.done;
    });
};

/** The command tree. It knows which command is meant and nothing about what any of them does. */
export const buildProgram = (parts: Parts): Command => {
  const { context } = parts;
  const program = new Command('steer')
    .description('moves live traffic between regions by DNS, step by step')
    .option('--config <file>', 'the config file (also STEER_CONFIG; else steer.yaml)')
    .version(context.version, '--version')
    .enablePositionalOptions()
    .exitOverride()
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  program.helpInformation = () => `${rootHelp().join('\n')}\n`;
  addVerbs(program, parts);
  addConfig(program, parts);
  addStore(program, parts);
  addService(program, parts);
  addDns(program, {
    context,
    globalsOf: (command) => globalsOf(command, context),
    done: (exit) => {
      parts.outcome.exit = exit;
    },
  });
  return program;
};
