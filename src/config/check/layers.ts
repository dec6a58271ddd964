import { VENDORS } from '../../../providers/registry.ts';
import { percentText, WHOLE } from '../../domain/units.ts';
import type { Findings, Path } from '../problem.ts';
import { type LooseFile, type LooseService, regionsOf } from '../signal-uses.ts';
import { checkKnown } from './common.ts';

type LooseSet = NonNullable<NonNullable<LooseService['sets']>[string]>;

/** The parts of one layer add up to the whole: it alone carries all traffic of the service. */
const checkPartsOf = (service: LooseService, layer: string | undefined, path: Path, findings: Findings): void => {
  const sets = Object.values(service.sets ?? {}).filter((set) => set !== undefined && set.layer === layer);
  const where = layer === undefined ? '' : ` in layer ${layer}`;
  const parts = sets.map((set) => set?.part);
  const refuse = (found: string, expected: string): void =>
    findings.refuse({ path: [...path, 'sets'], at: 'key', found, expected, suggestion: null });
  if (service.sets !== undefined && Object.keys(service.sets).length === 0) refuse('no steering set', 'at least one');
  else if (sets.length === 0) refuse(`no steering set${where}`, 'at least one');
  const [only, ...others] = parts;
  if (parts.length === 0 || (others.length === 0 && only === undefined)) return;
  const total = parts.reduce((sum: number, part) => sum + (part ?? 0), 0);
  if (parts.includes(undefined))
    refuse(`sets without a part${where}`, 'a part for every set of a service that has several');
  else if (total !== WHOLE) refuse(`parts that add up to ${percentText(total)}${where}`, 'parts that add up to 100%');
};

/** Every layer of a service carries all of its traffic. */
export const checkParts = (service: LooseService, path: Path, findings: Findings): void => {
  for (const layer of service.layers ?? [undefined]) checkPartsOf(service, layer, path, findings);
};

const checkName = (set: LooseSet, { layers }: LooseService, path: Path, findings: Findings): void => {
  const known = (layers ?? []).filter((layer) => layer !== undefined);
  if (set.layer !== undefined)
    checkKnown('layer', { name: set.layer, path: [...path, 'layer'], at: 'value' }, known, findings);
  else if (known.length > 0) {
    const expected = `one of its layers: ${known.join(', ')}`;
    findings.refuse({ path: [...path, 'layer'], at: 'key', found: 'nothing', expected, suggestion: null });
  }
};

/** A geo group belongs to one region at a time, so that its home cannot be that of the service. */
const checkGroup = (
  set: LooseSet,
  file: LooseFile,
  regions: readonly string[],
  path: Path,
  findings: Findings,
): void => {
  const vendor = VENDORS.find(({ vendor: name }) => name === file.providers?.[set.provider ?? '']?.vendor);
  const refuse = (key: string, found: string, expected: string): void =>
    findings.refuse({ path: [...path, key], at: 'key', found, expected, suggestion: null });
  for (const region of Object.keys(set.home ?? {}))
    checkKnown('region', { name: region, path: [...path, 'home', region], at: 'key' }, regions, findings);
  const home = Object.values(set.home ?? {}).map((share) => share ?? 0);
  const total = home.reduce((sum, share) => sum + share, 0);
  if (set.home !== undefined && total !== WHOLE)
    refuse('home', `shares that add up to ${percentText(total)}`, 'shares that add up to 100%');
  if (set.group === undefined) return;
  if (vendor !== undefined && !vendor.steering.geo)
    refuse('group', `a geo group at ${vendor.title}`, 'no group: steer does not steer geo groups there');
  if (!home.includes(WHOLE))
    refuse('home', 'no region with 100%', 'the one region that the group answers with on a normal day, at 100%');
};

/** What a set says about its layer, its geo group and its own home. */
export const checkLayer = (
  set: LooseSet,
  { service, file, path }: { readonly service: LooseService; readonly file: LooseFile; readonly path: Path },
  findings: Findings,
): void => {
  checkName(set, service, path, findings);
  checkGroup(set, file, regionsOf(service), path, findings);
};
