import { describe, expect, it } from 'vitest';
import { MODES } from '../../src/domain/config.ts';
import type { Outcome } from '../../src/domain/gates.ts';
import { type GateRole, MODE_TABLE, type MoveDirection, type Ruling, rulingOf } from '../../src/gates/mode-table.ts';

const OUTCOMES: readonly Outcome[] = ['PASS', 'FAIL', 'INCONCLUSIVE', 'NO_DATA', 'ERROR'];
const ROLES: readonly GateRole[] = ['destination', 'source', 'global'];
const DIRECTIONS: readonly MoveDirection[] = ['out', 'back'];

const cells = MODES.flatMap((mode) =>
  DIRECTIONS.flatMap((direction) =>
    ROLES.flatMap((role) => OUTCOMES.map((outcome) => ({ mode, direction, role, outcome }))),
  ),
);

const words = (ruling: Ruling): string =>
  ruling.kind === 'proceed' ? 'go' : `${ruling.ends === 'by-a-person' ? 'person' : 'wait'}${SUFFIX[ruling.unless]}`;

const SUFFIX = { nothing: '', override: '|override', 'second-signal-or-override': '|second' } as const;

describe('the table of outcomes by mode', () => {
  it('reads, cell by cell, as people were told', () => {
    const printed = MODES.flatMap((mode) =>
      DIRECTIONS.flatMap((direction) =>
        ROLES.map((role) => {
          const row = OUTCOMES.map((outcome) => words(rulingOf({ mode, direction, role, outcome })));
          return [mode, direction, role, ...row].join(' ');
        }),
      ),
    );

    // Columns: PASS, FAIL, INCONCLUSIVE, NO_DATA, ERROR.
    expect(printed).toEqual([
      'drill out destination go person wait wait wait',
      'drill out source go go go go go',
      'drill out global go person wait wait wait',
      'drill back destination go person wait wait wait',
      'drill back source go go go go go',
      'drill back global go go go go go',
      'planned out destination go person wait wait wait',
      'planned out source go go go go go',
      'planned out global go person wait wait wait',
      'planned back destination go person wait wait wait',
      'planned back source go go go go go',
      'planned back global go go go go go',
      'emergency out destination go person wait wait|second wait|second',
      'emergency out source go go go go go',
      'emergency out global go go go go go',
      'emergency back destination go person wait wait|override wait|override',
      'emergency back source go go go go go',
      'emergency back global go go go go go',
    ]);
    expect(cells).toHaveLength(90);
  });

  it.each(cells)('rule 6: $mode $direction $role $outcome keeps the rule', (cell) => {
    const ruling = rulingOf(cell);

    if (cell.outcome === 'PASS' || cell.role === 'source') expect(ruling.kind).toBe('proceed');
    if (cell.role === 'destination' && cell.outcome === 'FAIL')
      expect(ruling).toEqual({ kind: 'hold', ends: 'by-a-person', unless: 'nothing' });
    if (cell.role === 'destination' && cell.outcome !== 'PASS') expect(ruling.kind).toBe('hold');
    if (cell.mode !== 'emergency' && ruling.kind === 'hold') expect(ruling.unless).toBe('nothing');
    expect(MODE_TABLE[cell.mode][cell.direction][cell.role][cell.outcome]).toBe(ruling);
  });
});
