import type { KnownBlock } from '@slack/types';
import type { RegionId } from '../../domain/ids.ts';
import { phaseOf } from '../../run/phase.ts';
import { isEnded, type Run, type StepRecord } from '../../run/state.ts';
import { share } from '../../words/numbers.ts';
import { runShares } from '../../words/region-shares.ts';
import { stepsAhead, waveText } from '../../words/run.ts';
import { planBlock, type Task } from './blocks.ts';
import { plainOf } from './escape.ts';
import { type Said, say, time } from './said.ts';

/** Of many steps the newest that landed and the next ones decide; the thread has all. */
const MOST_LANDED = 5;
const MOST_COMING = 3;

interface Step {
  readonly id: string;
  readonly said: Said;
  readonly status: Task['status'];
}

/** Where the source stands after a part of the way; null where waves or a return make one figure of it misleading. */
const sourceAfter = (run: Run, { direction, progress }: Pick<StepRecord, 'direction' | 'progress'>): string | null => {
  const { envelope } = run;
  const region: RegionId | null = envelope.source;
  if (region === null || envelope.waves.length > 1 || direction === 'back' || run.turned !== null) return null;
  const { from, to } = runShares(run);
  const [was, becomes] = [from[region] ?? 0, to[region] ?? 0];
  return `${region} to ${share(Math.round(was + ((becomes - was) * progress) / 10_000))}`;
};

const what = (run: Run, step: Pick<StepRecord, 'direction' | 'progress' | 'wave'>): string => {
  const source = sourceAfter(run, step);
  if (source !== null) return source;
  const wave = run.envelope.waves.length > 1 ? ` of wave ${step.wave + 1}` : '';
  return `${step.direction}, ${share(step.progress)} of the way${wave}`;
};

const landed = (run: Run, step: StepRecord): Step => {
  const isPassed = run.step !== null && run.step.step !== step.step;
  const isLast = run.steps.at(-1) === step && step.direction === run.direction && !isPassed && !isEnded(run);
  const state = step.bakedAt !== null ? ', baked' : isLast ? `, ${phaseOf(run).words.toLowerCase()}` : '';
  const at: Said = step.propagatedAt === null ? [] : say`, landed ${time(step.propagatedAt)}`;
  return {
    id: `${run.run}-${step.step}`,
    said: say`${step.step}. ${what(run, step)}${at}${state}`,
    status: step.bakedAt !== null || !isLast ? 'complete' : 'in_progress',
  };
};

const writing = (run: Run): readonly Step[] => {
  const { step } = run;
  if (step === null || step.propagatedAt !== null || isEnded(run)) return [];
  return [
    {
      id: `${run.run}-${step.step}`,
      said: say`${step.step}. ${what(run, step)}: ${phaseOf(run).words.toLowerCase()}`,
      status: 'in_progress',
    },
  ];
};

const coming = (run: Run): readonly Step[] => {
  if (isEnded(run)) return [];
  const done = run.steps.filter(({ direction }) => direction === run.direction).length;
  const begun = writing(run).length;
  return stepsAhead(run)
    .slice(done + begun)
    .map((step) => ({
      id: `${run.run}-forecast-${step.direction}-${step.step}`,
      said: say`${step.step}. ${run.envelope.source ?? 'the source'} to about ${share(step.sourceShare)}${waveText(run, step)} (forecast)`,
      status: 'pending' as const,
    }));
};

const stepsOf = (run: Run): { readonly before: number; readonly shown: readonly Step[]; readonly after: number } => {
  // A step that is on its way stands in both lists once it has landed.
  const done = run.steps.filter(({ propagatedAt }) => propagatedAt !== null).map((step) => landed(run, step));
  const ahead = coming(run);
  return {
    before: Math.max(0, done.length - MOST_LANDED),
    shown: [...done.slice(-MOST_LANDED), ...writing(run), ...ahead.slice(0, MOST_COMING)],
    after: Math.max(0, ahead.length - MOST_COMING),
  };
};

export const stepLines = (run: Run): readonly Said[] => {
  const { before, shown, after } = stepsOf(run);
  return [
    ...(before > 0 ? [[`… and ${before} before, in the thread`]] : []),
    ...shown.map(({ said }) => said),
    ...(after > 0 ? [[`… and ${after} more (forecast)`]] : []),
  ];
};

/** The same steps as cards; a card has no word for a hold, so it stands in its title. */
export const stepCards = (run: Run, now: number): KnownBlock | null => {
  const { shown } = stepsOf(run);
  if (shown.length === 0) return null;
  return planBlock(
    'Steps',
    shown.map(({ id, said, status }) => ({ id, title: plainOf(said, now), status })),
  );
};
