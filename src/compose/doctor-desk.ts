import type { Config } from '../domain/config.ts';
import type { Facts } from '../domain/facts.ts';
import type { SignalReading } from '../domain/signals.ts';
import { outRegions } from '../facts/out.ts';
import { audit } from '../operations/audit.ts';
import { type FileState, fileAgainstForce } from '../operations/file-against-force.ts';
import { whoami } from '../operations/whoami.ts';
import type { HeldLease } from '../ports/lease.ts';
import { accountFindings } from '../readiness/accounts.ts';
import { type Finding, fail } from '../readiness/finding.ts';
import { fleetFindings } from '../readiness/fleet.ts';
import { fileFindings, type Seated, seatedFinding } from '../readiness/installation.ts';
import { liveFindings } from '../readiness/live.ts';
import { signalFindings } from '../readiness/signals.ts';
import { auditFinding, clockFinding, type Dated, leaseFinding, storeFinding } from '../readiness/store.ts';
import type { FleetView } from '../run/fleet.ts';
import { isEnded } from '../run/state.ts';
import type { Desk } from './desk.ts';
import { patient, readInTurns } from './health-check-turns.ts';
import type { World } from './world.ts';

type Findings = readonly Finding[];

/** A check that cannot be made is a finding like any other; the rest of them goes on. */
const attempted = async (check: string, look: () => Promise<Findings>): Promise<Findings> => {
  try {
    return await look();
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown failure';
    return [fail(check, `this could not be looked at: ${why}`, null)];
  }
};

const seated = async ({ deps, presented, door }: Desk): Promise<Seated> => {
  const answer = await whoami(deps, { presented, door, proof: null });
  if (!answer.ok) return { kind: 'unmapped', because: answer.refusal.problems.join(' ') };
  const { identity, standing } = answer.value;
  return standing.kind === 'unmapped'
    ? standing
    : { kind: 'person', identity, person: standing.person, role: standing.role };
};

const lastEvent = async ({ deps }: Desk, fleet: FleetView): Promise<readonly Dated[]> => {
  const [event] = await deps.journal.readAll(fleet.position - 1, 1);
  return event === undefined ? [] : [{ what: 'the last event of the store', at: event.at }];
};

const datesOf = (readings: readonly SignalReading[]): readonly Dated[] =>
  readings.flatMap((reading) =>
    reading.kind === 'number' ? [{ what: `signal ${reading.signal}`, at: reading.latest.at }] : [],
  );

const factsNow = ({ deps, mount }: Desk, config: Config, configDigest: string, fleet: FleetView): Promise<Facts> =>
  patient(
    deps.gather,
    mount.clock,
  )({
    config,
    inForce: config,
    configDigest,
    fleet,
    services: config.services.map(({ service }) => service),
    known: null,
    run: null,
    mode: 'planned',
    declared: null,
    maximumAgeMs: config.safety.planned.factsMaximumAgeMs,
  });

/** Everything outside this process: accounts, records, monitoring. */
const examineWorld = async (desk: Desk, world: World, fleet: FleetView, lease: HeldLease | null): Promise<Findings> => {
  const { config } = world;
  const { clock } = desk.mount;
  const opened = [...world.providers.keys()];
  const { provenProviders: proven, provenAliasZero } = fleet;
  const accounts = accountFindings(config, { opened, problems: world.problems, proven, provenAliasZero });
  const own = { store: desk.deps.journal.store, epoch: lease?.epoch ?? 0 };
  let readings: readonly SignalReading[] = [];
  const signals = await attempted('signals', async () => {
    readings = await readInTurns(world.probe, config.signals, clock);
    return signalFindings(readings, clock.now(), config.safety.planned.factsMaximumAgeMs);
  });
  const records = await attempted('read', async () =>
    liveFindings(config, await factsNow(desk, config, fleet.config?.digest ?? '', fleet), own),
  );
  const clocks = await attempted('clock', async () => [
    clockFinding([...(await lastEvent(desk, fleet)), ...datesOf(readings)], clock.now()),
  ]);
  return [...accounts, ...records, ...signals, ...clocks];
};

const openRuns = (fleet: FleetView): number => [...fleet.runs.values()].filter((run) => !isEnded(run)).length;

const NO_CONFIG = fail('config', 'no config is in force in this store', 'steer store init');

/** Every check of an installation whose store opens, in the order in which they would be repaired. */
export const examineDesk = async (desk: Desk): Promise<Findings> => {
  const { deps, product, mount } = desk;
  const audited = await attempted('audit', async () => [auditFinding(await audit(deps, []))]);
  const told = await attempted('store', async () => {
    const fleet = await product.fleet();
    const world = await product.world();
    if (world === null) return [NO_CONFIG];
    const { config } = world;
    const lease = await deps.lease.holder();
    const file: FileState = await fileAgainstForce(deps, config, fleet.config?.digest ?? '');
    const now = mount.clock.now();
    const { storeId, region } = product.store.identity;
    return [
      storeFinding({ storeId, region, configured: config.store.region }),
      ...fileFindings(file),
      seatedFinding(await seated(desk)),
      leaseFinding(lease, openRuns(fleet), now),
      ...fleetFindings(fleet, outRegions(fleet, config), now),
      ...(await examineWorld(desk, world, fleet, lease)),
    ];
  });
  return [...audited, ...told];
};
