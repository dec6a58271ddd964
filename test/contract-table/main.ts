import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingTools } from '../real/support/tools.ts';
import { realSuites } from './grounds.ts';
import { type ContractCase, casesIn } from './results.ts';
import { realVendors, suiteLines, suiteText, vendorRows, vendorTable } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const vitestRun = async (
  project: string,
  filters: readonly string[],
  into: string,
): Promise<readonly ContractCase[]> => {
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(ROOT, 'test', 'vitest.config.ts');
  const args = [
    'run',
    '--config',
    config,
    '--project',
    project,
    ...filters,
    '--reporter=json',
    `--outputFile.json=${into}`,
  ];
  // Its own words go to stderr: stdout is the table.
  const child = spawn(process.execPath, [vitest, ...args], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  await once(child, 'close');
  return casesIn(readFileSync(into, 'utf8'));
};

/** README's rows that name a folder of `providers/`. */
const readmeTable = (): string =>
  readFileSync(join(ROOT, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| [') && line.includes('](providers/'))
    .join('\n');

/** Runs the suites now: those over fakes, and those against servers where they are installed. */
const freshCases = async (withServers: boolean): Promise<readonly ContractCase[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-contract-'));
  try {
    return [
      ...(await vitestRun('contract', ['test/contracts'], join(folder, 'fakes.json'))),
      ...(withServers ? await vitestRun('real', realSuites(), join(folder, 'servers.json')) : []),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, from: { type: 'string', multiple: true } } });
  // Results that a run of vitest has left already, as CI has them: nothing runs twice.
  const { from = [] } = values;
  const withServers = from.length > 1 || (from.length === 0 && missingTools(process.env['PATH'] ?? '').length === 0);
  if (!withServers) process.stderr.write('No results of real servers: what README says of them is not compared.\n');
  const cases =
    from.length > 0 ? from.flatMap((file) => casesIn(readFileSync(file, 'utf8'))) : await freshCases(withServers);
  const lines = suiteLines(cases);
  const rows = vendorRows((vendor) =>
    lines
      .filter((line) => line.vendor === vendor && line.port === 'Steering' && line.passed > 0 && line.failed === 0)
      .map(({ ground }) => ground),
  );
  const told = vendorTable(rows).split('\n').slice(2).join('\n');
  const isAsTold = !withServers || told === readmeTable();
  const table = { vendors: realVendors().map(({ vendor }) => vendor), suites: lines, cases, readme: isAsTold };
  process.stdout.write(values.json === true ? `${JSON.stringify(table, null, 2)}\n` : suiteText(lines));
  if (!isAsTold)
    process.stderr.write(`README's table of vendors says something else. It should say:\n${vendorTable(rows)}\n`);
  const hasFailed = lines.some((line) => line.failed > 0);
  return hasFailed || !isAsTold || lines.length === 0 ? 1 : 0;
};

process.exitCode = await main();
