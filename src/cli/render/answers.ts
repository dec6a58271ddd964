import type { AcceptedChange } from '../../operations/config-accept.ts';
import type { ConfigState } from '../../operations/config-reload.ts';
import type { Evacuability } from '../../operations/evacuation.ts';
import type { HeldRun } from '../../operations/hold.ts';
import type { Proposed } from '../../operations/propose-move.ts';
import type { Whoami } from '../../operations/whoami.ts';
import { heldText, NOTHING_HELD } from '../../words/answers.ts';
import { clockTime, counted, minutesText, utc } from '../../words/numbers.ts';
import type { Style } from './style.ts';
import { indented, table } from './table.ts';

const heldLine = (held: HeldRun, style: Style): string => {
  const text = heldText(held);
  return held.outcome === 'failed' ? style.bad(text) : text.replace(/^Held/, style.bold('Held'));
};

export const heldLines = (held: readonly HeldRun[], style: Style): readonly string[] =>
  held.length === 0 ? [NOTHING_HELD] : held.map((run) => heldLine(run, style));

export const proposedLines = (proposed: Proposed, style: Style): readonly string[] => {
  const { run, digest, soloFrom, approvalNeeded, envelope } = proposed;
  const first = style.bold(`Proposed as ${run}.`);
  if (!approvalNeeded) return [`${first} It needs no approval in this mode and starts at the executor's next look.`];
  const { region, declaresDead } = envelope.request;
  const unheard = declaresDead === true ? [`Alone, your word that ${region} is dead does not count.`] : [];
  const alone =
    soloFrom === null
      ? []
      : [
          `If nobody answers, you may go on alone from ${clockTime(soloFrom, envelope.madeAt)}: steer approve ${run} --solo`,
          ...unheard,
        ];
  return [
    `${first} Nothing moves before another person approves it:`,
    `  steer approve ${run} --digest ${digest.slice(0, 12)}`,
    ...alone,
  ];
};

export const whoamiLines = ({ identity, standing, may }: Whoami): readonly string[] => {
  const deeds = `You may: ${may.map((deed) => deed.replaceAll('-', ' ')).join(', ')}.`;
  if (standing.kind === 'unmapped') return [`Nobody by name: ${standing.because}.`, deeds];
  const { person, role, ownRole, shared, provenBy } = standing;
  const capped =
    role === ownRole ? '' : `, though ${ownRole} elsewhere: --code-of ${person} proves the rest by a one-time code`;
  const proof = provenBy === 'one-time-code' ? 'by a one-time code' : `by ${identity}`;
  return [
    `${person}, known ${proof}, here with the role ${role}${capped}.`,
    ...(shared ? ['This identity is shared, so it cannot ask and approve in one run.'] : []),
    deeds,
  ];
};

export const acceptedLines = (
  { outcome, digest, changes, weakens }: AcceptedChange,
  style: Style,
): readonly string[] => [
  ...indented(changes),
  outcome === 'accepted'
    ? style.bold(`Config ${digest.slice(0, 12)} is in force, with ${counted(changes.length, 'change')}.`)
    : style.warn(
        `NOT in force yet: ${counted(weakens.length, 'change weakens', 'changes weaken')} a guard. A second person must accept the same file (${digest.slice(0, 12)}): steer config accept`,
      ),
];

export const configStateLines = (state: ConfigState, style: Style): readonly string[] => {
  const { file, waiting } = state;
  const head = `In force: config ${state.inForceDigest.slice(0, 12)}, accepted ${utc(state.acceptedAt)}.`;
  const wait =
    waiting === null
      ? []
      : [
          style.warn(`Waits for a second person: ${waiting.digest.slice(0, 12)}, proposed by ${waiting.by}:`),
          ...indented(waiting.weakens),
        ];
  if (file.kind === 'in-force') return [head, `${file.name} says the same.`, ...wait];
  if (file.kind === 'wrong')
    return [head, style.bad(`${file.name} is not valid and counts for nothing:`), ...indented(file.problems), ...wait];
  const need = file.weakens.length > 0 ? 'an admin and a second person' : 'an admin';
  return [
    head,
    `${file.name} says, and it is NOT in force:`,
    ...indented(file.changes),
    `To put it into force (${need}): steer config accept`,
    ...wait,
  ];
};

/** Below the first: the same reason for fifty names would hide the other regions. */
const MOST_REASONS = 2;

export const evacuabilityLines = (answers: readonly Evacuability[], style: Style): readonly string[] => {
  const rows = table(
    answers.map(({ region, mode, possible, steps, minutes, binds, because }) => [
      region,
      mode,
      possible ? 'can be evacuated' : 'CANNOT be evacuated',
      !possible
        ? (because[0] ?? 'no plan could be made')
        : steps === 0
          ? binds.join('; ')
          : `${counted(steps, 'step')}, about ${minutesText(minutes)}: ${binds.join('; ')}`,
    ]),
  );
  return rows.flatMap((row, index) => {
    const answer = answers[index];
    if (answer === undefined || answer.possible) return [row];
    const [, ...others] = answer.because;
    const more = others.length > MOST_REASONS ? [`and ${others.length - MOST_REASONS} more reasons (--json)`] : [];
    return [row, ...indented([...others.slice(0, MOST_REASONS), ...more])].map(style.bad);
  });
};
