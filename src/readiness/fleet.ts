import type { OutRegion } from '../domain/facts.ts';
import { durationText, type Instant } from '../domain/units.ts';
import type { FleetView } from '../run/fleet.ts';
import { phaseOf } from '../run/phase.ts';
import { isEnded, type Run } from '../run/state.ts';
import { type Finding, fail, listed, ok, warn } from './finding.ts';

const waitsForPerson = (run: Run): boolean =>
  run.stage === 'waiting' || run.personHold !== null || (run.engineHold !== null && !run.engineHold.endsByItself);

const runFinding = (run: Run): Finding => {
  const says = `${run.run} is ${phaseOf(run).words}`;
  return waitsForPerson(run)
    ? warn('runs', `${says} and waits for a person`, `steer show ${run.run}`)
    : ok('runs', `${says} and goes on by itself`);
};

const runFindings = (fleet: FleetView): readonly Finding[] => {
  const open = [...fleet.runs.values()].filter((run) => !isEnded(run));
  const broken = [...fleet.broken].map(([run, because]) =>
    fail('runs', `${run} cannot be replayed: ${because}`, 'steer audit verify'),
  );
  if (open.length === 0 && broken.length === 0) return [ok('runs', 'none is under way')];
  return [...broken, ...open.map(runFinding)];
};

const outFindings = (out: readonly OutRegion[], now: Instant): readonly Finding[] =>
  [...Map.groupBy(out, ({ region, run }) => `${region} ${run}`).values()].flatMap((those) => {
    const [first] = those;
    if (first === undefined) return [];
    const services = listed(those.map(({ service }) => service));
    const says = `${first.region} is out for ${services}, by ${first.run}, for ${durationText(now - first.since)}`;
    return [warn('out', says, `steer restore ${first.region} --reason "…"`)];
  });

/** What the store says is under way, forbidden or waited for. `out` are the regions that steer has emptied. */
export const fleetFindings = (fleet: FleetView, out: readonly OutRegion[], now: Instant): readonly Finding[] => {
  const frozen = fleet.freezes.filter(({ until }) => until === null || until > now);
  const { proposedConfig, adoption } = fleet;
  return [
    ...(frozen.length === 0
      ? [ok('freeze', 'none')]
      : frozen.map(({ by, because }) => warn('freeze', `${by} froze the fleet: ${because}`, 'steer unfreeze'))),
    ...runFindings(fleet),
    ...(out.length === 0 ? [ok('out', 'steer has no region out')] : outFindings(out, now)),
    ...(proposedConfig === null
      ? []
      : [
          warn(
            'config',
            `config ${proposedConfig.digest.slice(0, 12)}, proposed by ${proposedConfig.by}, waits for a second person`,
            'steer config accept',
          ),
        ]),
    ...(adoption === null
      ? []
      : [warn('store', `${adoption.by} asked to take zones over; it waits for a second person`, 'steer store adopt')]),
  ];
};
