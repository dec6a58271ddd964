import type { ServiceConfig, SteeringSetConfig } from '../domain/config.ts';
import type { ServiceFacts } from '../domain/facts.ts';
import { homeOf } from '../domain/home.ts';
import type { RegionId } from '../domain/ids.ts';
import type { PlannedService } from '../domain/plan.ts';
import { entriesOf } from '../domain/records.ts';
import type { MembersByRegion, SetState, Shares } from '../domain/steering.ts';
import { WHOLE } from '../domain/units.ts';
import { sharesOf } from '../domain/weights.ts';
import { divisionFor } from './division.ts';
import type { ProposeInput } from './request.ts';
import { comeHome, moveOut } from './targets.ts';

/** Where a set stands and where the move puts it; `to` is null when nothing could answer for the source. */
export interface Ends {
  readonly from: Shares;
  readonly to: Shares | null;
}

interface Mover {
  readonly service: ServiceConfig;
  readonly planned: PlannedService;
  readonly facts: ServiceFacts;
  readonly input: ProposeInput;
}

const endsFor = ({ service, planned, facts, input }: Mover, set: SteeringSetConfig, state: SetState): Ends => {
  const { request } = input;
  const { members } = set;
  const from = sharesOf(state, members);
  if (request.verb === 'restore') return { from, to: comeHome(from, homeOf(service, set), request.region) };
  const source: RegionId | null = request.region;
  if (source === null || members[source] === undefined) return { from, to: from };
  const division = divisionFor({ service, planned, facts, from, source, request, input });
  const moved = request.verb === 'shift' ? (request.share ?? 0) : WHOLE;
  return { from, to: moveOut(from, source, moved, division, members) };
};

/** In the same order too, so that the shares have it. */
const sameMembers = (a: MembersByRegion, b: MembersByRegion): boolean => {
  const others = entriesOf<RegionId, string>(b);
  const own = entriesOf<RegionId, string>(a);
  return (
    own.length === others.length &&
    own.every(([region, member], i) => others[i]?.[0] === region && others[i]?.[1] === member)
  );
};

const sameWeights = (a: SetState, b: SetState): boolean =>
  a.members.length === b.members.length &&
  a.members.every(({ member, present, weight }, i) => {
    const other = b.members[i];
    return other?.member === member && other.present === present && other.weight === weight;
  });

/** The ends of the sets of one service: those that stand alike go the same way, and it is worked out for the first. */
export const endsIn = (mover: Mover): ((set: SteeringSetConfig, state: SetState) => Ends) => {
  const known: { readonly set: SteeringSetConfig; readonly state: SetState; readonly ends: Ends }[] = [];
  return (set, state) => {
    const alike = known.find(
      (one) => sameWeights(one.state, state) && sameMembers(one.set.members, set.members) && one.set.home === set.home,
    );
    if (alike !== undefined) return alike.ends;
    const ends = endsFor(mover, set, state);
    known.push({ set, state, ends });
    return ends;
  };
};
