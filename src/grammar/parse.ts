import type { RunId } from '../domain/ids.ts';
import type { Verb } from '../domain/plan.ts';
import { quoted } from './clean.ts';
import { readMove } from './move.ts';
import { readRegion, readRun } from './names.ts';
import { type Sorted, sortOptions } from './options.ts';
import type { Door, Known, Parsed, ReportFormat, Request, TerminalFlags } from './request.ts';
import { didYouMean, eitherOf, near } from './suggest.ts';
import { type Token, type Tokens, tokensOfArguments, tokensOfText } from './tokens.ts';
import { readCount, readDuration } from './values.ts';
import { SYNONYM_REMARKS, TABLE, VERBS, type VerbName, verbOf } from './vocabulary.ts';

const MOVES = ['evacuate', 'shift', 'restore'] as const satisfies readonly Verb[];
const isMove = (verb: VerbName | null): verb is Verb => MOVES.some((move) => move === verb);

const NO_FLAGS: TerminalFlags = { json: false, yes: false, watch: false, codeOf: null };

/** What reading one verb needs; problems are collected, never thrown. */
interface Reading {
  readonly verb: VerbName;
  readonly sorted: Sorted;
  readonly known: Known;
  readonly door: Door;
  readonly problems: string[];
}

const text = (sorted: Sorted, name: 'reason' | 'digest' | 'format' | 'limit' | 'for' | 'code-of'): string | null =>
  sorted.options.get(name)?.[0] ?? null;

const tooMany = ({ verb, sorted, problems }: Reading, most: number): void => {
  const surplus = sorted.words.slice(most).map((word) => quoted(word.text));
  if (surplus.length > 0) {
    problems.push(`I don't know what ${surplus.join(' ')} is doing here: ${verb} ${TABLE[verb].usage}`.trimEnd());
  }
};

const optionalRun = (reading: Reading): RunId | null => {
  const [word] = reading.sorted.words;
  tooMany(reading, 1);
  if (word === undefined) return null;
  const read = readRun(word.text, reading.known);
  if ('value' in read) return read.value;
  const alone = reading.verb === 'hold' ? ' "hold" alone holds every run.' : '';
  reading.problems.push(`${read.problem}${alone}`);
  return null;
};

const neededRun = (reading: Reading): RunId | null => {
  if (reading.sorted.words.length === 0) {
    reading.problems.push(`${reading.verb} needs a run: ${reading.verb} RUN. "status" lists them.`);
  }
  return optionalRun(reading);
};

const neededReason = ({ verb, sorted, problems }: Reading): string => {
  const because = text(sorted, 'reason');
  if (because === null) problems.push(`${verb} needs a reason for the audit log: add --reason "…".`);
  return because ?? '';
};

const statusOf = (reading: Reading): Request => {
  const { sorted, known, problems } = reading;
  tooMany(reading, 1);
  const [word] = sorted.words;
  if (word === undefined) return { verb: 'status', run: null, region: null };
  const region = readRegion(word.text, known);
  if ('value' in region) return { verb: 'status', run: null, region: region.value };
  const run = readRun(word.text, known);
  if ('value' in run) return { verb: 'status', run: run.value, region: null };
  problems.push(word.text.toLowerCase().startsWith('run') ? run.problem : region.problem);
  return { verb: 'status', run: null, region: null };
};

const historyOf = (reading: Reading): Request => {
  const { sorted, known, problems } = reading;
  tooMany(reading, 1);
  const [word] = sorted.words;
  const region = word === undefined ? null : readRegion(word.text, known);
  if (region !== null && 'problem' in region) problems.push(region.problem);
  const limit = readCount('limit', text(sorted, 'limit') ?? '20', 1000);
  if ('problem' in limit) problems.push(limit.problem);
  return {
    verb: 'history',
    region: region !== null && 'value' in region ? region.value : null,
    limit: 'value' in limit ? limit.value : 20,
  };
};

const FORMATS: readonly ReportFormat[] = ['markdown', 'json', 'html'];

const reportOf = (reading: Reading): Request | null => {
  const run = neededRun(reading);
  const typed = (text(reading.sorted, 'format') ?? 'markdown').toLowerCase();
  const format = FORMATS.find((candidate) => candidate === typed);
  if (format === undefined)
    reading.problems.push(`A report has no format ${quoted(typed)}. Use markdown, json or html.`);
  return run === null ? null : { verb: 'report', run, format: format ?? 'markdown' };
};

const approveOf = (reading: Reading): Request | null => {
  const run = neededRun(reading);
  const digest = text(reading.sorted, 'digest')?.toLowerCase() ?? null;
  if (digest !== null && !/^[0-9a-f]{6,64}$/.test(digest)) {
    reading.problems.push(`--digest ${quoted(digest)} is no digest. Copy at least 6 of its characters from the plan.`);
  }
  return run === null ? null : { verb: 'approve', run, digest, solo: reading.sorted.options.has('solo') };
};

const freezeOf = (reading: Reading): Request => {
  tooMany(reading, 0);
  const typed = text(reading.sorted, 'for');
  const length = typed === null || typed === '' ? null : readDuration('for', typed);
  if (length !== null && 'problem' in length) reading.problems.push(length.problem);
  const forMs = length !== null && 'value' in length ? length.value : null;
  return { verb: 'freeze', because: neededReason(reading), forMs };
};

const helpOf = (reading: Reading): Request => {
  const [word] = reading.sorted.words;
  const about = word === undefined ? null : verbOf(word.text);
  if (word !== undefined && about === null) reading.problems.push(unknownVerb(word.text));
  return { verb: 'help', about };
};

const planOf = (reading: Reading): Request | null => {
  const { sorted, known, problems } = reading;
  const [first, ...words] = sorted.words;
  const verb = first === undefined ? null : verbOf(first.text);
  if (!isMove(verb)) {
    problems.push(
      first === undefined || verb !== null
        ? 'plan needs what to plan: plan evacuate REGION, plan shift … or plan restore.'
        : `I cannot plan ${quoted(first.text)}.${didYouMean(first.text, MOVES)}`,
    );
    return null;
  }
  return { verb: 'plan', move: readMove(verb, { ...sorted, words }, known, false, problems) };
};

const requestOf = (reading: Reading): Request | null => {
  const { verb, sorted, known, door, problems } = reading;
  switch (verb) {
    case 'evacuate':
    case 'shift':
    case 'restore':
      // A chat asks for the reason when it asks to confirm; a terminal's is part of the line.
      return { verb: 'propose', move: readMove(verb, sorted, known, door === 'terminal', problems) };
    case 'plan':
      return planOf(reading);
    case 'status':
      return statusOf(reading);
    case 'show': {
      const run = neededRun(reading);
      return run === null ? null : { verb, run };
    }
    case 'report':
      return reportOf(reading);
    case 'history':
      return historyOf(reading);
    case 'approve':
      return approveOf(reading);
    case 'deny': {
      const run = neededRun(reading);
      return run === null ? null : { verb, run, because: text(sorted, 'reason') };
    }
    case 'hold':
      return { verb, run: optionalRun(reading), because: text(sorted, 'reason') };
    case 'resume':
    case 'stop':
    case 'rollback':
      return { verb, run: optionalRun(reading), because: text(sorted, 'reason') };
    case 'freeze':
      return freezeOf(reading);
    case 'unfreeze':
      tooMany(reading, 0);
      return { verb, because: neededReason(reading) };
    case 'drill':
      return { verb, words: sorted.words.map((word) => word.text) };
    case 'whoami':
      tooMany(reading, 0);
      return { verb };
    case 'help':
      return helpOf(reading);
  }
};

const unknownVerb = (typed: string): string => {
  const hints = near(typed, VERBS);
  const hint = hints.length > 0 ? `Did you mean ${eitherOf(hints)}?` : 'Try: help';
  return `I don't know how to ${quoted(typed)}. ${hint} Nothing was done.`;
};

const flagsOf = ({ options }: Sorted): TerminalFlags => ({
  json: options.has('json'),
  yes: options.has('yes'),
  watch: options.has('watch'),
  codeOf: options.get('code-of')?.[0] ?? null,
});

/** Wants help, whatever else stands there: asking how must never do. */
const asksForHelp = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => !token.quoted && (token.text === '--help' || token.text === '-h'));

const parse = (typed: Tokens, known: Known, door: Door): Parsed => {
  const [first, ...tokens] = typed.tokens;
  if (typed.problems.length > 0) return { ok: false, verb: null, problems: typed.problems, flags: NO_FLAGS };
  if (first === undefined) return { ok: true, request: { verb: 'help', about: null }, flags: NO_FLAGS, remark: null };
  const verb = verbOf(first.text);
  if (asksForHelp(typed.tokens))
    return { ok: true, request: { verb: 'help', about: verb }, flags: NO_FLAGS, remark: null };
  if (verb === null) return { ok: false, verb: null, problems: [unknownVerb(first.text)], flags: NO_FLAGS };
  const problems: string[] = [];
  const sorted = sortOptions({ ...typed, tokens }, verb, door, problems);
  const request = requestOf({ verb, sorted, known, door, problems });
  const flags = flagsOf(sorted);
  if (flags.yes && !sorted.options.has('reason'))
    problems.push('--yes needs --reason "…": who reads the log was not asked.');
  if (request === null || problems.length > 0) return { ok: false, verb, problems: [...new Set(problems)], flags };
  return { ok: true, request, flags, remark: SYNONYM_REMARKS[first.text.toLowerCase()] ?? null };
};

/** A sentence typed into a chat. Never throws. */
export const parseText = (typed: string, known: Known): Parsed => parse(tokensOfText(typed), known, 'chat');

/** The words of a command line, as the shell hands them over. Never throws. */
export const parseArguments = (words: readonly string[], known: Known): Parsed =>
  parse(tokensOfArguments(words), known, 'terminal');
