import type { Config, ServiceConfig } from '../domain/config.ts';
import type { OutRegion } from '../domain/facts.ts';
import { homeOf } from '../domain/home.ts';
import type { RegionId, SetId } from '../domain/ids.ts';
import { isHome } from '../domain/layers.ts';
import type { PlannedSet } from '../domain/plan.ts';
import { entriesOf } from '../domain/records.ts';
import type { SetState } from '../domain/steering.ts';
import { sharesOf } from '../domain/weights.ts';
import type { FleetView } from '../run/fleet.ts';
import type { Run } from '../run/state.ts';

const isDrained = (state: SetState, member: string | undefined): boolean =>
  state.members.find((m) => m.member === member)?.weight == null;

/** A first step may have landed and the run been stopped before it propagated. */
const hasWritten = ({ steps, step }: Run): boolean =>
  steps.length > 0 || (step?.batches.some(({ state }) => state === 'landed') ?? false);

/** The newest run that wrote each set, and the set as that run knows it. */
const newestRuns = (fleet: FleetView): ReadonlyMap<string, { readonly run: Run; readonly planned: PlannedSet }> => {
  const newest = new Map<string, { run: Run; planned: PlannedSet }>();
  const written = [...fleet.runs.values()].filter(hasWritten);
  for (const run of written.toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0))) {
    for (const planned of run.envelope.sets) newest.set(planned.ref.set, { run, planned });
  }
  return newest;
};

/**
 * Sets of layered services that steer's own newest run has left away from home: what is still known of a layer that nobody
 * can read now.
 */
export const leftAway = (fleet: FleetView, services: readonly ServiceConfig[]): readonly SetId[] => {
  const newest = newestRuns(fleet);
  return services
    .filter(({ layers }) => layers !== undefined)
    .flatMap((service) => service.sets.map((set) => ({ service, set })))
    .filter(({ service, set }) => {
      const live = newest.get(set.ref.set)?.run.sets[set.ref.set]?.live;
      return live !== undefined && !isHome(sharesOf(live, set.members), homeOf(service, set));
    })
    .map(({ set }) => set.ref.set);
};

/**
 * Regions that steer has taken out and not brought back, by the newest run that wrote each set. A region stays out after
 * its run is DONE, until its shares are restored (design section 5).
 */
export const outRegions = (fleet: FleetView, config: Config): readonly OutRegion[] => {
  const homes = new Map(config.services.map(({ service, home }) => [service, home]));
  // A set that belongs to one region, as a geo group does, lacks none of the others.
  const ownHomes = new Map(
    config.services.flatMap(({ sets }) => sets.map(({ ref, home }) => [ref.set, home] as const)),
  );
  const newest = newestRuns(fleet);
  const out = new Map<string, OutRegion>();
  for (const { run, planned } of newest.values()) {
    const live = run.sets[planned.ref.set]?.live;
    if (live === undefined) continue;
    const since = run.startedAt ?? run.proposed.at;
    for (const [region, share] of entriesOf<RegionId, number>(
      ownHomes.get(planned.ref.set) ?? homes.get(planned.service) ?? {},
    )) {
      if (share === 0 || planned.members[region] === undefined || !isDrained(live, planned.members[region])) continue;
      out.set(`${region} ${planned.service}`, { region, service: planned.service, run: run.run, since });
    }
  }
  return [...out.values()];
};
