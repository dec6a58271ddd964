import type { Mode } from '../domain/config.ts';
import type { Outcome } from '../domain/gates.ts';

/** `back` is a roll back or the return at the end of a stay. */
export type MoveDirection = 'out' | 'back';

/**
 * Part that a gate's region plays in the step at hand, not in the plan: `destination` receives traffic (on the way back
 * that is the region coming home), `source` loses it or is not touched, `global` is the service as a whole.
 */
export type GateRole = 'destination' | 'source' | 'global';

/**
 * What an outcome means. A hold that ends by itself may end once the gate is judged well; the other needs a person's
 * resume. `unless` names what sets the hold aside.
 */
export type Ruling =
  | { readonly kind: 'proceed' }
  | {
      readonly kind: 'hold';
      readonly ends: 'by-itself' | 'by-a-person';
      readonly unless: 'nothing' | 'override' | 'second-signal-or-override';
    };

type Row = Readonly<Record<Outcome, Ruling>>;
type Roles = Readonly<Record<GateRole, Row>>;

const PROCEED: Ruling = { kind: 'proceed' };
const PERSON: Ruling = { kind: 'hold', ends: 'by-a-person', unless: 'nothing' };
const WAIT: Ruling = { kind: 'hold', ends: 'by-itself', unless: 'nothing' };
const WAIT_OR_OVERRIDE: Ruling = { kind: 'hold', ends: 'by-itself', unless: 'override' };
const WAIT_OR_SECOND: Ruling = { kind: 'hold', ends: 'by-itself', unless: 'second-signal-or-override' };

const row = (FAIL: Ruling, INCONCLUSIVE: Ruling, NO_DATA: Ruling, ERROR: Ruling): Row => ({
  PASS: PROCEED,
  FAIL,
  INCONCLUSIVE,
  NO_DATA,
  ERROR,
});

const STRICT = row(PERSON, WAIT, WAIT, WAIT);
const NEVER_HOLDS = row(PROCEED, PROCEED, PROCEED, PROCEED);

/** A region that is being left is not asked: a sick one is why people leave (design rule 6). */
const DELIBERATE: Readonly<Record<MoveDirection, Roles>> = {
  out: { destination: STRICT, source: NEVER_HOLDS, global: STRICT },
  // A service that fails as a whole is the very reason to roll back. What must pass is the region that comes home (rule 11).
  back: { destination: STRICT, source: NEVER_HOLDS, global: NEVER_HOLDS },
};

/**
 * Design rules 6 and 11, cell by cell. Drills and planned moves read the same rows: only an emergency may go on without
 * data, and only on the way out.
 */
export const MODE_TABLE: Readonly<Record<Mode, Readonly<Record<MoveDirection, Roles>>>> = {
  drill: DELIBERATE,
  planned: DELIBERATE,
  emergency: {
    // The service as a whole contains the region that burns; were it asked, no burning region could be left.
    out: { destination: row(PERSON, WAIT, WAIT_OR_SECOND, WAIT_OR_SECOND), source: NEVER_HOLDS, global: NEVER_HOLDS },
    // A region that comes home after an outage must have data of its own before it gets more than the canary.
    back: {
      destination: row(PERSON, WAIT, WAIT_OR_OVERRIDE, WAIT_OR_OVERRIDE),
      source: NEVER_HOLDS,
      global: NEVER_HOLDS,
    },
  },
};

export const rulingOf = (cell: {
  readonly mode: Mode;
  readonly direction: MoveDirection;
  readonly role: GateRole;
  readonly outcome: Outcome;
}): Ruling => MODE_TABLE[cell.mode][cell.direction][cell.role][cell.outcome];
