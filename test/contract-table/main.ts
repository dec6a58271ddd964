import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

const main = async (args: readonly string[]): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'steer-contract-'));
  try {
    const withServers = missingTools(process.env['PATH'] ?? '').length === 0;
    if (!withServers) process.stderr.write("Servers of one's own are not installed here: only the fakes are asked.\n");
    const cases = [
      ...(await vitestRun('contract', ['test/contracts'], join(folder, 'fakes.json'))),
      ...(withServers ? await vitestRun('real', realSuites(), join(folder, 'servers.json')) : []),
    ];
    const lines = suiteLines(cases);
    const rows = vendorRows((vendor) =>
      lines
        .filter((line) => line.vendor === vendor && line.port === 'Steering' && line.passed > 0 && line.failed === 0)
        .map(({ ground }) => ground),
    );
    const told = vendorTable(rows).split('\n').slice(2).join('\n');
    const isAsTold = !withServers || told === readmeTable();
    const failed = lines.some((line) => line.failed > 0);
    if (args.includes('--json'))
      process.stdout.write(
        `${JSON.stringify({ vendors: realVendors().map(({ vendor }) => vendor), suites: lines, cases, readme: isAsTold }, null, 2)}\n`,
      );
    else process.stdout.write(suiteText(lines));
    if (!isAsTold)
      process.stderr.write(`README's table of vendors says something else. It should say:\n${vendorTable(rows)}\n`);
    return failed || !isAsTold || lines.length === 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

process.exitCode = await main(process.argv.slice(2));
