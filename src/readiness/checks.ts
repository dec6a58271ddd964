import { type Answerer, checkOf, isServing } from '../domain/effective.ts';
import type { Facts } from '../domain/facts.ts';
import type { RegionId } from '../domain/ids.ts';
import { entriesOf } from '../domain/records.ts';
import type { SteeringCapabilities } from '../domain/steering.ts';
import { nameOf, type ReadSet } from './records.ts';

/** One region's record of one set, as the vendor judges it. */
export interface Answering extends Answerer {
  readonly region: RegionId;
  readonly member: string;
  readonly healthCheck: string | null;
}

/** A set as its vendor answers it; only sets whose vendor is known. */
export interface AnsweringSet {
  readonly read: ReadSet;
  readonly name: string;
  readonly capabilities: SteeringCapabilities;
  /** Records that are there. */
  readonly members: readonly Answering[];
}

export const answeringSets = (sets: readonly ReadSet[], facts: Facts): readonly AnsweringSet[] =>
  sets.flatMap((read) => {
    const vendor = facts.vendors[read.set.ref.provider];
    if (vendor === undefined) return [];
    const held = new Map(read.facts.state.members.map((state) => [state.member, state]));
    const members = entriesOf<RegionId, string>(read.set.members).flatMap(([region, member]): Answering[] => {
      const state = held.get(member);
      if (state === undefined || !state.present) return [];
      const { weight, present, healthCheck } = state;
      return [{ region, member, weight, present, healthCheck, check: checkOf(healthCheck, read.facts.checks) }];
    });
    return [{ read, name: nameOf(read.set), capabilities: vendor.capabilities, members }];
  });

export const hasCheck = ({ check }: Answerer): boolean => check !== 'none';

export const servingOf = ({ members }: AnsweringSet): readonly Answering[] => members.filter(isServing);

export const drainedOf = ({ members }: AnsweringSet): readonly Answering[] =>
  members.filter((member) => !isServing(member));

export const namesOf = (members: readonly Answering[]): readonly string[] =>
  members.map(({ member, region }) => `${member} (${region})`);
