import { durationText } from '../../domain/units.ts';
import type { RunEvent } from '../../run/events.ts';
import { isEnded, type Run } from '../../run/state.ts';
import { counted } from '../../words/numbers.ts';
import { envelopeMark, requestText } from '../../words/plan.ts';
import { headline } from '../../words/run.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import type { Quote } from './escape.ts';
import { finalLines, finalTitle } from './final-sheet.ts';
import { type Piece, type Said, say, time } from './said.ts';
import { group, rendered, type Sheet } from './sheet.ts';

export interface ThreadPost extends Rendered {
  /** Shown in the channel as well: a person must act, or it began or ended. */
  readonly isBroadcast: boolean;
}

interface Told {
  readonly title: string;
  readonly lines: readonly Said[];
  readonly quotes?: readonly Quote[];
  readonly isBroadcast: boolean;
}

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>['data'];

const quiet = (title: string, lines: readonly Said[] = [], quotes: readonly Quote[] = []): Told => ({
  title,
  lines,
  quotes,
  isBroadcast: false,
});

const loud = (title: string, lines: readonly Said[] = [], quotes: readonly Quote[] = []): Told => ({
  ...quiet(title, lines, quotes),
  isBroadcast: true,
});

const said = (who: Said, words: string): Quote => ({ before: who, words });
const by = (asked: { readonly by: string; readonly door: string }): string => `${asked.by} (${asked.door})`;

/** The one person who is called when only a person can go on: who asked for the run. */
const asker = (run: Run, { users }: ViewContext): Piece => ({
  kind: 'person',
  person: run.proposed.by,
  user: users.get(run.proposed.by) ?? null,
});

const heldByEngine = (data: Of<'run.held'>, run: Run, context: ViewContext): Told => {
  const end: Said = data.endsByItself
    ? [`It may end by itself: judged again every ${durationText(run.envelope.sampleEveryMs)}.`]
    : say`${asker(run, context)}: it waits for a person. To go on: /steer resume ${run.run}`;
  const lines: readonly Said[] = [
    ...data.because.map((line): Said => [line]),
    end,
    ...data.byHand.map((line): Said => [`By hand: ${line}`]),
  ];
  return data.endsByItself ? quiet(headline(run), lines) : loud(headline(run), lines);
};

const landed = (run: Run): Told =>
  quiet(`Landed: ${headline(run)}`, [
    [`It bakes for at least ${durationText(run.envelope.bakeMs)}, and its gates are judged.`],
  ]);

const foreign = (data: Of<'sets.foreign'>): Told =>
  quiet(
    `Somebody else changed ${counted(data.sets.length, 'name')}; nothing is overwritten`,
    data.sets.flatMap(({ set, diff }) => diff.map((line): Said => [`${set}: ${line}`])),
  );

const ended = (run: Run, { now }: ViewContext): Told => loud(finalTitle(run), finalLines(run, now));

const turned = (data: Of<'direction.turned'>): Told => {
  const why =
    data.because === 'rollback' ? 'Rolling back to where this run began' : 'The stay is over; traffic comes back';
  const without = data.leftOut.map((region): Said => [`${region} gets nothing back: its gates do not pass.`]);
  return quiet(`${why}, guarded and gated`, without);
};

const asked = (event: RunEvent, run: Run): Told | null => {
  switch (event.type) {
    case 'approval.given': {
      const { solo } = event.data;
      const title = `Approved by ${by(event.data)}${solo ? ' WITHOUT A SECOND PERSON' : ''}, plan ${event.data.digest.slice(0, 12)}`;
      return solo ? loud(title) : quiet(title);
    }
    case 'hold.asked':
      return loud(headline(run), [], [said([`Held by ${by(event.data)}`], event.data.because)]);
    case 'resume.asked':
      return quiet(`Resumed by ${by(event.data)}: ${headline(run)}`);
    case 'rollback.asked':
      return quiet(headline(run), [], [said([`Roll back asked by ${by(event.data)}`], event.data.because)]);
    default:
      return null;
  }
};

const happened = (event: RunEvent, run: Run, context: ViewContext): Told | null => {
  switch (event.type) {
    case 'run.proposed':
      return event.data.approvalNeeded
        ? null
        : quiet('No approval is needed in this mode', [["It starts at the executor's next look."]]);
    case 'run.started':
      return loud(`STARTED: ${requestText(run.envelope.request)}`, [[headline(run)]]);
    case 'step.propagated':
      return landed(run);
    case 'batch.refused':
      return event.data.again
        ? null
        : quiet(`The vendor refused a batch of step ${event.data.step}`, [[event.data.because]]);
    case 'batch.unknown':
      return quiet(`The answer to a batch of step ${event.data.step} did not come`, [
        [`${event.data.because}. What the vendor holds is read before anything else is written.`],
      ]);
    case 'sets.foreign':
      return foreign(event.data);
    case 'wave.completed':
      return run.envelope.waves.length > 1
        ? quiet(`Wave ${event.data.wave + 1} of ${run.envelope.waves.length} is complete`)
        : null;
    case 'stay.begun':
      return quiet('The region is empty and stays so', [say`Until ${time(event.data.until)}.`]);
    case 'direction.turned':
      return turned(event.data);
    case 'run.held':
      return heldByEngine(event.data, run, context);
    case 'run.released':
      return quiet(`Goes on: ${headline(run)}`, [[event.data.because]]);
    default:
      return null;
  }
};

/** An ask that changed nothing is answered by a note at its instant, and by nothing else. */
const noteAt = ({ notes }: Run, now: number): Told | null => {
  const note = notes.at(-1);
  return note === undefined || note.at !== now ? null : quiet(`Note for ${note.by}: ${note.text}`);
};

const told = (event: RunEvent, run: Run, context: ViewContext): Told | null => {
  const note = noteAt(run, context.now);
  if (note !== null) return note;
  if (isEnded(run)) return ended(run, context);
  return asked(event, run) ?? happened(event, run, context);
};

/** `DRILL` and `EMERGENCY` come first here too; a headline has them already. */
const marked = (run: Run, title: string): string => {
  const mark = envelopeMark(run.envelope);
  return title.startsWith(mark) ? title : `${mark}${title}`;
};

/**
 * What the thread is told of one event; null for what only the live message shows. `run` is the state after the event,
 * `context.now` the instant of the event. The request for an approval is `renderApproval`.
 */
export const renderThreadPost = (event: RunEvent, run: Run, context: ViewContext): ThreadPost | null => {
  const post = told(event, run, context);
  if (post === null) return null;
  const { title, lines, quotes = [], isBroadcast } = post;
  const sheet: Sheet = {
    title: marked(run, title),
    isShort: true,
    groups: [group(lines, 10, `/steer show ${run.run}`)],
    quotes,
    footer: [say`${run.run} · ${time(context.now)}`],
  };
  return { ...rendered(sheet, context), isBroadcast };
};
