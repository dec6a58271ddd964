import type { SetRef, SetState } from '../../src/domain/steering.ts';
import { emulatedReplace } from '../emulated.ts';
import { ProviderError } from '../errors.ts';
import type { RateLimiter } from '../rate-limit.ts';
import { assertSafeChange } from '../set-change.ts';
import { sideBySide } from '../side-by-side.ts';
import type { SetChange, Steering, ZoneReading } from '../steering.ts';
import { AZURE_STEERING } from './capabilities.ts';
import type { Profile } from './profile.ts';
import type { ProfilesApi } from './profiles-api.ts';
import type { AzureSettings } from './settings.ts';
import { assertSteerable } from './steerable.ts';
import { profileOf, setStateOf } from './translate.ts';

/** A few resource groups side by side: each is one call. */
const MOST_GROUPS_AT_ONCE = 4;

export interface AzureSteeringDeps {
  readonly api: ProfilesApi;
  readonly settings: Pick<AzureSettings, 'profiles'>;
  readonly limiter: Pick<RateLimiter, 'parallel'>;
}

const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** `Steering` over Traffic Manager: a set is a profile, its zone the resource group, its members the endpoints. */
export const azureSteering = ({ api, settings, limiter }: AzureSteeringDeps): Steering => {
  const profileOfName = new Map(
    Object.entries(settings.profiles ?? {}).map(([name, profile]) => [plainName(name), profile.toLowerCase()]),
  );

  const findIn = (profiles: readonly Profile[], ref: SetRef): Profile | null => {
    const named = profileOfName.get(plainName(ref.name));
    const found = profiles.find(({ name, properties }) =>
      named === undefined
        ? plainName(properties.dnsConfig.fqdn ?? '') === plainName(ref.name)
        : name.toLowerCase() === named,
    );
    return found ?? null;
  };

  const readGroup = async (zone: string, refs: readonly SetRef[], signal: AbortSignal): Promise<ZoneReading> => {
    const profiles = await api.list(zone, signal);
    return { zone, fence: null, sets: refs.map((ref) => setStateOf(ref, findIn(profiles, ref))) };
  };

  /** Gone with its group or alone: either way the set holds nothing, and what was expected is not there. */
  const orNone = async (work: Promise<Profile>): Promise<Profile | null> => {
    try {
      return await work;
    } catch (failure) {
      if (failure instanceof ProviderError && failure.kind === 'not-found') return null;
      throw failure;
    }
  };

  const replaceOne = async (change: SetChange, left: SetState, zone: string, signal: AbortSignal): Promise<void> => {
    const { ref } = change;
    let live: Profile | null = null;
    const fetched = async (): Promise<Profile | null> => {
      const name = live?.name ?? profileOfName.get(plainName(ref.name));
      if (name !== undefined) return orNone(api.get(zone, name, signal));
      return findIn(await api.list(zone, signal), ref);
    };
    const read = async () => {
      live = await fetched();
      return [setStateOf(ref, live)];
    };
    const write = async (): Promise<void> => {
      // Only reached when the set was as expected, so that a profile is there.
      if (live === null) throw new ProviderError('conflict', `${ref.name} has no profile any more; read it again`);
      assertSteerable(live, left);
      await api.put(zone, profileOf(live, left), signal);
    };
    await emulatedReplace({ changes: [change], left: [left], read, write });
  };

  return {
    capabilities: AZURE_STEERING,

    async read(refs, signal) {
      const groups = [...Map.groupBy(refs, ({ zone }) => zone)];
      const width = Math.min(MOST_GROUPS_AT_ONCE, limiter.parallel());
      return sideBySide(groups, width, ([zone, its]) => readGroup(zone, its, signal));
    },

    async replace({ zone, changes, fence }, signal) {
      if (changes.length > 1) {
        throw new ProviderError(
          'too-large',
          `${changes.length} sets in one write; a profile of Azure is written alone`,
        );
      }
      const left = changes.map((change) => assertSafeChange(change, AZURE_STEERING.weight));
      for (const [index, change] of changes.entries()) {
        await replaceOne(change, left[index] ?? change.expects, zone, signal);
      }
      return { change: null, sets: left, fence: fence.leaves };
    },

    propagation: async (changes) => new Map(changes.map((change) => [change, 'unknown-change'])),
  };
};
