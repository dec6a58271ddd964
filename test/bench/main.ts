import { parseArgs } from 'node:util';
import type { Benchmark, Result } from './benchmark.ts';
import { isFailed } from './benchmark.ts';
import { calls } from './calls.ts';
import { calmDrill } from './calm-drill.ts';
import { emergency } from './emergency.ts';
import { longDrill } from './long-drill/long-drill.ts';
import { replay } from './replay/replay.ts';
import { restart } from './restart/restart.ts';
import { scale } from './scale/scale.ts';
import { slackCommands } from './slack/commands/slack-commands.ts';
import { slackSoak } from './slack/soak/slack-soak.ts';
import { slackUpdates } from './slack/updates/slack-updates.ts';
import { resultText, summaryText } from './table.ts';
import { vendors } from './vendors/vendors.ts';

const BENCHMARKS: readonly Benchmark[] = [
  calls,
  calmDrill,
  emergency,
  longDrill,
  replay,
  restart,
  scale,
  slackCommands,
  slackUpdates,
  slackSoak,
  vendors,
];

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const measured = async ({ name, goal, run }: Benchmark): Promise<Result> => {
  const started = performance.now();
  const ended = (rows: Result['rows'], failure: string | null): Result => ({
    name,
    goal,
    rows,
    failure,
    tookMs: performance.now() - started,
  });
  try {
    return ended(await run(), null);
  } catch (error) {
    return ended([], error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true } } });
  const only = values.only ?? BENCHMARKS.map(({ name }) => name);
  const unknown = only.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
  if (unknown.length > 0) {
    say(`no benchmark is called ${unknown.join(', ')}; there are ${BENCHMARKS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const results: Result[] = [];
  for (const benchmark of BENCHMARKS.filter(({ name }) => only.includes(name))) {
    const result = await measured(benchmark);
    results.push(result);
    if (values.json !== true) say(`${resultText(result)}\n`);
  }
  say(values.json === true ? JSON.stringify(results, null, 2) : summaryText(results));
  return results.some(isFailed) ? 1 : 0;
};

process.exitCode = await main();
