import { VENDORS } from '../providers/registry.ts';
import type { CliActions, CliContext } from './cli/context.ts';
import { runCli } from './cli/run-cli.ts';
import { adoptStore, checkProvider } from './compose/account-commands.ts';
import { createDesk, openDesk } from './compose/desk.ts';
import { doctor } from './compose/doctor.ts';
import { capabilitiesOf, openToLook } from './compose/looking.ts';
import { serve } from './compose/serve.ts';
import { askAtTerminal, outputTo } from './compose/terminal.ts';
import { version } from './compose/version.ts';
import { dnsVendors } from './operations/dns/vendors.ts';

const actions: CliActions = {
  open: openDesk,
  openToLook: (options) => openToLook(options),
  capabilities: capabilitiesOf,
  createStore: createDesk,
  adoptStore,
  serve,
  checkProvider,
  vendors: (only) => dnsVendors(VENDORS, only),
  doctor,
  slackManifest: async (...call) => (await import('./compose/slack-set-up.ts')).slackManifest(...call),
  slackCheck: async (...call) => (await import('./compose/slack-set-up.ts')).slackCheck(...call),
  // The local world is loaded by those who want it: everybody else, a process that takes over too, would wait for it.
  sandbox: async (...call) => (await import('./compose/sandbox-command.ts')).sandboxCommand(...call),
};

/** The whole program for one command line: gives its exit code. */
export const main = async (argv: readonly string[]): Promise<number> => {
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const context: CliContext = {
    version: version(),
    actions,
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    ask: askAtTerminal,
    env: process.env,
    signal: interrupted.signal,
  };
  return runCli(argv, context);
};
