import type { RateLimits } from '../rate-limit.ts';

const perMinute = (requests: number) => ({ perSecond: requests / 60, burst: Math.floor(requests / 3) });

/**
 * Resource Manager: 250 reads and 25 more a second, 200 writes and 10 more a second, for each service principal
 * (learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling). Traffic Manager counts per
 * subscription over 20 seconds: profiles get and list 450 a minute each, create or update 600 (azure-docs,
 * includes/traffic-manager-limits.md, May 2025). Azure DNS: 500 reads in five minutes (the same page of Resource Manager); two
 * operations read, so that each is given less than that.
 */
export const AZURE_LIMITS: RateLimits = {
  account: { perSecond: 25, burst: 250 },
  actions: {
    Profiles_ListByResourceGroup: perMinute(450),
    Profiles_Get: perMinute(450),
    Profiles_CreateOrUpdate: perMinute(600),
    RecordSets_Get: { perSecond: 1.2, burst: 200 },
    RecordSets_ListByDnsZone: { perSecond: 1.2, burst: 100 },
    RecordSets_CreateOrUpdate: { perSecond: 10, burst: 200 },
    RecordSets_Delete: { perSecond: 10, burst: 200 },
  },
};

/** Logins count elsewhere. A few are enough: a token is good for an hour. */
export const LOGIN_LIMITS: RateLimits = { account: { perSecond: 1, burst: 5 }, actions: {} };
