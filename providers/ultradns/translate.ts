import { z } from 'zod';
import type { Json } from '../../src/domain/canonical.ts';
import type { MemberState, SetRef, SetState } from '../../src/domain/steering.ts';
import { ProviderError } from '../errors.ts';
import {
  assertPaired,
  infoAt,
  type JsonObject,
  kindOf,
  placeOf,
  type Rrset,
  settledInfo,
  settledSet,
  without,
} from './rrset.ts';
import { answering, type Runner, switchesFor } from './sitebacker.ts';
import { isOff, isOn, type StateWords, stateOf } from './states.ts';
import { memberName } from './value.ts';

/** Vendor's weights are the even numbers 2 to 100; one of steer's units is two of them. */
export const WEIGHT_RANGE = { minimum: 1, maximum: 50 } as const;
const VENDOR_WEIGHT = { least: 2, most: 100, perUnit: 2 } as const;

const OBJECT = z.record(z.string(), z.json());

/** What a member carries of its pool: enough to judge a write before anything is sent. */
const KEPT = z.strictObject({
  kind: z.string(),
  /** Everything of the pool that belongs to no single record. */
  set: OBJECT,
  /** Place in the pool: order is significant. */
  position: z.int(),
  /** What belongs to this record, but for state and weight. */
  info: OBJECT,
  /** States of those that are on, each once. Where all agree, a drained member has its own back from them. */
  serving: z.array(z.string()),
  /** States that no description knows. */
  strange: z.array(z.string()),
});

export interface Kept {
  readonly kind: string;
  readonly set: JsonObject;
  readonly position: number;
  readonly info: JsonObject;
  readonly serving: readonly string[];
  readonly strange: readonly string[];
}

/** Throws `rejected` for a member that carries no text of this vendor. */
export const keptOf = ({ member, kept }: MemberState): Kept => {
  const parsed = KEPT.safeParse(kept);
  if (parsed.success) return parsed.data;
  throw new ProviderError('rejected', `"${member}" carries no UltraDNS record to give back; read the set again`);
};

export const wholeOf = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) ? value : otherwise;

export const profileOf = (set: JsonObject): JsonObject => {
  const parsed = OBJECT.safeParse(set['profile']);
  return parsed.success ? parsed.data : {};
};

/** How many records of a SiteBacker pool answer; 1 where nothing is said. */
export const maxActiveOf = (set: JsonObject): number => wholeOf(profileOf(set)['maxActive'], 1);

const unitsOf = (ref: SetRef, member: string, info: JsonObject): number => {
  const weight = info['weight'] === undefined ? VENDOR_WEIGHT.least : wholeOf(info['weight'], Number.NaN);
  const isKnown = weight >= VENDOR_WEIGHT.least && weight <= VENDOR_WEIGHT.most && weight % VENDOR_WEIGHT.perUnit === 0;
  if (isKnown) return weight / VENDOR_WEIGHT.perUnit;
  const seen = JSON.stringify(info['weight']);
  throw new ProviderError(
    'unreadable',
    `${placeOf(ref)}: "${member}" weighs ${seen}, not an even number from 2 to 100`,
  );
};

const runnersOf = (rrset: Rrset): readonly Runner[] =>
  rrset.rdata.map((rdata, index) => {
    const info = infoAt(rrset, index);
    return { member: memberName(rdata), priority: wholeOf(info['priority'], 1), isOn: isOn(stateOf(info)) };
  });

/** Weight of each member; null for all in a set that is not steered by weight or state. */
const weightsIn = (ref: SetRef, rrset: Rrset): ReadonlyMap<string, number | null> => {
  const kind = kindOf(rrset);
  const runners = runnersOf(rrset);
  const answers = kind === 'SBPool' ? answering(runners, maxActiveOf(settledSet(rrset))) : new Set<string>();
  return new Map(
    runners.map(({ member, isOn: on }, index) => {
      if (kind === 'TCPool') return [member, on ? unitsOf(ref, member, infoAt(rrset, index)) : null];
      return [member, answers.has(member) ? 1 : null];
    }),
  );
};

/**
 * A record set as members, sorted by name; none for a name without one. A Traffic Controller pool by its weights. A SiteBacker
 * pool by who answers while all probes are well: weight 1, and null for a standby as for one that is off, since neither gets
 * traffic. Any other set shows its records without weights, to be refused. Throws `unreadable` for one that makes no sense.
 */
export const setStateOf = (ref: SetRef, rrset: Rrset | null): SetState => {
  if (rrset === null) return { set: ref.set, members: [] };
  assertPaired(rrset);
  const weights = weightsIn(ref, rrset);
  if (weights.size !== rrset.rdata.length)
    throw new ProviderError('unreadable', `${placeOf(ref)}: a record is listed twice`);
  const kind = kindOf(rrset);
  const set = settledSet(rrset);
  const states = rrset.rdata.map((_, index) => stateOf(infoAt(rrset, index)));
  const on = [...new Set(states.filter(isOn))].toSorted();
  // Where somebody turned all off, the way back is the state that the vendor assumes.
  const serving = on.length > 0 ? on : ['NORMAL'];
  const strange = [...new Set(states.filter((state) => !isOn(state) && !isOff(state)))].toSorted();
  const members = rrset.rdata.map((rdata, position): MemberState => {
    const member = memberName(rdata);
    const info = without(settledInfo(infoAt(rrset, position)), ['state', 'weight']);
    const kept = { kind, set, position, info, serving, strange };
    return {
      member,
      weight: weights.get(member) ?? null,
      present: true,
      ttlSeconds: rrset.ttl ?? null,
      healthCheck: null,
      kept,
      cost: { elements: 1, characters: rdata.length },
    };
  });
  return { set: ref.set, members: members.toSorted((a, b) => (a.member < b.member ? -1 : 1)) };
};

interface Wanted {
  readonly words: StateWords;
  /** The state that all serving members share. */
  readonly serving: string;
}

const switchedInfo = (info: JsonObject, on: boolean, { words, serving }: Wanted): JsonObject => {
  const state = stateOf(info);
  if (on) return isOff(state) ? { ...info, state: serving } : info;
  return isOff(state) ? info : { ...info, state: words.off };
};

const weighedInfo = (info: JsonObject, weight: number | null, wanted: Wanted): JsonObject => {
  const switchedTo = switchedInfo(info, weight !== null, wanted);
  return weight === null ? switchedTo : { ...switchedTo, weight: weight * VENDOR_WEIGHT.perUnit };
};

/** Which members of a SiteBacker pool must be on so that exactly those with a weight answer. Throws `rejected` when none do. */
const onAfter = (live: Rrset, left: SetState): ReadonlySet<string> => {
  const wanted = new Set(left.members.filter(({ weight }) => weight !== null).map(({ member }) => member));
  const switches = switchesFor(runnersOf(live), maxActiveOf(settledSet(live)), wanted);
  if (!switches.ok) throw new ProviderError('rejected', `${live.ownerName} ${live.rrtype}: ${switches.because}`);
  return new Set(switches.runners.filter(({ isOn: on }) => on).map(({ member }) => member));
};

export interface PoolWith {
  readonly pool: JsonObject;
  /** Members that are off in it. */
  readonly off: readonly string[];
}

/**
 * The pool that stores these weights: `live`, which was compared with what the caller expects, with other states and weights
 * and nothing else changed. What the vendor adds to its answers is left out.
 */
export const poolWith = (live: Rrset, left: SetState, words: StateWords): PoolWith => {
  const byName = new Map(left.members.map((member) => [member.member, member]));
  const [first] = left.members;
  const serving = first === undefined ? [] : keptOf(first).serving;
  const wanted: Wanted = { words, serving: serving[0] ?? 'NORMAL' };
  const on = kindOf(live) === 'SBPool' ? onAfter(live, left) : null;
  const rdataInfo = live.rdata.map((rdata, index) => {
    const info = settledInfo(infoAt(live, index));
    const member = memberName(rdata);
    if (on !== null) return switchedInfo(info, on.has(member), wanted);
    return weighedInfo(info, byName.get(member)?.weight ?? null, wanted);
  });
  const set = settledSet(live);
  const off = live.rdata.filter((_, index) => isOff(stateOf(rdataInfo[index] ?? {}))).map(memberName);
  const pool = {
    ...set,
    ...(live.ttl === undefined ? {} : { ttl: live.ttl }),
    rdata: live.rdata,
    profile: { ...profileOf(set), rdataInfo },
  };
  return { pool, off };
};
