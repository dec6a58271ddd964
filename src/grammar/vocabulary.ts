import type { Door } from './request.ts';

export const VERBS = [
  'evacuate',
  'shift',
  'restore',
  'plan',
  'status',
  'show',
  'approve',
  'deny',
  'hold',
  'resume',
  'stop',
  'rollback',
  'history',
  'report',
  'freeze',
  'unfreeze',
  'drill',
  'whoami',
  'help',
] as const;

export type VerbName = (typeof VERBS)[number];

export const OPTIONS = {
  service: { takes: 'a,b', help: 'only these services' },
  tier: { takes: 'n', help: 'only services of this tier' },
  label: { takes: 'x', help: 'only services with this label' },
  to: { takes: 'r1,r2', help: 'regions that receive the traffic; left out: by free headroom' },
  emergency: { takes: null, help: 'this is an emergency; nothing else ever means that' },
  drill: { takes: null, help: 'this is a drill' },
  'declare-dead': { takes: null, help: 'you see that the region is dead; who approves the plan says so too' },
  stay: { takes: '30m', help: 'how long the region is kept empty, together with --return' },
  return: { takes: null, help: 'traffic comes back by itself after the stay, guarded and gated' },
  override: { takes: 'code[:a,b]', help: 'break-glass: set this refusal aside (admin and a second person)' },
  reason: { takes: '"…"', help: 'why; kept in the audit log' },
  for: { takes: '2h', help: 'how long the freeze lasts; left out: until it is lifted' },
  digest: { takes: '3fa9c1', help: 'approve only if the plan has this digest' },
  solo: { takes: null, help: 'an admin waives the second person, once soloAfter has passed' },
  format: { takes: 'markdown', help: 'markdown, json or html' },
  limit: { takes: '20', help: 'how many' },
  json: { takes: null, help: 'machine-readable output' },
  yes: { takes: null, help: 'no typed confirmation; needs --reason' },
  watch: { takes: null, help: 'stay and follow' },
  'code-of': { takes: 'person', help: 'prove who you are by a one-time code, asked for at the terminal' },
} as const satisfies Record<string, { readonly takes: string | null; readonly help: string }>;

export type OptionName = keyof typeof OPTIONS;

const TERMINAL_ONLY: ReadonlySet<OptionName> = new Set(['json', 'yes', 'watch', 'code-of']);

/** Options that may be given more than once. */
export const REPEATABLE: ReadonlySet<OptionName> = new Set(['override']);

export interface VerbSpec {
  /** What follows the verb, for help and for refusals. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  readonly example: string;
}

const MOVE: readonly OptionName[] = ['service', 'tier', 'label', 'emergency', 'override', 'reason'];
const ASK: readonly OptionName[] = ['reason', 'yes', 'code-of', 'json'];

/** The one table: what parses, what help prints, and what a refusal suggests. */
export const TABLE: Readonly<Record<VerbName, VerbSpec>> = {
  evacuate: {
    usage: 'REGION [to REGION,…]',
    summary: 'propose to take all traffic out of a region',
    options: [...MOVE, 'declare-dead', 'to', 'drill', 'stay', 'return', 'watch', 'yes', 'code-of', 'json'],
    example: 'evacuate us-east-1 --emergency --reason "errors 6 %"',
  },
  shift: {
    usage: 'N% of SERVICE from REGION to REGION,…',
    summary: 'propose to move a part of a service',
    options: [...MOVE, 'to', 'drill', 'stay', 'return', 'watch', 'yes', 'code-of', 'json'],
    example: 'shift 20% of checkout from us-east-1 to us-west-2 --reason "…"',
  },
  restore: {
    usage: '[REGION]',
    summary: 'propose to bring traffic home',
    options: [...MOVE, 'drill', 'watch', 'yes', 'code-of', 'json'],
    example: 'restore us-east-1 --reason "fixed"',
  },
  plan: {
    usage: 'evacuate|shift|restore …',
    summary: 'show what would happen; proposes nothing',
    options: [...MOVE, 'declare-dead', 'to', 'drill', 'stay', 'return', 'json'],
    example: 'plan evacuate us-east-1',
  },
  status: {
    usage: '[REGION|RUN]',
    summary: 'everything at a glance',
    options: ['watch', 'json'],
    example: 'status',
  },
  show: { usage: 'RUN', summary: 'one run in full, with its plan', options: ['watch', 'json'], example: 'show RUN' },
  approve: {
    usage: 'RUN',
    summary: 'approve a plan that somebody else asked for',
    options: ['digest', 'solo', 'watch', ...ASK],
    example: 'approve RUN',
  },
  deny: { usage: 'RUN', summary: 'refuse a plan', options: ASK, example: 'deny RUN --reason "…"' },
  hold: {
    usage: '[RUN]',
    summary: 'pause now; alone: every run. Never asks back',
    options: ['reason', 'code-of', 'json'],
    example: 'hold',
  },
  resume: { usage: '[RUN]', summary: 'go on after a hold', options: ['watch', ...ASK], example: 'resume RUN' },
  stop: { usage: '[RUN]', summary: 'end here; shares stay as they are', options: ASK, example: 'stop RUN' },
  rollback: {
    usage: '[RUN]',
    summary: 'go back to where this run began',
    options: ['watch', ...ASK],
    example: 'rollback RUN',
  },
  history: {
    usage: '[REGION]',
    summary: 'what was done, by whom, and why',
    options: ['limit', 'json'],
    example: 'history us-east-1',
  },
  report: { usage: 'RUN', summary: 'the report of a run', options: ['format', 'json'], example: 'report RUN' },
  freeze: {
    usage: '',
    summary: 'let nothing new start',
    options: ['for', ...ASK],
    example: 'freeze --for 2h --reason "…"',
  },
  unfreeze: { usage: '', summary: 'lift the freeze', options: ASK, example: 'unfreeze --reason "…"' },
  drill: { usage: 'list|plan NAME|start NAME', summary: 'scheduled drills', options: ['json'], example: 'drill list' },
  whoami: {
    usage: '',
    summary: 'who you are to steer, and what you may do',
    options: ['code-of', 'json'],
    example: 'whoami',
  },
  help: { usage: '[VERB]', summary: 'this page, or one verb', options: [], example: 'help shift' },
};

/**
 * Words that mean a verb exactly. `abort` and `cancel` say only "make it not go on": people mean stop, or roll back, or
 * pause. Pausing is the one of the three that can be taken back, so that is what they do, and the answer names the others.
 */
export const SYNONYMS: Readonly<Record<string, VerbName>> = {
  evac: 'evacuate',
  drain: 'evacuate',
  move: 'shift',
  return: 'restore',
  pause: 'hold',
  halt: 'hold',
  abort: 'hold',
  cancel: 'hold',
  continue: 'resume',
  unpause: 'resume',
  undo: 'rollback',
  revert: 'rollback',
  'roll-back': 'rollback',
  log: 'history',
  thaw: 'unfreeze',
  '?': 'help',
};

export const SYNONYM_REMARKS: Readonly<Record<string, string>> = {
  abort: '"abort" is read as "hold", which can be taken back. To end the run: "stop". To go back: "rollback".',
  cancel: '"cancel" is read as "hold", which can be taken back. To end the run: "stop". To go back: "rollback".',
};

export const verbOf = (word: string): VerbName | null => {
  const folded = word.toLowerCase();
  const exact = VERBS.find((verb) => verb === folded);
  if (exact !== undefined) return exact;
  return Object.hasOwn(SYNONYMS, folded) ? (SYNONYMS[folded] ?? null) : null;
};

export const optionsFor = (verb: VerbName, door: Door): readonly OptionName[] =>
  TABLE[verb].options.filter((option) => door === 'terminal' || !TERMINAL_ONLY.has(option));
