import { describe, expect, it } from 'vitest';
import { findingLines, findingsSum } from '../../src/cli/render/findings.ts';
import { COLOURED, PLAIN } from '../../src/cli/render/style.ts';
import { fail, ok, warn } from '../../src/readiness/finding.ts';

const FINDINGS = [
  ok('node', 'Node 26.10.0'),
  warn('serve', 'nobody executes', 'steer serve'),
  fail('members', 'a name has no record', null),
];

describe('findings for people', () => {
  it('are a line each, with what to type, and read the same without colour', () => {
    expect(findingLines(FINDINGS, PLAIN)).toEqual([
      'ok    node     Node 26.10.0.',
      'WARN  serve    nobody executes. → steer serve',
      'FAIL  members  a name has no record.',
    ]);
    expect(findingLines(FINDINGS, COLOURED)[2]).toContain('\u001b[31m');
  });

  it('end with how many need somebody', () => {
    expect(findingsSum(FINDINGS, PLAIN)).toBe('2 findings: 1 FAIL, 1 WARN.');
    expect(findingsSum(FINDINGS.slice(0, 1), PLAIN)).toBe('Everything is as it should be (1 check).');
  });
});
