import { type Finding, type Level, notOk } from '../../readiness/finding.ts';
import { counted } from '../../words/numbers.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

/** Words, not colours, carry the meaning: what to look for stands in capitals. */
const WORDS: Readonly<Record<Level, string>> = { ok: 'ok', warn: 'WARN', fail: 'FAIL' };

const styled = (level: Level, style: Style): ((line: string) => string) =>
  level === 'fail' ? style.bad : level === 'warn' ? style.warn : (line) => line;

/** One line for each thing that was looked at, with what to type where it is not as it should be. */
export const findingLines = (findings: readonly Finding[], style: Style): readonly string[] => {
  const rows = table(
    findings.map(({ level, check, says, remedy }) => [
      WORDS[level],
      check,
      remedy === null ? `${says}.` : `${says}. → ${remedy}`,
    ]),
  );
  return rows.map((row, index) => styled(findings[index]?.level ?? 'ok', style)(row));
};

/** The last line: how much of it needs somebody. */
export const findingsSum = (findings: readonly Finding[], style: Style): string => {
  const wrong = notOk(findings);
  if (wrong.length === 0) return style.good(`Everything is as it should be (${counted(findings.length, 'check')}).`);
  const failing = wrong.filter(({ level }) => level === 'fail').length;
  const text = `${counted(wrong.length, 'finding')}: ${failing} FAIL, ${wrong.length - failing} WARN.`;
  return failing > 0 ? style.bad(text) : style.warn(text);
};
