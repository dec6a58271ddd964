import type { Config } from '../domain/config.ts';
import type { ProviderId } from '../domain/ids.ts';
import type { SteeringCapabilities } from '../domain/steering.ts';
import type { Answer } from '../operations/answer.ts';
import type { Asker, Deps } from '../operations/deps.ts';
import type { VendorShown } from '../operations/dns/vendors.ts';

/** Where lines go. `columns` is null where nobody knows. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

/** What comes before the verb. */
export interface GlobalOptions {
  /** `--config`, else the environment's STEER_CONFIG, else null: compose then takes `steer.yaml` of the working directory. */
  readonly configFile: string | null;
}

/** Options of the commands that look after the installation. */
export interface ToolFlags {
  readonly json: boolean;
  readonly yes: boolean;
  readonly reason: string | null;
  readonly codeOf: string | null;
  /** `config check`: everything that was understood, not only the sum. */
  readonly print: boolean;
  /** `audit verify`: a file with the heads of an earlier audit. */
  readonly known: string | null;
  /** `config check`: with the records and the signals as they are now. */
  readonly live: boolean;
}

/** The store opened, and who sits at this terminal: from the AWS caller identity or the account, never from an argument. */
export interface OpenDesk {
  readonly deps: Deps;
  readonly presented: Asker['presented'];
  /** For the record, e.g. `cli` or `sandbox`. */
  readonly door: string;
  /** Executes runs in this process until `signal` fires, whenever no other process holds the lease. */
  execute(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Steer cannot even begin. Compose throws it; it is told in its own sentences, without a stack. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join(' '), options);
    this.problems = problems;
  }
}

/** What only the composition root can do. Those that return a number return the exit code. */
export interface CliActions {
  /** Opens the store that the config names. Throws CannotOpen. */
  open(options: GlobalOptions): Promise<OpenDesk>;
  /** As `open`; where no store is made yet, an empty one in memory: enough to look, and nothing is kept. Throws CannotOpen. */
  openToLook(options: GlobalOptions): Promise<OpenDesk>;
  /** What the vendors of a config can do, for all that anybody has proven: no credentials, no calls. */
  capabilities(config: Config): Promise<Readonly<Record<ProviderId, SteeringCapabilities>>>;
  /** Makes the store that the config names, without a config in force. `abandon` closes it and takes it away again. Throws CannotOpen. */
  createStore(options: GlobalOptions): Promise<OpenDesk & { abandon(): Promise<void> }>;
  /** For the asker: `askerAt(context, desk, flags.codeOf)`, so that an account is lifted by a one-time code here too. */
  adoptStore(options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number>;
  serve(options: GlobalOptions, context: CliContext): Promise<number>;
  /** `provider` is null for all of them. */
  checkProvider(
    provider: string | null,
    options: GlobalOptions,
    context: CliContext,
    flags: ToolFlags,
  ): Promise<number>;
  /** The manifest for Slack's pages; `url` is null for Socket Mode. */
  slackManifest(url: string | null, context: CliContext, flags: ToolFlags): Promise<number>;
  slackCheck(options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number>;
  /** What steer knows of every vendor, or of the one named: no config, no calls. */
  vendors(only: string | null): Answer<readonly VendorShown[]>;
  doctor(options: GlobalOptions, context: CliContext, flags: ToolFlags): Promise<number>;
  /** The words after `sandbox`, e.g. `drill --virtual`. */
  sandbox(words: readonly string[], context: CliContext): Promise<number>;
}

/** The variables that the command line itself reads. */
interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
  readonly STEER_CONFIG?: string | undefined;
}

/** Everything a command line has. Injected, so that tests need no process. */
export interface CliContext {
  readonly version: string;
  readonly actions: CliActions;
  readonly stdout: Output;
  readonly stderr: Output;
  /**
   * Asks a question at the terminal; `hidden` does not echo. Null when there is nobody to ask (no terminal, end of input).
   */
  readonly ask: (question: string, how: 'shown' | 'hidden') => Promise<string | null>;
  readonly env: Environment;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}
