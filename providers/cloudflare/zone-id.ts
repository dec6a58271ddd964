import { ProviderError } from '../errors.ts';

const ZONE_ID = /^[0-9a-f]{32}$/;

/** Throws `not-found` before anybody is asked: what has another form is no zone's id. */
export const assertZoneId = (zone: string): void => {
  if (ZONE_ID.test(zone)) return;
  const message = `no zone "${zone}": Cloudflare's zones go by their id, 32 hexadecimal digits, not by their name`;
  throw new ProviderError('not-found', message);
};
