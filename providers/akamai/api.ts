import { z } from 'zod';
import type { HttpResponse } from '../http.ts';
import type { HttpAccount, HttpCall, ReadFailure } from '../http-account.ts';
import { DOMAIN, PROPERTY, type Property, PUT_ANSWER, STATUS, type Status } from './property.ts';

/** The version of properties that is read and written: what a newer one adds is refused by the vendor, never lost. */
export const MEDIA_TYPE = 'application/vnd.config-gtm.v1.5+json';

const PROBLEM = z.looseObject({
  title: z.string().nullish(),
  detail: z.string().nullish(),
  errors: z.array(z.looseObject({ title: z.string().nullish(), detail: z.string().nullish() })).nullish(),
});

/** The vendor's own words of its problem document. By the status alone where there is none, or the vendor is ill. */
export const failureOf: ReadFailure = ({ status, body }: HttpResponse) => {
  if (status >= 500) return null;
  try {
    const { title, detail, errors } = PROBLEM.parse(JSON.parse(body));
    const words = [title, detail, ...(errors ?? []).map((error) => error.detail ?? error.title)];
    const message = words.filter((word) => typeof word === 'string' && word !== '').join('; ');
    return { message: message === '' ? `status ${status}` : message };
  } catch {
    return null;
  }
};

export interface GtmApi {
  /** All properties of a domain in one call. */
  properties(domain: string, signal: AbortSignal): Promise<readonly Property[]>;
  property(domain: string, name: string, signal: AbortSignal): Promise<Property>;
  /** Replaces a property whole. The change that it made, or null when the vendor did not say. */
  put(domain: string, property: Property, comment: string, signal: AbortSignal): Promise<Status | null>;
  status(domain: string, signal: AbortSignal): Promise<Status>;
}

export const gtmApi = (account: HttpAccount, endpoint: string): GtmApi => {
  const base = `${endpoint.replace(/\/+$/, '')}/config-gtm/v1/domains`;
  const at = (...parts: readonly string[]): string => [base, ...parts.map(encodeURIComponent)].join('/');
  const get = <T>(action: string, domain: string, url: string, accept: string, schema: z.ZodType<T>): HttpCall<T> => ({
    action,
    zone: domain,
    request: { method: 'GET', url, headers: { accept }, body: null },
    changes: false,
    schema,
  });
  return {
    async properties(domain, signal) {
      return (await account.call(get('GetDomain', domain, at(domain), MEDIA_TYPE, DOMAIN), signal)).properties;
    },
    property: (domain, name, signal) =>
      account.call(get('GetProperty', domain, at(domain, 'properties', name), MEDIA_TYPE, PROPERTY), signal),
    async put(domain, property, comment, signal) {
      const url = `${at(domain, 'properties', property.name)}?domainModificationComments=${encodeURIComponent(comment)}`;
      const answer = await account.call(
        {
          action: 'PutProperty',
          zone: domain,
          request: {
            method: 'PUT',
            url,
            headers: { accept: MEDIA_TYPE, 'content-type': MEDIA_TYPE },
            body: JSON.stringify(property),
          },
          changes: true,
          schema: PUT_ANSWER,
        },
        signal,
      );
      return answer.status ?? null;
    },
    status: (domain, signal) =>
      account.call(get('GetStatus', domain, at(domain, 'status', 'current'), 'application/json', STATUS), signal),
  };
};
