import { VENDORS } from '../../providers/registry.ts';
import { CannotOpen, type CliActions, type CliContext } from '../../src/cli/context.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Asker } from '../../src/operations/deps.ts';
import { dnsVendors } from '../../src/operations/dns/vendors.ts';
import type { Desk } from '../operations/arrange.ts';
import { MODEL } from '../support/fleet-config.ts';

export interface Said {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** Questions that were asked at the terminal. */
  readonly asked: readonly string[];
}

export interface Sitting {
  /** What is typed at each question, in order; nobody is there once they are used up. */
  readonly typed?: readonly string[];
  readonly presented?: Asker['presented'];
  readonly actions?: Partial<CliActions>;
  readonly signal?: AbortSignal;
  readonly isTerminal?: boolean;
  readonly env?: CliContext['env'];
}

const unexpected = (what: string) => async (): Promise<never> => {
  throw new CannotOpen([`${what} is not part of this test.`]);
};

/** A person at a terminal in front of one desk. Gives back everything that could be seen. */
export const sit = async (desk: Desk, user: string, words: readonly string[], sitting: Sitting = {}): Promise<Said> => {
  const said = { out: '', err: '', asked: [] as string[] };
  const typed = [...(sitting.typed ?? [])];
  const isTerminal = sitting.isTerminal === true;
  const presented = sitting.presented ?? ({ door: 'sandbox', user } as const);
  const context: CliContext = {
    version: '0.1.0',
    stdout: {
      isTerminal,
      write: (text) => {
        said.out += text;
      },
    },
    stderr: {
      isTerminal,
      write: (text) => {
        said.err += text;
      },
    },
    ask: async (question) => {
      said.asked.push(question);
      return typed.shift() ?? null;
    },
    env: sitting.env ?? {},
    signal: sitting.signal ?? new AbortController().signal,
    actions: {
      open: async () => ({ deps: desk.deps, presented, door: 'cli', execute: async () => {}, close: async () => {} }),
      openToLook: async () => ({
        deps: desk.deps,
        presented,
        door: 'cli',
        execute: async () => {},
        close: async () => {},
      }),
      capabilities: async () => ({ [MODEL]: desk.model.steering.capabilities }),
      createStore: unexpected('createStore'),
      adoptStore: unexpected('adoptStore'),
      serve: unexpected('serve'),
      checkProvider: unexpected('checkProvider'),
      vendors: (only) => dnsVendors(VENDORS, only),
      doctor: unexpected('doctor'),
      slackManifest: unexpected('slackManifest'),
      slackCheck: unexpected('slackCheck'),
      sandbox: unexpected('sandbox'),
      ...sitting.actions,
    },
  };
  return { exit: await runCli(words, context), ...said };
};
