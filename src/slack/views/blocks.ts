import type {
  ActionsBlock,
  Button,
  Checkboxes,
  ContextBlock,
  HeaderBlock,
  InputBlock,
  KnownBlock,
  SectionBlock,
  TableBlock,
  TaskCardBlock,
} from '@slack/types';
import type { Instant } from '../../domain/units.ts';
import { clean, mrkdwn, mrkdwnLine, plainText, shortened } from './escape.ts';
import type { Said } from './said.ts';

/**
 * Builders that cannot make a block that Slack refuses. Limits: https://docs.slack.dev/reference/block-kit (read November
 * 2026). What does not fit is shortened with a count of what is missing.
 */
const MOST = {
  header: 150,
  section: 3000,
  button: 75,
  value: 2000,
  label: 2000,
  hint: 2000,
  accessibility: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  option: 75,
  optionDescription: 75,
  options: 10,
  actions: 25,
  context: 10,
  id: 255,
  title: 24,
  cell: 200,
  rows: 100,
  tasks: 30,
  taskTitle: 150,
} as const;

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plainText(text, MOST.header) });

/** Lines packed into as few sections as hold them. */
export const sections = (lines: readonly Said[], now: Instant, longest?: number): SectionBlock[] => {
  const packed: Said[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    const own = mrkdwnLine(line, now, longest).trim().length + 1;
    // Slack refuses a section without a character in it.
    if (own === 1) continue;
    if (length + own > MOST.section) {
      packed.push([]);
      length = 0;
    }
    packed.at(-1)?.push(line);
    length += own;
  }
  return packed.map((own) => ({ type: 'section', text: mrkdwn(own, now, longest) }));
};

/** The line of ids and times under a message. */
export const contextLine = (parts: readonly Said[], now: Instant): ContextBlock => {
  const shown = parts.slice(0, MOST.context);
  const line = shown.flatMap((part, index): Said => (index === 0 ? part : [' · ', ...part]));
  return { type: 'context', elements: [mrkdwn([line], now)] };
};

export interface ButtonSpec {
  readonly action: string;
  /** The verb comes first: phones show about 30 characters. */
  readonly label: string;
  /** For screen readers, in full. */
  readonly says: string;
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
  /** What happens then, and the two answers, which name the deed. Never on a hold (design rule 10). */
  readonly confirm?: {
    readonly title: string;
    readonly text: string;
    readonly yes: string;
    readonly no: string;
  };
}

export const button = ({ action, label, says, value, style, confirm }: ButtonSpec): Button => {
  if (value !== undefined && value.length > MOST.value)
    throw new RangeError(`the value of the button ${action} has ${value.length} characters, at most ${MOST.value} fit`);
  const dialog = confirm && {
    title: plainText(confirm.title, MOST.confirmTitle),
    text: plainText(confirm.text, MOST.confirmText),
    confirm: plainText(confirm.yes, MOST.confirmButton),
    deny: plainText(confirm.no, MOST.confirmButton),
    ...(style === 'danger' ? { style } : {}),
  };
  return {
    type: 'button',
    action_id: action,
    text: plainText(label, MOST.button),
    accessibility_label: shortened(clean(says), MOST.accessibility),
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(dialog === undefined ? {} : { confirm: dialog }),
  };
};

export const actions = (buttons: readonly ButtonSpec[], blockId: string): ActionsBlock => ({
  type: 'actions',
  block_id: blockId.slice(0, MOST.id),
  elements: buttons.slice(0, MOST.actions).map(button),
});

export const viewTitle = (text: string): string => shortened(clean(text), MOST.title);

/** A decoration: the section beside it says the same. Rows that do not fit are counted in the last one. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): TableBlock => {
  const fit = rows.length < MOST.rows ? rows : rows.slice(0, MOST.rows - 2);
  const more = rows.length - fit.length;
  const last = more === 0 ? [] : [[`… and ${more} more`, ...head.slice(1).map(() => '')]];
  return {
    type: 'table',
    column_settings: head.map((_, column) => (column === 0 ? {} : { is_wrapped: true })),
    rows: [head, ...fit, ...last].map((row) =>
      row.map((cell) => ({ type: 'raw_text', text: shortened(clean(cell), MOST.cell) || '-' })),
    ),
  };
};

export interface Task {
  readonly id: string;
  readonly title: string;
  readonly status: TaskCardBlock['status'];
}

/** A decoration: the list of steps. A task is built as what it is, because a plan would take anything. */
export const planBlock = (title: string, tasks: readonly Task[]): KnownBlock => ({
  type: 'plan',
  title: shortened(clean(title), MOST.taskTitle),
  tasks: tasks.slice(0, MOST.tasks).map(
    (task): TaskCardBlock => ({
      type: 'task_card',
      task_id: task.id.slice(0, MOST.id),
      title: shortened(clean(task.title), MOST.taskTitle),
      status: task.status,
    }),
  ),
});

export interface FieldSpec {
  readonly block: string;
  readonly action: string;
  readonly label: string;
  readonly hint?: string;
}

export interface TextSpec extends FieldSpec {
  readonly initial?: string;
  readonly multiline?: boolean;
  readonly shortest?: number;
  readonly longest: number;
  readonly focus?: boolean;
  readonly optional?: boolean;
}

const field = ({ block, label, hint }: FieldSpec, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: block,
  label: plainText(label, MOST.label),
  element,
  ...(hint === undefined ? {} : { hint: plainText(hint, MOST.hint) }),
});

export const textField = (spec: TextSpec): InputBlock => {
  const { action, initial = '', multiline = false, shortest = 0, longest, focus = false, optional = false } = spec;
  const text = initial.toWellFormed().slice(0, longest);
  return {
    ...field(spec, {
      type: 'plain_text_input',
      action_id: action,
      multiline,
      max_length: longest,
      ...(shortest > 0 ? { min_length: shortest } : {}),
      ...(text === '' ? {} : { initial_value: text }),
      ...(focus ? { focus_on_load: true } : {}),
    }),
    optional,
  };
};

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

export const checkboxes = (spec: FieldSpec, choices: readonly Choice[]): InputBlock => {
  const element: Checkboxes = {
    type: 'checkboxes',
    action_id: spec.action,
    options: choices.slice(0, MOST.options).map(({ value, text, description }) => ({
      value,
      text: plainText(text, MOST.option),
      description: plainText(description, MOST.optionDescription),
    })),
  };
  return field(spec, element);
};
