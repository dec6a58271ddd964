import { parseArgs } from 'node:util';
import type { CliContext } from '../cli/context.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { SCENARIO_NAMES, type ScenarioName } from '../sandbox/scenarios.ts';
import type { Log } from '../slack/log.ts';
import { VirtualClock } from '../system/virtual-clock.ts';
import { demo } from './demo.ts';
import { castScenario, sandboxDrill, virtualStart } from './drill-command.ts';
import { mountVirtual } from './sandbox-mount.ts';

const USAGE = `A whole world on loopback: no account, no network.

  steer sandbox drill              a drill from plan to proof
      --scenario NAME              what goes wrong meanwhile (calm: nothing)
      --virtual                    in virtual time: hours in seconds
      --seed N                     another course of the same scenario (7)
      --json                       one JSON document at the end
      --report DIRECTORY           the run's report, HTML and Markdown
  steer sandbox demo               a small Slack workspace beside the world, in your browser
      --port N                     of the page (any free one)
      --seed N                     another course of the same world (7)
  steer sandbox scenarios          the scenarios, and what steer must do in each
  steer sandbox config             the sandbox's steer.yaml
`;

/** All that the sandbox needs of a command line. */
type Terminal = Pick<CliContext, 'stdout' | 'stderr' | 'signal'>;

const SEED = 7;
const COLUMNS = 100;

const isScenario = (word: string): word is ScenarioName => SCENARIO_NAMES.some((name) => name === word);

const scenarios = (context: Terminal): number => {
  const width = Math.max(...SCENARIO_NAMES.map(({ length }) => length));
  for (const name of SCENARIO_NAMES)
    context.stdout.write(`${name.padEnd(width)}  ${castScenario(name, SEED).steerMust}\n`);
  return EXIT.done;
};

const config = (context: Terminal): number => {
  const scenario = castScenario('calm', SEED);
  context.stdout.write(mountVirtual(scenario, new VirtualClock(virtualStart(scenario))).config);
  return EXIT.done;
};

const usage = (context: Terminal, problem: string): number => {
  context.stderr.write(`${problem}\n\n${USAGE}`);
  return EXIT.usage;
};

const wholeNumber = (text: string): number | null => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
};

const DEMO_OPTIONS = {
  port: { type: 'string', default: '0' },
  seed: { type: 'string', default: String(SEED) },
} as const;

/** Only what a reader of the terminal has to know: the page shows the rest, and he cuts connections on purpose. */
const errorsTo = (context: Terminal): Log => ({
  info: () => {},
  warn: () => {},
  error: ({ event }, text) => {
    if (event !== 'slack.library') context.stderr.write(`${text}\n`);
  },
});

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const demonstrate = async (words: readonly string[], context: Terminal): Promise<number> => {
  const { values } = parseArgs({ args: [...words], options: DEMO_OPTIONS });
  const port = wholeNumber(values.port);
  if (port === null || port > 65_535) return usage(context, `--port wants a port up to 65535, got "${values.port}".`);
  const seed = wholeNumber(values.seed);
  if (seed === null) return usage(context, `--seed wants a whole number, got "${values.seed}".`);
  const write = (text: string): void => {
    context.stdout.write(text);
  };
  try {
    await demo({ port, seed, write, log: errorsTo(context), signal: context.signal });
    return EXIT.done;
  } catch (error) {
    if (!isPortTaken(error)) throw error;
    context.stderr.write(`Port ${port} is taken on this machine. Name another with --port, or leave it out.\n`);
    return EXIT.failed;
  }
};

const OPTIONS = {
  scenario: { type: 'string', default: 'calm' },
  virtual: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
  seed: { type: 'string', default: String(SEED) },
  report: { type: 'string' },
} as const;

const drill = async (words: readonly string[], context: Terminal): Promise<number> => {
  const { values } = parseArgs({ args: [...words], options: OPTIONS });
  const word = values.scenario;
  if (!isScenario(word))
    return usage(context, `There is no scenario ${word}. Scenarios: ${SCENARIO_NAMES.join(', ')}.`);
  const seed = wholeNumber(values.seed);
  if (seed === null) return usage(context, `--seed wants a whole number, got "${values.seed}".`);
  return sandboxDrill({
    scenario: word,
    seed,
    virtual: values.virtual,
    json: values.json,
    output: {
      write: (text) => context.stdout.write(text),
      isTerminal: context.stdout.isTerminal,
      columns: process.stdout.columns || COLUMNS,
    },
    reportDirectory: values.report ?? null,
    signal: context.signal,
  });
};

/** The words after `sandbox`. */
export const sandboxCommand = async (words: readonly string[], context: Terminal): Promise<number> => {
  const [verb, ...rest] = words;
  if (verb === undefined || verb === 'help' || words.includes('--help') || words.includes('-h')) {
    context.stdout.write(USAGE);
    return EXIT.done;
  }
  if (verb === 'scenarios') return scenarios(context);
  if (verb === 'config') return config(context);
  if (verb !== 'drill' && verb !== 'demo') return usage(context, `There is no "sandbox ${verb}".`);
  try {
    return await (verb === 'demo' ? demonstrate : drill)(rest, context);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return usage(context, error.message);
    throw error;
  }
};
