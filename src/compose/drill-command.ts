import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleFor } from '../cli/render/style.ts';
import { reportOf } from '../report/story.ts';
import { type Scenario, type ScenarioName, scenarioOf } from '../sandbox/scenarios.ts';
import { MemoryDisk } from '../store/memory/memory-disk.ts';
import { openMemoryStore } from '../store/memory/memory-store.ts';
import { initStore } from '../store/sqlite/init-store.ts';
import type { Store } from '../store/store.ts';
import { systemClock } from '../system/clock.ts';
import { sha256 } from '../system/hash.ts';
import { VirtualClock } from '../system/virtual-clock.ts';
import { type DrillResult, runDrill } from './drill.ts';
import { drillDocument } from './drill-document.ts';
import { endLines } from './drill-end-lines.ts';
import type { DrillWatcher } from './drill-options.ts';
import { exitOf, type Told } from './drill-outcome.ts';
import { type DrillOutput, DrillShow } from './drill-show.ts';
import { reportText } from './report.ts';
import { type MountedSandbox, mountLive, mountVirtual } from './sandbox-mount.ts';

export interface SandboxDrillOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  /** In this process and virtual time: hours in seconds, the same course for the same seed. */
  readonly virtual: boolean;
  /** One JSON document at the end, and nothing before. */
  readonly json: boolean;
  readonly output: DrillOutput;
  /** Where the report is written, HTML and Markdown; null for nowhere. */
  readonly reportDirectory: string | null;
  /** Ends the drill where it is. */
  readonly signal: AbortSignal;
}

const STORE = { storeId: 'store_sandbox', region: 'outside' } as const;

export const castScenario = (name: ScenarioName, seed: number): Scenario =>
  scenarioOf(name, { source: 'us-east-1', destinations: ['us-west-2', 'eu-west-1'], seed });

/** Any day: what a virtual drill shows must not depend on when it is run. */
export const virtualStart = ({ startHourUtc }: Scenario): number => Date.UTC(2026, 0, 5, startHourUtc);

/** No drill lasts so long: beyond it something waits for what nobody will do. */
const LONGEST_MS = 48 * 3600 * 1000;

const SILENT: DrillWatcher = { planned: () => {}, moved: () => {}, broke: () => {}, healed: () => {}, told: () => {} };

interface Ready {
  readonly sandbox: MountedSandbox;
  readonly store: Store;
  readonly scenario: Scenario;
}

/** The report of a run that ended is as of its end, of one that was left as of when it was left. */
const written = async (
  options: SandboxDrillOptions,
  { events, endedAt, run }: DrillResult,
): Promise<readonly string[]> => {
  const { reportDirectory, scenario, seed } = options;
  if (reportDirectory === null || run === null) return [];
  await mkdir(reportDirectory, { recursive: true });
  const forms = [
    { format: 'html', end: 'html' },
    { format: 'markdown', end: 'md' },
  ] as const;
  return Promise.all(
    forms.map(async ({ format, end }) => {
      const path = join(reportDirectory, `drill-${scenario}-${seed}.${end}`);
      await writeFile(path, reportText(events, format, endedAt));
      return path;
    }),
  );
};

const perform = async (options: SandboxDrillOptions, { sandbox, store, scenario }: Ready): Promise<Told> => {
  const { output, json, virtual, signal } = options;
  const isDumb = process.env['TERM'] === 'dumb';
  const style = styleFor(output.isTerminal, process.env['NO_COLOR'], process.env['TERM']);
  const show = new DrillShow({
    output,
    style,
    now: () => sandbox.mount.clock.now(),
    propagationMs: sandbox.pace.propagationMs,
    redraws: output.isTerminal && !isDumb && !virtual,
  });
  if (!json) show.begin(scenario);
  const result = await runDrill({ sandbox, store, scenario, signal, watcher: json ? SILENT : show });
  const report = reportOf(result.events, { fleet: [], asOf: result.endedAt });
  const files = await sandbox.mount.inFlight('report files', () => written(options, result));
  const told: Told = { result, report, files, propagationMs: sandbox.pace.propagationMs };
  output.write(json ? `${JSON.stringify(drillDocument(told))}\n` : `${endLines(told, style).join('\n')}\n`);
  return told;
};

const live = async (options: SandboxDrillOptions, scenario: Scenario): Promise<Told> => {
  const directory = await mkdtemp(join(tmpdir(), 'steer-sandbox-'));
  const sandbox = await mountLive(scenario);
  const store = initStore(join(directory, 'steer.db'), STORE, { clock: systemClock, hash: sha256 });
  try {
    return await perform(options, { sandbox, store, scenario });
  } finally {
    store.close();
    await sandbox.close();
    await rm(directory, { recursive: true, force: true });
  }
};

const virtual = async (options: SandboxDrillOptions, scenario: Scenario): Promise<Told> => {
  const start = virtualStart(scenario);
  const clock = new VirtualClock(start);
  const store = openMemoryStore(new MemoryDisk({ ...STORE, madeAt: start }), { clock, hash: sha256 });
  const sandbox = mountVirtual(scenario, clock);
  return clock.run(perform(options, { sandbox, store, scenario }), start + LONGEST_MS);
};

/** A drill in the sandbox, shown or told as JSON; gives its exit code. */
export const sandboxDrill = async (options: SandboxDrillOptions): Promise<number> => {
  const scenario = castScenario(options.scenario, options.seed);
  const told = await (options.virtual ? virtual(options, scenario) : live(options, scenario));
  return exitOf(told.result);
};
