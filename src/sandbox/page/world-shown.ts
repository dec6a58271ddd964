import type { LocalWorld } from '../local-world.ts';
import { NAMES } from '../steering-plan.ts';
import type { RegionShown, SwitchShown, TrafficPoint, WorldShown } from './types.ts';

/** Short, so that a change of weights is seen at once; long enough to count some hundred answers. */
const ANSWERS_SECONDS = 5;
const LATEST = 8;

type ByRegion = Readonly<Record<string, number>>;

/** Members' weights of every steered name, as parts of their set, weighed by the users behind the name. */
const configuredShares = (local: LocalWorld): ByRegion => {
  const demand = new Map(local.world.state().services.map(({ service, demandRps }) => [service, demandRps]));
  const total: Record<string, number> = {};
  let users = 0;
  for (const { service, zone, name, type, part } of NAMES) {
    const id = local.zoneIds[zone];
    const records = id === undefined ? [] : local.route53.zone(id).control;
    const members = records.filter((record) => record.name === name && record.type === type);
    const weights = members.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
    const behind = ((demand.get(service) ?? 0) * part) / 100;
    users += behind;
    for (const { setIdentifier = '', weight = 0 } of weights === 0 ? [] : members)
      total[setIdentifier] = (total[setIdentifier] ?? 0) + (behind * weight) / weights;
  }
  return Object.fromEntries(Object.entries(total).map(([region, rps]) => [region, rps / (users || 1)]));
};

const homeShares = ({ spec }: LocalWorld): ByRegion => {
  const peaks = spec.services.reduce((sum, { peakRps }) => sum + peakRps, 0) || 1;
  return Object.fromEntries(
    spec.regions.map((region) => [
      region,
      spec.services.reduce((sum, own) => sum + (own.homeShares[region] ?? 0) * own.peakRps, 0) / peaks,
    ]),
  );
};

/** The picture of one instant. */
export const worldShown = (
  local: LocalWorld,
  { utilisationLimit, switches }: { readonly utilisationLimit: number; readonly switches: readonly SwitchShown[] },
): WorldShown => {
  const { atMs, traffic, utilisation } = local.picture();
  const given = local.answersGiven.since(atMs, ANSWERS_SECONDS * 1000);
  const { regions } = local.spec;
  const counts = Object.fromEntries(
    regions.map((region) => [region, given.filter((answer) => answer.region === region).length]),
  );
  const configured = configuredShares(local);
  const home = homeShares(local);
  return {
    atMs,
    regions: regions.map(
      (region): RegionShown => ({
        region,
        home: home[region] ?? 0,
        configured: configured[region] ?? 0,
        answered: (counts[region] ?? 0) / (given.length || 1),
        traffic: traffic[region] ?? 0,
        utilisation: utilisation[region] ?? 0,
      }),
    ),
    utilisationLimit,
    answers: { seconds: ANSWERS_SECONDS, counts, latest: given.slice(-LATEST).reverse() },
    switches,
  };
};

export const pointOf = ({ atMs, regions }: WorldShown): TrafficPoint => ({
  atMs,
  traffic: Object.fromEntries(regions.map(({ region, traffic }) => [region, traffic])),
});
