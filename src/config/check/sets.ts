import type { Findings, Path } from '../problem.ts';
import { filled } from '../signal-template.ts';
import { type LooseFile, type LooseService, regionsOf, spread } from '../signal-uses.ts';
import { checkKnown, checkNames } from './common.ts';
import { checkLayer, checkParts } from './layers.ts';

type LooseSet = NonNullable<NonNullable<LooseService['sets']>[string]>;

/** Route 53's ids of hosted zones: ResourceId in the API model of 2013-04-01, at most 32 characters. */
const ROUTE53_ZONE = /^[A-Z0-9]{1,32}$/;

/** DNS names compare without case, and with or without the dot of the root. */
export const qualified = (name: string): string => `${name.toLowerCase().replace(/\.$/, '')}.`;

/** The member of one region: what is written, with {region} and {service} filled in. */
export const memberOf = (written: string, service: string, region: string): string =>
  filled(written, { service, region });

const checkMembers = (
  set: LooseSet,
  service: string,
  regions: readonly string[],
  path: Path,
  findings: Findings,
): void => {
  const below = [...path, 'members'];
  for (const key of Object.keys(set.members ?? {}))
    if (key !== 'each') checkKnown('region', { name: key, path: [...below, key], at: 'key' }, regions, findings);
  const members = spread(set.members, regions, below).map(({ value, region, ...rest }) => {
    return { ...rest, member: memberOf(value, service, region) };
  });
  if (set.members !== undefined && members.length < 2)
    findings.refuse({
      path: below,
      at: 'key',
      found: 'fewer than two members',
      expected: 'members of at least two regions',
      suggestion: null,
    });
  const seen = new Set<string>();
  for (const { member, path: place, each } of members) {
    if (seen.has(member))
      findings.refuse({
        path: place,
        at: 'value',
        found: 'one member for two regions',
        expected: 'every member once',
        suggestion: each ? 'write {region} in it' : null,
      });
    seen.add(member);
  }
};

/** A region with a home share that no set can send traffic to would be short of it for ever. */
const checkReached = (service: LooseService, path: Path, findings: Findings): void => {
  const sets = Object.values(service.sets ?? {});
  if (sets.some((set) => set?.members === undefined)) return;
  const regions = regionsOf(service);
  const reached = new Set(sets.flatMap((set) => spread(set?.members, regions, path).map(({ region }) => region)));
  for (const region of sets.length === 0 ? [] : regions.filter((candidate) => !reached.has(candidate)))
    findings.refuse({
      path: [...path, 'home', region],
      at: 'key',
      found: 'a region without a member in any set',
      expected: 'a member for it',
      suggestion: null,
    });
};

const checkZone = (set: LooseSet, file: LooseFile, path: Path, findings: Findings): void => {
  const vendor = set.provider === undefined ? undefined : file.providers?.[set.provider]?.vendor;
  if (vendor !== 'route53' || set.zone === undefined || ROUTE53_ZONE.test(set.zone)) return;
  const bare = set.zone.replace(/^\/?hostedzone\//, '');
  const suggestion = ROUTE53_ZONE.test(bare) ? `write ${bare}` : null;
  findings.refuse({
    path: [...path, 'zone'],
    at: 'value',
    found: 'another form',
    expected: 'the id of a hosted zone, such as Z0123456789ABC',
    suggestion,
  });
};

/** Steering sets against providers, regions and each other: two that steer one name would undo each other. */
export const checkSets = (file: LooseFile, findings: Findings): void => {
  const ids = new Map<string, string>();
  const names = new Map<string, string>();
  for (const [name, service] of Object.entries(file.services ?? {})) {
    if (service === undefined) continue;
    const path = ['services', name];
    checkNames(service.sets, [...path, 'sets'], findings);
    checkParts(service, path, findings);
    checkReached(service, path, findings);
    for (const [id, set] of Object.entries(service.sets ?? {})) {
      if (set === undefined) continue;
      const place = [...path, 'sets', id];
      const again = (owner: string | undefined, what: string): void => {
        if (owner === undefined) return;
        const found = `${what} that ${owner} has, too`;
        findings.refuse({ path: place, at: 'key', found, expected: 'every set once in the fleet', suggestion: null });
      };
      again(ids.get(id), 'a name of a set');
      ids.set(id, `service ${name}`);
      if (set.provider !== undefined)
        checkKnown(
          'provider',
          { name: set.provider, path: [...place, 'provider'], at: 'value' },
          Object.keys(file.providers ?? {}),
          findings,
        );
      checkZone(set, file, place, findings);
      checkMembers(set, name, regionsOf(service), place, findings);
      checkLayer(set, { service, file, path: place }, findings);
      if (set.provider === undefined || set.zone === undefined || set.name === undefined || set.type === undefined)
        continue;
      const ref = JSON.stringify([set.provider, set.zone, qualified(set.name), set.type, set.group ?? null]);
      again(names.get(ref), 'the provider, zone, name and type');
      names.set(ref, `set ${id} of service ${name}`);
    }
  }
};
