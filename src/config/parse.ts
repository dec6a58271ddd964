import { LineCounter } from 'yaml';
import type { Config } from '../domain/config.ts';
import { buildConfig } from './build/config.ts';
import { checkPeople } from './check/people.ts';
import { checkProviders } from './check/providers.ts';
import { checkSafety } from './check/safety.ts';
import { checkServices } from './check/services.ts';
import { checkSignals } from './check/signals.ts';
import { checkSlack } from './check/slack.ts';
import { originOf, withDefaults } from './defaults.ts';
import { readDocument, type Source } from './document.ts';
import { type ConfigProblem, type Draft, type Findings, pathText } from './problem.ts';
import { read } from './read.ts';
import { wholeSchema } from './schema/file.ts';
import { redacted } from './secrets.ts';
import type { LooseFile } from './signal-uses.ts';

export type Parsed =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly ConfigProblem[] }
  /** All problems at once, in the order of the file. Warnings are told with the next text that has no problem. */
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/** Offsets of the first character of every line. */
const lineCounterOf = (text: string): LineCounter => {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
};

/** Drafts with their place in the text: sorted, and each place told once, however many services share it. */
const placed = (
  drafts: readonly Draft[],
  text: string,
  file: string,
  source: Source | null,
): readonly ConfigProblem[] => {
  const lines = lineCounterOf(text);
  const told = new Map<string, { offset: number; problem: ConfigProblem }>();
  for (const draft of drafts) {
    const path = source === null ? draft.path : originOf(draft.path, source.has);
    const offset = Math.min(draft.offset ?? source?.offsetOf(path, draft.at) ?? 0, text.length);
    const { line, col } = lines.linePos(offset);
    // Names of the file stand in all of these, and somebody may have taken a secret for a name.
    const problem = {
      file,
      line,
      column: col,
      path: redacted(pathText(path)),
      found: redacted(draft.found),
      expected: redacted(draft.expected),
      suggestion: draft.suggestion === null ? null : redacted(draft.suggestion),
    };
    const key = `${offset} ${problem.path}`;
    if (!told.has(key)) told.set(key, { offset, problem });
  }
  return [...told.values()].sort((a, b) => a.offset - b.offset).map(({ problem }) => problem);
};

const check = (file: LooseFile, findings: Findings): void => {
  checkSafety(file, findings);
  checkPeople(file, findings);
  checkProviders(file, findings);
  checkSlack(file, findings);
  checkServices(file, findings);
  checkSignals(file, findings);
};

/**
 * Reads a config file: the frozen config it means, or everything that is wrong with it, with line and column. Says nothing
 * about whether the config may come into force. Never throws: whatever goes wrong in here is a refusal (rule 7).
 */
export const parse = (text: string, fileName: string): Parsed => {
  const refused: Draft[] = [];
  const warned: Draft[] = [];
  const findings: Findings = { refuse: (draft) => void refused.push(draft), warn: (draft) => void warned.push(draft) };
  let source: Source | null = null;
  let config: Config | null = null;
  try {
    source = readDocument(text, findings);
    if (source !== null) {
      const plain = withDefaults(source.plain);
      check(read(wholeSchema, plain, [], findings) as LooseFile, findings);
      if (refused.length === 0) config = buildConfig(wholeSchema.parse(plain));
    }
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    findings.refuse({
      path: [],
      at: 'value',
      found: `something that this check could not finish with (${kind})`,
      expected: 'a config that can be judged',
      suggestion: null,
    });
  }
  if (config === null) return { ok: false, problems: placed(refused, text, fileName, source) };
  return { ok: true, config, warnings: placed(warned, text, fileName, source) };
};
