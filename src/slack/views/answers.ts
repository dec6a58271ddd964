import type { Freeze } from '../../domain/config.ts';
import type { MoveRequest } from '../../domain/plan.ts';
import { OPTIONS, optionsFor, TABLE, VERBS } from '../../grammar/vocabulary.ts';
import type { HistoryEntry } from '../../operations/history.ts';
import type { HeldRun } from '../../operations/hold.ts';
import type { FleetStatus } from '../../operations/status.ts';
import type { Whoami } from '../../operations/whoami.ts';
import type { Run } from '../../run/state.ts';
import { freezeText, heldText, NOTHING_HELD, unfrozenText } from '../../words/answers.ts';
import { deedText } from '../../words/history.ts';
import { modeMark, requestText } from '../../words/plan.ts';
import { headline, nextText } from '../../words/run.ts';
import type { Rendered } from '../rendered.ts';
import type { ViewContext } from './context.ts';
import { plainOf, shortened } from './escape.ts';
import { alarmLines, endedRuns, openRuns, shareGroups, statusFooter } from './fleet-lines.ts';
import { typedLine } from './run-buttons.ts';
import { code, type Said, say, sentence, time, timeMark } from './said.ts';
import { type Group, group, labelled, rendered, type Sheet } from './sheet.ts';
import { whoLines } from './who-lines.ts';

/** Answers without an instant in them need no clock. */
const NO_CLOCK = { now: 0, decorated: false } as const;

const short = (title: string, groups: readonly Group[] = [], footer: readonly Said[] = []): Sheet => ({
  title,
  isShort: true,
  groups,
  footer,
});

/** Within a second: what is being planned, and that nothing changes yet. */
export const renderPlanning = (move: MoveRequest): Rendered =>
  rendered(short(`${modeMark(move.mode)}Planning: ${requestText(move)}. Nothing changes yet.`), NO_CLOCK);

/** Everything at a glance: what needs a person first, then what runs, then where traffic goes. */
export const renderStatus = (status: FleetStatus, context: ViewContext): Rendered =>
  rendered(
    {
      title: `${status.fleet}: status`,
      groups: [group(alarmLines(status), 12), openRuns(status), ...shareGroups(status), endedRuns(status)],
      footer: statusFooter(status),
    },
    context,
  );

const LONGEST_BECAUSE = 90;

const entryLine = (entry: HistoryEntry): Said => {
  const who = entry.by === null ? 'steer' : `${entry.by}${entry.door === null ? '' : ` (${entry.door})`}`;
  const because = entry.because === null ? '' : `: ${shortened(entry.because, LONGEST_BECAUSE)}`;
  return say`${time(entry.at)} ${who} ${deedText(entry)}${entry.run === null ? '' : ` · ${entry.run}`}${because}`;
};

/** One line for each thing that was done, newest first. */
export const renderHistory = (entries: readonly HistoryEntry[], context: ViewContext): Rendered =>
  entries.length === 0
    ? rendered(short('Nothing has happened yet.'), context)
    : rendered(
        short('History, newest first', [
          group(entries.map(entryLine), 20, 'steer history --limit on the command line'),
        ]),
        context,
      );

export const renderWhoami = (who: Whoami): Rendered => {
  const [first = [], ...others] = whoLines(who);
  return rendered(short(plainOf(first, 0), [group(others)]), NO_CLOCK);
};

const CLI_LINE: Said = say`When Slack is down, the same on the command line: ${code('steer help')}, ${code('steer status')}, ${code('steer hold')}`;

const helpOfVerb = (verb: (typeof VERBS)[number]): Sheet => {
  const { usage, summary, example } = TABLE[verb];
  const options = optionsFor(verb, 'chat').map((name): Said => {
    const { takes, help } = OPTIONS[name];
    return [code(takes === null ? `--${name}` : `--${name} ${takes}`), ` ${help}`];
  });
  return short(`/steer ${verb} ${usage}`.trimEnd(), [
    group([[summary], ...options], 20),
    group([say`Example: ${code(`/steer ${example}`)}`, CLI_LINE]),
  ]);
};

const allHelp = (who: Whoami | null): Sheet => {
  const lines = VERBS.map(
    (verb): Said => [code(`/steer ${verb} ${TABLE[verb].usage}`.trimEnd()), ` ${TABLE[verb].summary}`],
  );
  const you: readonly Said[] =
    who === null ? [['Who you are cannot be told now. Hold works all the same.']] : whoLines(who).slice(0, 3);
  return short(
    'steer moves live traffic between regions by DNS, step by step. Nothing moves before a plan, a typed name and an approval.',
    [group(lines, VERBS.length), group([...you, CLI_LINE])],
  );
};

/** `about` names one verb; null is the page of all. `who` is null while nobody can say. */
export const renderHelp = (who: Whoami | null, about: string | null): Rendered => {
  const verb = VERBS.find((candidate) => candidate === about);
  return rendered(verb === undefined ? allHelp(who) : helpOfVerb(verb), NO_CLOCK);
};

/** What became of a hold, by run. Shouts where one could not be held. */
export const renderHeld = (held: readonly HeldRun[]): Rendered => {
  const failed = held.filter(({ outcome }) => outcome === 'failed');
  const [first, ...others] = [...failed, ...held.filter((one) => !failed.includes(one))].map((one) =>
    heldText(one, '/steer '),
  );
  return rendered(
    short(first ?? NOTHING_HELD, [
      group(
        others.map((line): Said => [line]),
        12,
        '/steer status',
      ),
    ]),
    NO_CLOCK,
  );
};

const ASKED = {
  approve: 'Approved',
  deny: 'Denied',
  resume: 'Resumed',
  stop: 'Stopped',
  rollback: 'Rolling back',
} as const;

/** The answer to whoever approved, denied, resumed, stopped or rolled back. */
export const renderAsked = (verb: keyof typeof ASKED, run: Run, context: ViewContext): Rendered => {
  const typed = typedLine(run);
  const lines: readonly Said[] = [
    labelled('Next', sentence(nextText(run, '/steer '))),
    ...(typed === null ? [] : [[typed]]),
  ];
  return rendered(short(`${ASKED[verb]} ${run.run}: ${headline(run)}`, [group(lines)]), context);
};

export const renderFrozen = (freeze: Freeze, context: ViewContext): Rendered =>
  rendered(short('', [group([sentence(freezeText(freeze, context.now, '/steer ', timeMark))])]), context);

export const renderUnfrozen = (lifted: readonly Freeze[], context: ViewContext): Rendered =>
  rendered(
    short('Runs may start again.', [group(lifted.map((freeze): Said => [unfrozenText(freeze, context.now)]))]),
    context,
  );

export const renderNoDrills = (): Rendered =>
  rendered(
    short('No drills are configured. To see one in the sandbox, on the command line: steer sandbox drill'),
    NO_CLOCK,
  );

/** The plan's buttons are gone; nothing was written, so there is nothing else to say. */
export const renderDiscarded = (): Rendered => rendered(short('Plan discarded. Nothing was done.'), NO_CLOCK);
