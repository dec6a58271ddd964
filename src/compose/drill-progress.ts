import type { Style } from '../cli/render/style.ts';
import { indented, table } from '../cli/render/table.ts';
import type { RegionId } from '../domain/ids.ts';
import { keysOf } from '../domain/records.ts';
import { type Instant, percentText, WHOLE } from '../domain/units.ts';
import { isEnded, type Run } from '../run/state.ts';
import type { Picture } from '../sandbox/local-world.ts';
import { bar, share } from '../words/numbers.ts';
import { runShares } from '../words/region-shares.ts';
import { headline } from '../words/run.ts';
import { whyLines } from '../words/run-why.ts';

/** One look at a drill: the run, the sandbox, and since when they are watched. */
export interface Look {
  readonly run: Run;
  readonly picture: Picture;
  readonly startedAt: Instant;
  readonly now: Instant;
  /** How long the vendor takes to tell all its servers. */
  readonly propagationMs: number;
}

const BAR_WIDTH = 20;

const points = (part: number | undefined): number => Math.round((part ?? 0) * WHOLE);

/** `+1:05`: since the drill began. */
export const sinceText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `+${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** The region that everything is about, then the others in their order. */
export const sourceFirst = (source: RegionId | null, regions: readonly RegionId[]): readonly RegionId[] =>
  source === null ? regions : [source, ...regions.filter((region) => region !== source)];

const regionRows = ({ run, picture }: Look): readonly string[] => {
  const { now } = runShares(run);
  const limit = percentText(run.envelope.limits.maximumDestinationUtilisation);
  const rows = sourceFirst(run.envelope.source, keysOf<RegionId>(now)).map((region) => [
    region,
    bar(now[region] ?? 0, BAR_WIDTH),
    share(now[region] ?? 0),
    share(points(picture.traffic[region])),
    share(points(picture.utilisation[region])),
    `of ${limit}`,
  ]);
  return table(
    [['', '', 'answers', 'traffic', 'in use', 'limit'], ...rows],
    ['left', 'left', 'right', 'right', 'right', 'left'],
  );
};

/** When the step under way can be over at the earliest; null when nobody can say. */
const stepEndsAt = ({ run, propagationMs }: Look): Instant | null => {
  if (run.step === null) return null;
  const { propagatedAt, batches } = run.step;
  if (propagatedAt !== null) return propagatedAt + run.envelope.bakeMs;
  const landed = batches.map(({ landedAt }) => landedAt ?? Number.NaN);
  const last = Math.max(...landed);
  return Number.isFinite(last) ? last + propagationMs + run.envelope.bakeMs : null;
};

const nextMove = (look: Look): string => {
  const { run } = look;
  const ahead = run.forecast.steps.filter(({ direction }) => direction === run.direction);
  const done = run.steps.filter(({ direction }) => direction === run.direction).length;
  const begun = run.step !== null && run.step.propagatedAt === null ? 1 : 0;
  const step = run.turned === 'rollback' ? undefined : ahead[done + begun];
  if (run.turned === 'rollback') return 'the next step back to where this run began';
  if (step !== undefined) return `${run.envelope.source ?? 'the source'} goes to about ${share(step.sourceShare)}`;
  if (run.direction === 'back' || run.envelope.stayMs === null) return 'it is proven by the traffic, and ends';
  return 'it stays empty';
};

const nextLine = (look: Look): string => {
  const { run, startedAt } = look;
  const at = (instant: Instant | null): string => (instant === null ? '' : ` at ${sinceText(instant - startedAt)}`);
  if (run.stage === 'approved' || run.stage === 'waiting') return 'the executor reads the base and starts';
  if (run.stage === 'staying') return `traffic comes home, guarded and gated,${at(run.stayUntil)}`;
  const move = nextMove(look);
  if (run.personHold !== null || run.engineHold !== null) return `once it is let go on: ${move}`;
  return `${move}${at(stepEndsAt(look))}, if guards and gates agree`;
};

const stateStyle = (run: Run, style: Style): ((text: string) => string) => {
  if (run.stage === 'done') return style.good;
  if (run.stage === 'failed') return style.bad;
  return run.engineHold !== null || run.personHold !== null || run.stage === 'stopped' ? style.warn : style.bold;
};

/** How many sentences of a hold are shown while it moves; the report has them all. */
const MOST_REASONS = 4;

/** The whole picture, to be drawn over the one before. Every line fits into `columns`. */
export const progressBlock = (look: Look, style: Style, columns: number): readonly string[] => {
  const { run, now, startedAt } = look;
  const cut = (line: string): string =>
    line.length > columns ? `${line.slice(0, Math.max(0, columns - 3))}...` : line;
  const waits = isEnded(run) ? [] : whyLines(run, now).slice(0, MOST_REASONS);
  const dress = stateStyle(run, style);
  return [
    dress(cut(`${sinceText(now - startedAt)}  ${headline(run)}`)),
    ...indented(regionRows(look)).map(cut),
    ...(isEnded(run) ? [] : [cut(`  Next   ${nextLine(look)}`)]),
    ...waits.map((line, i) => cut(`  ${i === 0 ? 'Waits' : '     '}  ${line}`)),
  ];
};

/** One line for a log, and the reasons where it holds. */
export const progressLines = (look: Look): readonly string[] => {
  const { run, picture, now, startedAt } = look;
  const source = run.envelope.source;
  const traffic = source === null ? '' : `; ${share(points(picture.traffic[source]))} of the traffic there`;
  const used = Object.entries(picture.utilisation)
    .filter(([region]) => region !== source || run.direction === 'back')
    .toSorted(([, a], [, b]) => b - a)[0];
  const fullest = used === undefined ? '' : `; fullest is ${used[0]}, ${share(points(used[1]))} in use`;
  const reasons =
    run.engineHold === null
      ? []
      : [...run.engineHold.because, ...run.engineHold.byHand.map((line) => `by hand: ${line}`)];
  const stays =
    run.stage === 'staying' && run.stayUntil !== null
      ? `; stays empty until ${sinceText(run.stayUntil - startedAt)}`
      : '';
  return [`${sinceText(now - startedAt)}  ${headline(run)}${stays}${traffic}${fullest}`, ...indented(reasons, 8)];
};
