import { personId, runId, serviceId } from '../../../src/domain/ids.ts';
import type { FleetStatus } from '../../../src/operations/status.ts';
import type { Whoami } from '../../../src/operations/whoami.ts';
import { EAST, EUROPE, HOME, runOf, START, WEST } from '../../cli/fixtures.ts';
import { STATES } from './arrange.ts';

/** A fleet with something of everything: a run that holds, a region that is out, a freeze, a service away from home. */
export const status = (over: Partial<FleetStatus> = {}): FleetStatus => ({
  at: START + 600_000,
  fleet: 'shop',
  regions: [EAST, WEST, EUROPE],
  services: [
    { service: serviceId('checkout'), tier: 1, home: HOME, now: { ...HOME, [EAST]: 0, [WEST]: 5000, [EUROPE]: 5000 } },
    { service: serviceId('search'), tier: 1, home: HOME, now: HOME },
    { service: serviceId('wishes'), tier: 2, home: HOME, now: { ...HOME, [EAST]: 4040, [WEST]: 2960 } },
    { service: serviceId('basket'), tier: 2, home: HOME, now: HOME },
    { service: serviceId('mail'), tier: 2, home: HOME, now: null },
  ],
  open: [runOf(STATES['held by a gate'])],
  ended: [runOf(STATES.stopped)],
  broken: [{ run: 'run_00', because: 'run/run_00 7: unknown event run.of-the-future' }],
  out: [{ region: EAST, service: serviceId('checkout'), run: runId('run_01j7'), since: START }],
  freezes: [{ by: personId('admin-1'), because: 'release day', since: START, until: null }],
  budget: [
    {
      mode: 'planned',
      limit: 3000,
      used: 1250,
      tightest: { service: serviceId('checkout'), used: 2500 },
      growsAt: START + 3_600_000,
    },
    { mode: 'emergency', limit: 8000, used: 0, tightest: null, growsAt: null },
  ],
  executor: null,
  configDigest: '728348626cf8aabb',
  file: { kind: 'in-force', name: 'steer.yaml' },
  missing: ['zone Z2 could not be read: throttled'],
  ...over,
});

export const operator: Whoami = {
  identity: 'the Slack user T1/U1',
  standing: {
    kind: 'person',
    person: personId('operator-1'),
    role: 'operator',
    ownRole: 'operator',
    shared: false,
    provenBy: 'identity',
  },
  may: ['see', 'plan', 'hold', 'propose', 'resume', 'stop', 'rollback'],
};

export const nobody: Whoami = {
  identity: 'the Slack user T1/U9',
  standing: {
    kind: 'unmapped',
    because: 'the Slack user T1/U9 belongs to nobody in the config in force, so it can only look',
  },
  may: ['see', 'plan'],
};
