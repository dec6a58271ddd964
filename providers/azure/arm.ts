import type { HttpRequest } from '../http.ts';

/** Addresses of one subscription at Resource Manager. */
export interface ArmPath {
  /** Where the addresses of the next pages must lie too. */
  readonly endpoint: string;
  group(resourceGroup: string): string;
}

export const armPath = (endpoint: string, subscriptionId: string): ArmPath => {
  const root = endpoint.replace(/\/+$/, '');
  return {
    endpoint: root,
    group: (resourceGroup) =>
      `${root}/subscriptions/${subscriptionId}/resourceGroups/${encodeURIComponent(resourceGroup)}`,
  };
};

/** A request to Resource Manager: every one names the version of the API, and a body is JSON. */
export const armRequest = (
  method: HttpRequest['method'],
  url: string,
  version: string,
  body: unknown = null,
  extra: Readonly<Record<string, string>> = {},
): HttpRequest => ({
  method,
  url: `${url}${url.includes('?') ? '&' : '?'}api-version=${version}`,
  headers: {
    accept: 'application/json',
    ...(body === null ? {} : { 'content-type': 'application/json' }),
    ...extra,
  },
  body: body === null ? null : JSON.stringify(body),
});
