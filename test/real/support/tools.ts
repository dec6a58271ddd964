import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that the tests against real servers start or call. */
export interface Tool {
  readonly command: string;
  readonly why: string;
  /** What a person types to get it. */
  readonly install: string;
}

/** The versions are pinned there: later ones may have other gaps, and the tests name the gaps they rely on. */
const PIP =
  'python3 -m venv .venv && .venv/bin/pip install --requirement .ci/python-packages.txt && export PATH="$PWD/.venv/bin:$PATH"';

const MINISTACK: Tool = { command: 'ministack', why: 'Route 53 with real compare-and-swap', install: PIP };
const MOTO: Tool = { command: 'moto_server', why: 'CloudWatch over JSON, STS, and a Route 53 that lies', install: PIP };
const DIG: Tool = { command: 'dig', why: "BIND's resolver tool", install: 'apt-get install bind9-dnsutils' };
const KDIG: Tool = { command: 'kdig', why: "Knot's resolver tool", install: 'apt-get install knot-dnsutils' };
export const GDNSD: Tool = {
  command: 'gdnsd',
  why: 'a name server that weighs answers',
  install: 'apt-get install gdnsd',
};

const NSUPDATE: Tool = {
  command: 'nsupdate',
  why: 'another hand at a primary',
  install: 'apt-get install bind9-dnsutils',
};
const BIND: Tool = { command: 'named', why: 'a primary that takes updates', install: 'apt-get install bind9' };
const KNOT: Tool = { command: 'knotd', why: 'another primary that takes updates', install: 'apt-get install knot' };
const POWERDNS: Tool = {
  command: 'pdns_server',
  why: 'a name server that runs Lua for its answers',
  install: 'apt-get install pdns-server pdns-backend-sqlite3',
};
const SQLITE3: Tool = { command: 'sqlite3', why: 'the tables of PowerDNS', install: 'apt-get install sqlite3' };

export const CHROMIUM: Tool = {
  command: 'chromium',
  why: 'the browser of whoever opens the demonstration',
  install: 'apt-get install chromium',
};

const TOOLS: readonly Tool[] = [MINISTACK, MOTO, DIG, KDIG, NSUPDATE, GDNSD, BIND, KNOT, POWERDNS, SQLITE3, CHROMIUM];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first file of that name in the directories of `path` (a PATH) that can be started; null where there is none. */
export const toolPath = (path: string, { command }: Tool): string | null =>
  path
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable) ?? null;

/** Which of the tools no directory of `path` (a PATH) holds. */
export const missingTools = (path: string): readonly Tool[] => TOOLS.filter((tool) => toolPath(path, tool) === null);

/** What to tell a person who has not got them, each installation once. */
export const missingText = (missing: readonly Tool[]): string => {
  const lines = missing.map(({ command, why }) => `  ${command.padEnd(12)} ${why}`);
  const ways = [...new Set(missing.map(({ install }) => `  ${install}`))];
  return [
    'test:real asks programs that steer did not write. It installs nothing, and these are missing:',
    ...lines,
    'To get them type:',
    ...ways,
    '',
  ].join('\n');
};
