import type { HttpAccount } from '../http-account.ts';
import { type ArmPath, armRequest } from './arm.ts';
import { PROFILE, PROFILES, type Profile } from './profile.ts';

/** The newest stable version whose shapes this provider was written against. */
const VERSION = '2022-04-01';

/** Typed calls to Traffic Manager. Lists are not paged (swagger 2022-04-01, ProfileListResult has no nextLink). */
export const createProfilesApi = (account: HttpAccount, { group }: ArmPath) => {
  const one = (resourceGroup: string, name: string): string =>
    `${group(resourceGroup)}/providers/Microsoft.Network/trafficmanagerprofiles/${encodeURIComponent(name)}`;

  return {
    /** Throws `not-found` for an unknown resource group. */
    async list(resourceGroup: string, signal: AbortSignal): Promise<readonly Profile[]> {
      const url = `${group(resourceGroup)}/providers/Microsoft.Network/trafficmanagerprofiles`;
      const request = armRequest('GET', url, VERSION);
      const action = 'Profiles_ListByResourceGroup';
      const call = { action, zone: resourceGroup, request, changes: false, schema: PROFILES };
      return (await account.call(call, signal)).value;
    },

    get(resourceGroup: string, name: string, signal: AbortSignal): Promise<Profile> {
      const request = armRequest('GET', one(resourceGroup, name), VERSION);
      const call = { action: 'Profiles_Get', zone: resourceGroup, request, changes: false, schema: PROFILE };
      return account.call(call, signal);
    },

    async put(resourceGroup: string, profile: Profile, signal: AbortSignal): Promise<void> {
      const request = armRequest('PUT', one(resourceGroup, profile.name), VERSION, profile);
      const action = 'Profiles_CreateOrUpdate';
      await account.call({ action, zone: resourceGroup, request, changes: true, schema: PROFILE }, signal);
    },
  };
};

export type ProfilesApi = ReturnType<typeof createProfilesApi>;
