import { deathsIn } from '../capacity/dead.ts';
import type { ServiceConfig } from '../domain/config.ts';
import type { ServiceFacts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import type { MoveRequest, PlannedService } from '../domain/plan.ts';
import { recordOf, sum } from '../domain/records.ts';
import type { Shares } from '../domain/steering.ts';
import type { ProposeInput } from './request.ts';
import { type Division, freeHeadroom } from './targets.ts';

interface DivisionInput {
  readonly service: ServiceConfig;
  readonly planned: PlannedService;
  readonly facts: ServiceFacts;
  readonly from: Shares;
  readonly source: RegionId;
  readonly request: MoveRequest;
  readonly input: ProposeInput;
}

/**
 * Which destinations take how much: in proportion to what each can still take once it has scaled, so that all of them end
 * equally far from their limits. A dead region takes nothing; a region whose capacity nobody knows takes nothing. Where so
 * many are called dead that none is believed to be, the guardrails say so; a plan without destinations would hide it.
 */
export const divisionFor = ({ service, planned, facts, from, source, request, input }: DivisionInput): Division => {
  const limit = input.config.safety[request.mode].maximumDestinationUtilisation;
  const candidates = input.config.regions.filter(
    (region) =>
      region !== source &&
      (request.to.length === 0 || request.to.includes(region)) &&
      !(facts.regions[region]?.health === 'dead' && deathsIn(input.facts).isDead(service.service, region)) &&
      service.capacity[region] !== undefined,
  );
  const capacityOf = (region: RegionId): number => {
    const known = facts.regions[region];
    return Math.max(known?.capacityNow?.value ?? 0, known?.capacityReference?.value ?? 0);
  };
  const free = candidates.map((region) => {
    const room = {
      capacity: capacityOf(region),
      demand: planned.demand,
      share: from[region] ?? 0,
      maximumUtilisation: limit,
    };
    return [region, freeHeadroom(room)] as const;
  });
  // Full destinations still divide by size, so that the plan can say by how much the move is too large.
  if (sum(free.map(([, room]) => room)) > 0) return recordOf(free);
  return recordOf(candidates.map((region) => [region, capacityOf(region)] as const));
};
