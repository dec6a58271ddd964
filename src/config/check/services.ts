import { percentText, WHOLE } from '../../domain/units.ts';
import type { Findings, Path } from '../problem.ts';
import { isUnitOf, readAmount } from '../quantity.ts';
import { type LooseFile, type LooseService, regionsOf, spread } from '../signal-uses.ts';
import { checkKnown, checkName, checkNames, checkOnce } from './common.ts';
import { checkGates } from './gates.ts';
import { checkSets } from './sets.ts';

/** Keys of a region map: regions of the service, or `each`. */
const checkRegionKeys = (map: object | undefined, regions: readonly string[], path: Path, findings: Findings): void => {
  for (const key of Object.keys(map ?? {}))
    if (key !== 'each') checkKnown('region', { name: key, path: [...path, key], at: 'key' }, regions, findings);
};

/** Every region of the service must be spoken for: an unknown capacity would be found in the middle of a move. */
const checkCovered = (
  map: Readonly<Record<string, unknown>> | undefined,
  regions: readonly string[],
  path: Path,
  findings: Findings,
): void => {
  if (map === undefined) return;
  const missing = regions.filter((region) => !Object.hasOwn(map, region) && !Object.hasOwn(map, 'each'));
  for (const region of missing)
    findings.refuse({
      path: [...path, region],
      at: 'key',
      found: 'nothing',
      expected: `a value for ${region}, or for each`,
      suggestion: null,
    });
};

const checkHome = (service: LooseService, path: Path, known: readonly string[], findings: Findings): void => {
  const { home } = service;
  if (home === undefined) return;
  for (const region of Object.keys(home))
    checkKnown('region', { name: region, path: [...path, 'home', region], at: 'key' }, known, findings);
  const shares = Object.values(home).filter((share) => share !== undefined);
  const refuse = (found: string, expected: string): void =>
    findings.refuse({ path: [...path, 'home'], at: 'key', found, expected, suggestion: null });
  if (Object.keys(home).length < 2) refuse('fewer than two regions', 'at least two: traffic needs somewhere to go');
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (shares.length === Object.keys(home).length && shares.length > 0 && total !== WHOLE)
    refuse(`shares that add up to ${percentText(total)}`, 'shares that add up to 100%');
};

const checkAmount = (written: unknown, unit: string | undefined, path: Path, findings: Findings): void => {
  if (unit === undefined || (typeof written !== 'string' && typeof written !== 'number')) return;
  const amount = readAmount(written);
  // No capacity and no demand would make every move look possible or none: a forgotten value more likely than a fact.
  if (amount?.value === 0)
    findings.refuse({ path, at: 'value', found: '0', expected: 'a number above 0', suggestion: null });
  if (amount === null || amount.unit === null || isUnitOf(amount.unit, unit)) return;
  const suggestion = `write ${amount.value} ${unit}`;
  findings.refuse({
    path,
    at: 'value',
    found: `the unit ${amount.unit}`,
    expected: `the unit of the service, ${unit}`,
    suggestion,
  });
};

const checkCapacity = (service: LooseService, path: Path, findings: Findings): void => {
  const regions = regionsOf(service);
  const below = [...path, 'capacity'];
  checkRegionKeys(service.capacity, regions, below, findings);
  checkCovered(service.capacity, regions, below, findings);
  for (const { value, path: place } of spread(service.capacity, regions, below)) {
    if (typeof value === 'object') checkAmount(value.reference, service.unit, [...place, 'reference'], findings);
    else checkAmount(value, service.unit, place, findings);
  }
};

const checkDemand = (service: LooseService, path: Path, findings: Findings): void => {
  const below = [...path, 'demand'];
  if (typeof service.demand === 'object') {
    checkRegionKeys(service.demand, regionsOf(service), below, findings);
    checkCovered(service.demand, regionsOf(service), below, findings);
  } else {
    checkAmount(service.demand, service.unit, below, findings);
  }
};

const checkDependencies = (name: string, service: LooseService, known: readonly string[], findings: Findings): void => {
  const path = ['services', name, 'dependsOn'];
  checkOnce(service.dependsOn, path, findings);
  for (const [index, other] of (service.dependsOn ?? []).entries()) {
    if (other === undefined) continue;
    const place = [...path, index];
    checkKnown('service', { name: other, path: place, at: 'value' }, known, findings);
    if (other === name)
      findings.refuse({
        path: place,
        at: 'value',
        found: 'the service itself',
        expected: 'other services',
        suggestion: 'delete it',
      });
  }
};

/** Services against the regions, the other services and themselves. Cycles of dependsOn are fine: they move as one wave. */
export const checkServices = (file: LooseFile, findings: Findings): void => {
  const regions = (file.regions ?? []).filter((region) => region !== undefined);
  if (file.regions !== undefined && file.regions.length < 2)
    findings.refuse({
      path: ['regions'],
      at: 'key',
      found: `${file.regions.length} regions`,
      expected: 'at least two: traffic needs somewhere to go',
      suggestion: null,
    });
  for (const [index, region] of (file.regions ?? []).entries())
    if (region !== undefined) checkName(region, ['regions', index], 'value', findings);
  checkOnce(file.regions, ['regions'], findings);

  checkNames(file.services, ['services'], findings);
  const services = Object.entries(file.services ?? {});
  const names = services.map(([name]) => name);
  if (file.services !== undefined && services.length === 0)
    findings.refuse({
      path: ['services'],
      at: 'key',
      found: 'an empty map',
      expected: 'at least one service',
      suggestion: null,
    });
  for (const [name, service] of services) {
    if (service === undefined) continue;
    const path = ['services', name];
    checkHome(service, path, regions, findings);
    checkCapacity(service, path, findings);
    checkDemand(service, path, findings);
    checkDependencies(name, service, names, findings);
    checkOnce(service.labels, [...path, 'labels'], findings);
    for (const [value, entry] of Object.entries(service.values ?? {}))
      if (typeof entry === 'object') checkRegionKeys(entry, regionsOf(service), [...path, 'values', value], findings);
    checkGates(service, path, findings);
  }
  checkSets(file, findings);
};
