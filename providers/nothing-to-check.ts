import { ProviderError } from './errors.ts';
import type { OpenedProvider } from './vendor.ts';

/** `provider check` of a vendor whose promises need no proof on the account. */
export const nothingToCheck =
  (whose: string): OpenedProvider['check'] =>
  () =>
    Promise.reject(
      new ProviderError('rejected', `${whose} has nothing to check: what steer relies on is in its description`),
    );
