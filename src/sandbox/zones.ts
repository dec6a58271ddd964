import type { Route53Fake } from '../../providers/route53/fake.ts';
import type { Pace } from './pace.ts';
import { ACCOUNT, addressOf, NAMES, weightOf, ZONES } from './steering-plan.ts';
import type { WorldSpec } from './world/spec.ts';

/** The zones of the sandbox at its control plane: a weighted record for each region, by home shares. Ids by zone name. */
export const createZones = (route53: Route53Fake, spec: WorldSpec, pace: Pace): Record<string, string> =>
  Object.fromEntries(
    ZONES.map((zone) => {
      const records = NAMES.filter((name) => name.zone === zone).flatMap(({ service, name, type }) => {
        const index = spec.services.findIndex((candidate) => candidate.name === service);
        const shares = spec.services[index]?.homeShares ?? {};
        return spec.regions.map((region, i) => ({
          name,
          type,
          setIdentifier: region,
          weight: weightOf(shares[region] ?? 0),
          ttlSeconds: pace.ttlSeconds,
          values: [addressOf(type, i, index)],
        }));
      });
      return [zone, route53.createZone({ accountId: ACCOUNT, name: zone, records })];
    }),
  );

/** Which region an address belongs to. */
export const regionOfAddress = (spec: WorldSpec): ReadonlyMap<string, string> =>
  new Map(
    NAMES.flatMap(({ service, type }) => {
      const index = spec.services.findIndex((candidate) => candidate.name === service);
      return spec.regions.map((region, i) => [addressOf(type, i, index), region] as const);
    }),
  );
