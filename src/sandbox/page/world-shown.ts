import type { GivenAnswer } from '../answer-log.ts';
import type { LocalWorld } from '../local-world.ts';
import { NAMES, type SandboxName } from '../steering-plan.ts';
import type { RegionShown, SwitchShown, TrafficPoint, WorldShown } from './types.ts';

/** Short, so that a change of weights is seen at once; long enough to count some hundred answers. */
const ANSWERS_SECONDS = 5;
const LATEST = 8;

type ByRegion = Readonly<Record<string, number>>;

/** Shares of one name, weighed by the users behind it: half of a large service is more than half of a small one. */
const weighed = (local: LocalWorld, sharesOf: (name: SandboxName) => ByRegion): ByRegion => {
  const demand = new Map(local.world.state().services.map(({ service, demandRps }) => [service, demandRps]));
  const total: Record<string, number> = {};
  let users = 0;
  for (const name of NAMES) {
    const shares = Object.entries(sharesOf(name));
    const behind = shares.length === 0 ? 0 : ((demand.get(name.service) ?? 0) * name.part) / 100;
    users += behind;
    for (const [region, share] of shares) total[region] = (total[region] ?? 0) + behind * share;
  }
  return Object.fromEntries(Object.entries(total).map(([region, rps]) => [region, rps / (users || 1)]));
};

const partsOf = (amounts: ByRegion): ByRegion => {
  const sum = Object.values(amounts).reduce((total, amount) => total + amount, 0);
  return sum === 0 ? {} : Object.fromEntries(Object.entries(amounts).map(([region, one]) => [region, one / sum]));
};

/** What the records say: the weights of a name's members. */
const configuredFor =
  (local: LocalWorld) =>
  ({ zone, name, type }: SandboxName): ByRegion => {
    const id = local.zoneIds[zone];
    const records = id === undefined ? [] : local.route53.zone(id).control;
    const members = records.filter((record) => record.name === name && record.type === type);
    return partsOf(Object.fromEntries(members.map(({ setIdentifier = '', weight = 0 }) => [setIdentifier, weight])));
  };

const countByRegion = (given: readonly GivenAnswer[], regions: readonly string[]): ByRegion =>
  Object.fromEntries(regions.map((region) => [region, given.filter((answer) => answer.region === region).length]));

const bareName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** What was answered for a name. */
const answeredFor =
  (given: readonly GivenAnswer[], regions: readonly string[]) =>
  ({ name, type }: SandboxName): ByRegion => {
    const own = given.filter((answer) => answer.type === type && bareName(answer.name) === bareName(name));
    return partsOf(countByRegion(own, regions));
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
  const configured = weighed(local, configuredFor(local));
  const answered = weighed(local, answeredFor(given, regions));
  const home = homeShares(local);
  return {
    atMs,
    regions: regions.map(
      (region): RegionShown => ({
        region,
        home: home[region] ?? 0,
        configured: configured[region] ?? 0,
        answered: answered[region] ?? 0,
        traffic: traffic[region] ?? 0,
        utilisation: utilisation[region] ?? 0,
      }),
    ),
    utilisationLimit,
    answers: {
      seconds: ANSWERS_SECONDS,
      counts: countByRegion(given, regions),
      latest: given.slice(-LATEST).reverse(),
    },
    switches,
  };
};

export const pointOf = ({ atMs, regions }: WorldShown): TrafficPoint => ({
  atMs,
  traffic: Object.fromEntries(regions.map(({ region, traffic }) => [region, traffic])),
});
