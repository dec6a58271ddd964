import type { SetRef } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import { assertSafeChange } from '../set-change.ts';
import type { Landed, SetChange, Steering, SteeringWrite } from '../steering.ts';
import type { BalancerApi } from './api.ts';
import type { Balancer } from './balancer.ts';
import { STEERING } from './capabilities.ts';
import { assertDrain, assertSteerable, assertSwitchedOn, type Tolerance } from './refusals.ts';
import { balancerIdOf, type PoolsById, patchOf, setStateOf, withOrderOf, withoutOrder } from './translate.ts';
import { assertZoneId } from './zone-id.ts';

/** A balancer answers for its name in whatever family the origins have: it is one set, called by this type. */
const TYPE_OF_A_BALANCER = 'A';

const comparable = (name: string): string => name.replace(/\.$/, '').toLowerCase();

const isFor = (ref: SetRef, balancer: Balancer): boolean =>
  ref.type === TYPE_OF_A_BALANCER && comparable(ref.name) === comparable(balancer.name);

/** Throws `too-large` before anything is sent: one call changes one balancer, so that more would not land together. */
const onlyChange = ({ changes }: SteeringWrite): SetChange | undefined => {
  if (changes.length <= 1) return changes[0];
  throw new ProviderError('too-large', `one write changes one load balancer at Cloudflare, not ${changes.length}`);
};

/** `Steering` over the `random_steering` of load balancers: read, compare, write, read back. */
export const cloudflareSteering = (api: BalancerApi, tolerance: Tolerance): Steering => {
  const poolsById = async (signal: AbortSignal): Promise<PoolsById> =>
    new Map((await api.pools(signal)).map((pool) => [pool.id, pool]));

  /** One that was deleted meanwhile holds nothing: that is a set which is not as expected. */
  const balancerOrNone = async (zone: string, id: string, signal: AbortSignal): Promise<Balancer | undefined> => {
    try {
      return await api.balancer(zone, id, signal);
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return undefined;
      throw failure;
    }
  };

  const change = async (wanted: SetChange, signal: AbortSignal): Promise<Landed['sets']> => {
    assertDrain(wanted);
    const safe = assertSafeChange(wanted, STEERING.weight);
    const left = withoutOrder(safe);
    const { ref } = wanted;
    assertZoneId(ref.zone);
    const id = balancerIdOf(wanted.expects);
    const pools = await poolsById(signal);
    const seen: Balancer[] = [];
    const asJustRead = (): Balancer => {
      const [first] = seen;
      if (first === undefined)
        throw new ProviderError('conflict', `load balancer ${id} is gone; read ${ref.name} again`);
      return first;
    };
    await emulatedReplace({
      changes: [wanted],
      left: [left],
      read: async () => {
        const live = await balancerOrNone(ref.zone, id, signal);
        if (live !== undefined) seen.push(live);
        return [setStateOf(ref, live, pools)];
      },
      write: async () => {
        const before = asJustRead();
        assertSwitchedOn(wanted, before, pools, left);
        assertSteerable(ref, before, pools, left, tolerance);
        await api.patch(ref.zone, id, patchOf(before, safe), signal);
      },
    });
    return [withOrderOf(left, asJustRead())];
  };

  return {
    capabilities: STEERING,

    async read(refs, signal) {
      const byZone = [...Map.groupBy(refs, ({ zone }) => zone)];
      for (const [zone] of byZone) assertZoneId(zone);
      const pools = byZone.length === 0 ? new Map() : await poolsById(signal);
      const readings = [];
      for (const [zone, its] of byZone) {
        const balancers = await api.balancers(zone, signal);
        const sets = its.map((ref) =>
          setStateOf(
            ref,
            balancers.find((balancer) => isFor(ref, balancer)),
            pools,
          ),
        );
        readings.push({ zone, fence: null, sets });
      }
      return readings;
    },

    async replace(write, signal): Promise<Landed> {
      const wanted = onlyChange(write);
      const sets = wanted === undefined ? [] : await change(wanted, signal);
      return { change: null, sets, fence: write.fence.leaves };
    },

    // Nobody but the name servers themselves says how far a change has got.
    propagation: async (changes) => new Map(changes.map((id) => [id, 'unknown-change'])),
  };
};
