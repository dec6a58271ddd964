import { describe, expect, it } from 'vitest';
import { personId, runId, serviceId } from '../../src/domain/ids.ts';
import { hold } from '../../src/operations/hold.ts';
import { notOk } from '../../src/readiness/finding.ts';
import { fleetFindings } from '../../src/readiness/fleet.ts';
import { emptyFleet, type FleetView } from '../../src/run/fleet.ts';
import { as, desk, proposed } from '../operations/arrange.ts';
import { EAST } from '../support/fleet-config.ts';
import { loadFleet } from '../support/load-fleet.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

const told = (fleet: FleetView, now = NOW): readonly string[] =>
  notOk(fleetFindings(fleet, [], now)).map(({ level, says, remedy }) => `${level} ${says} → ${remedy}`);

describe('what the store says', () => {
  it('is nothing in a fleet at rest', () => {
    expect(told(emptyFleet())).toEqual([]);
  });

  it('names the freeze that is in force and not the one that is over', () => {
    const freeze = { by: personId('admin-1'), because: 'holidays', since: 0 };
    const freezes = [
      { ...freeze, until: null },
      { ...freeze, because: 'long over', until: NOW },
    ];

    expect(told({ ...emptyFleet(), freezes })).toEqual(['warn admin-1 froze the fleet: holidays → steer unfreeze']);
  });

  it('names the run that waits for a person, and why it cannot be replayed', async () => {
    const made = await desk();
    const run = await proposed(made);
    await hold(made.deps, as('responder-1'), { run, because: 'wait' }, new AbortController().signal);
    const fleet = await loadFleet(made.deps.journal);

    const found = told({ ...fleet, broken: new Map([['run_9', 'no such event']]) });

    expect(found).toEqual([
      'fail run_9 cannot be replayed: no such event → steer audit verify',
      `warn ${run} is HOLDING (person) and waits for a person → steer show ${run}`,
    ]);
  });

  it('names a region that is out, for how long, and how it comes home', () => {
    const out = ['checkout', 'search'].map((service) => ({
      region: EAST,
      service: serviceId(service),
      run: runId('run_1'),
      since: NOW - 90 * MINUTE,
    }));

    const [finding] = notOk(fleetFindings(emptyFleet(), out, NOW));

    expect(finding).toMatchObject({
      level: 'warn',
      says: 'us-east-1 is out for checkout, search, by run_1, for 1h 30m',
      remedy: 'steer restore us-east-1 --reason "…"',
    });
  });

  it('names what waits for a second person', () => {
    const by = personId('admin-1');
    const fleet: FleetView = {
      ...emptyFleet(),
      proposedConfig: { config: {}, digest: '0123456789abcdef', by, at: 0, weakens: [] },
      adoption: { by, because: 'lost', previousHash: null, at: 0 },
    };

    expect(told(fleet)).toEqual([
      'warn config 0123456789ab, proposed by admin-1, waits for a second person → steer config accept',
      'warn admin-1 asked to take zones over; it waits for a second person → steer store adopt',
    ]);
  });
});
