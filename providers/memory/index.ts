import { ProviderError } from '../errors.ts';
import type { OpenVendor } from '../vendor.ts';

/** Throws `rejected` unless the caller brings the vendor's side: there is no such account anywhere. */
export const openVendor: OpenVendor = async (config, _, { memory }) => {
  if (memory === null) {
    throw new ProviderError(
      'rejected',
      `provider ${config.provider}: \`vendor: memory\` exists in tests only; use route53`,
    );
  }
  return {
    ...memory,
    limiter: null,
    check: null,
  };
};
