import type { Freeze } from '../domain/config.ts';
import type { Facts, OutRegion } from '../domain/facts.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import { recordOf } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import { type BasisPoints, type Instant, WHOLE } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import { outRegions } from '../facts/out.ts';
import type { HeldLease } from '../ports/lease.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type Answer, granted } from './answer.ts';
import { type BudgetStatus, budgetStatus } from './budget-status.ts';
import type { Asker, Deps } from './deps.ts';
import { type FileState, fileAgainstForce } from './file-against-force.ts';
import { type Session, Sessions } from './session.ts';

export interface ServiceStatus {
  readonly service: ServiceId;
  readonly tier: number;
  readonly home: Shares;
  /** What the records say now, over all sets of the service by the part each carries; null where they could not be read. */
  readonly now: Readonly<Record<RegionId, BasisPoints>> | null;
}

export interface FleetStatus {
  readonly at: Instant;
  readonly fleet: string;
  readonly regions: readonly RegionId[];
  readonly services: readonly ServiceStatus[];
  /** Not ended, oldest first; then the newest that have ended. */
  readonly open: readonly Run[];
  readonly ended: readonly Run[];
  readonly broken: readonly { readonly run: string; readonly because: string }[];
  readonly out: readonly OutRegion[];
  readonly freezes: readonly Freeze[];
  /** What is left of the capacity that may leave service in an hour, in every mode. */
  readonly budget: readonly BudgetStatus[];
  /** Who executes; null when nobody holds the lease, and then no run moves. */
  readonly executor: HeldLease | null;
  readonly configDigest: string;
  readonly file: FileState;
  /** What could not be read, in sentences. */
  readonly missing: readonly string[];
}

const ENDED_SHOWN = 5;

const shareNow = (session: Session, facts: Facts, service: ServiceId): ServiceStatus['now'] => {
  const config = session.config.services.find((candidate) => candidate.service === service);
  const sets = config?.sets ?? [];
  const known = sets.flatMap((set) => {
    const read = facts.sets[set.ref.set];
    return read === undefined ? [] : [{ part: set.part, shares: sharesOf(read.state, set.members) }];
  });
  if (known.length < sets.length || sets.length === 0) return null;
  const share = (region: RegionId): number =>
    Math.round(known.reduce((all, { part, shares }) => all + (part * (shares[region] ?? 0)) / WHOLE, 0));
  return recordOf(session.config.regions.map((region) => [region, share(region)] as const));
};

/** The vendors' present word, or null with the reason: a status must come also while the control plane is down. */
const factsOrWhy = async (
  deps: Deps,
  session: Session,
): Promise<{ facts: Facts | null; missing: readonly string[] }> => {
  const { config, configDigest, fleet } = session;
  const services = config.services.map(({ service }) => service);
  const mode = 'emergency';
  const maximumAgeMs = config.safety[mode].factsMaximumAgeMs;
  const question = {
    config,
    inForce: config,
    configDigest,
    fleet,
    services,
    known: null,
    run: null,
    mode,
    declared: null,
    maximumAgeMs,
  } as const;
  try {
    const facts = await deps.gather(question);
    return { facts, missing: facts.missing };
  } catch (error) {
    return {
      facts: null,
      missing: [`the vendors could not be asked: ${error instanceof Error ? error.message : 'unknown failure'}`],
    };
  }
};

/** Everything at a glance: what moves, what is out, what is frozen, who executes, and where each service's traffic goes. */
export const status = async (deps: Deps, asker: Asker): Promise<Answer<FleetStatus>> => {
  const opened = await new Sessions(deps, asker).open();
  if (!opened.ok) return opened;
  const session = opened.value;
  const { fleet, config, configDigest } = session;
  const now = deps.clock.now();
  const [{ facts, missing }, file, lease] = await Promise.all([
    factsOrWhy(deps, session),
    fileAgainstForce(deps, config, configDigest),
    deps.lease.holder(),
  ]);
  const runs = [...fleet.runs.values()];
  return granted({
    at: now,
    fleet: config.fleet,
    regions: config.regions,
    services: config.services.map(({ service, tier, home }) => ({
      service,
      tier,
      home,
      now: facts === null ? null : shareNow(session, facts, service),
    })),
    open: runs.filter((run) => !isEnded(run)),
    ended: runs.filter(isEnded).toReversed().slice(0, ENDED_SHOWN),
    broken: [...fleet.broken].map(([run, because]) => ({ run, because })),
    out: outRegions(fleet, config),
    freezes: fleet.freezes.filter(({ until }) => until === null || until > now),
    budget: budgetStatus(config, fleet.charges, now),
    executor: lease !== null && lease.until > now ? lease : null,
    configDigest,
    file,
    missing,
  });
};
