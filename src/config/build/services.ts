import type { CapacitySource, DemandSource, ServiceConfig, SteeringSetConfig } from '../../domain/config.ts';
import type { GateRule, GateSpec } from '../../domain/gates.ts';
import {
  gateId,
  providerId,
  type RegionId,
  regionId,
  type SignalId,
  serviceId,
  setId,
  signalId,
} from '../../domain/ids.ts';
import { recordOf } from '../../domain/records.ts';
import type { Shares } from '../../domain/steering.ts';
import { WHOLE } from '../../domain/units.ts';
import { memberOf, qualified } from '../check/sets.ts';
import { readAmount } from '../quantity.ts';
import type { File } from '../schema/file.ts';
import { expandedName, openingsOf } from '../signal-template.ts';
import { regionsOf, spread } from '../signal-uses.ts';

type ServiceInFile = File['services'][string];
type GateInFile = ServiceInFile['gates'][string];

/** Thrown when the checks let something through that cannot be built: a defect of steer, never of the file. */
export class UnbuildableConfig extends Error {
  override readonly name = 'UnbuildableConfig';
}

const amountOf = (written: string | number): number => {
  const amount = readAmount(written);
  if (amount === null) throw new UnbuildableConfig('an amount passed the checks and is none');
  return amount.value;
};

const signalOf = (file: File, name: string, service: string, region: string | null): SignalId => {
  const signal = file.signals[name];
  if (signal === undefined) throw new UnbuildableConfig('a signal passed the checks and is none');
  return signalId(expandedName(name, openingsOf(signal), service, region));
};

const ruleOf = (gate: GateInFile): GateRule => {
  switch (gate.rule) {
    case 'state':
      return { kind: 'state' };
    case 'below':
      return { kind: 'below', passBelow: gate.passBelow, failFrom: gate.failFrom, minimumSamples: gate.minimumSamples };
    case 'above':
      return { kind: 'above', passAbove: gate.passAbove, failTo: gate.failTo, minimumSamples: gate.minimumSamples };
    case 'last-week':
      return {
        kind: 'last-week',
        passWithin: gate.passWithin,
        failFrom: gate.failFrom,
        minimumSamples: gate.minimumSamples,
      };
  }
};

/** `errors` on a signal with {region} becomes `errors@us-east-1` and so on: the name of a gate is unique in its service. */
const gatesOf = (file: File, name: string, service: ServiceInFile): readonly GateSpec[] =>
  Object.entries(service.gates).flatMap(([gate, spec]) => {
    const signal = file.signals[spec.signal];
    const isPerRegion = signal !== undefined && openingsOf(signal).perRegion;
    const common = { rule: ruleOf(spec), critical: spec.critical ?? false, failuresToHold: spec.failuresToHold ?? 1 };
    const one = (id: string, region: string | null, open: string | null): GateSpec => ({
      gate: gateId(id),
      region: region === null ? null : regionId(region),
      signal: signalOf(file, spec.signal, name, open),
      ...common,
    });
    return isPerRegion
      ? regionsOf(service).map((region) => one(`${gate}@${region}`, region, region))
      : [one(gate, signal?.region ?? null, null)];
  });

const capacityOf = (file: File, name: string, service: ServiceInFile): Readonly<Record<RegionId, CapacitySource>> =>
  recordOf(
    spread(service.capacity, regionsOf(service), []).map(({ region, value }) => {
      const source: CapacitySource =
        typeof value === 'object'
          ? {
              kind: 'signal',
              now: signalOf(file, value.now, name, region),
              reference: value.reference === 'highest-of-24h' ? value.reference : amountOf(value.reference),
            }
          : { kind: 'fixed', value: amountOf(value) };
      return [regionId(region), source] as const;
    }),
  );

const demandOf = (file: File, name: string, service: ServiceInFile): DemandSource => {
  if (typeof service.demand !== 'object') return { kind: 'fixed', value: amountOf(service.demand) };
  const byRegion = spread(service.demand, regionsOf(service), []).map(
    ({ region, value }) => [regionId(region), signalOf(file, value, name, region)] as const,
  );
  return { kind: 'signals', byRegion: recordOf(byRegion) };
};

const sharesIn = (shares: Readonly<Record<string, number>>): Shares =>
  recordOf(Object.entries(shares).map(([region, share]) => [regionId(region), share] as const));

/** The vendor holds only the target that a group points at; the others it may be given come from the config. */
const groupOf = (
  set: ServiceInFile['sets'][string],
  service: string,
  regions: readonly string[],
): Pick<SteeringSetConfig['ref'], 'group' | 'targets'> =>
  set.group === undefined
    ? {}
    : {
        group: set.group,
        targets: spread(set.members, regions, []).map(({ region, value }) => memberOf(value, service, region)),
      };

const setsOf = (name: string, service: ServiceInFile): readonly SteeringSetConfig[] =>
  Object.entries(service.sets).map(([id, set]) => ({
    ref: {
      set: setId(id),
      provider: providerId(set.provider),
      zone: set.zone,
      name: qualified(set.name),
      type: set.type,
      ...groupOf(set, name, regionsOf(service)),
    },
    part: set.part ?? WHOLE,
    members: recordOf(
      spread(set.members, regionsOf(service), []).map(
        ({ region, value }) => [regionId(region), memberOf(value, name, region)] as const,
      ),
    ),
    drain: set.drain,
    ttlSeconds: Math.round(set.ttl / 1000),
    ...(set.home === undefined ? {} : { home: sharesIn(set.home) }),
    ...(set.layer === undefined ? {} : { layer: set.layer }),
  }));

/** One service of the file, after serviceDefaults, as the rest of steer knows it. */
export const buildService = (file: File, name: string, service: ServiceInFile): ServiceConfig => ({
  service: serviceId(name),
  tier: service.tier,
  labels: service.labels ?? [],
  dependsOn: (service.dependsOn ?? []).map(serviceId),
  unit: service.unit,
  fleetWeight: service.fleetWeight,
  home: sharesIn(service.home),
  sets: setsOf(name, service),
  ...(service.layers === undefined ? {} : { layers: service.layers }),
  capacity: capacityOf(file, name, service),
  demand: demandOf(file, name, service),
  forecastPeak: service.forecastPeak,
  gates: gatesOf(file, name, service),
});
