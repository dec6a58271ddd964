import { z } from 'zod';
import type { VendorAbout } from '../../../providers/vendor.ts';
import { type Answer, granted, refuse } from '../answer.ts';

/** One key of a vendor's `settings`. */
export interface SettingShown {
  readonly key: string;
  readonly description: string;
  readonly isNeeded: boolean;
}

/** A vendor for a table: all that steer knows of it without an account. */
export interface VendorShown
  extends Pick<VendorAbout, 'vendor' | 'title' | 'endpoint' | 'secrets' | 'steering' | 'records'> {
  readonly settings: readonly SettingShown[];
}

const SCHEMA = z.object({
  properties: z.record(z.string(), z.looseObject({ description: z.string().optional() })).default({}),
  required: z.array(z.string()).default([]),
});

const settingsOf = (settings: z.ZodType): readonly SettingShown[] => {
  const { properties, required } = SCHEMA.parse(z.toJSONSchema(settings, { unrepresentable: 'any', io: 'input' }));
  return Object.entries(properties).map(([key, { description = '' }]) => ({
    key,
    description,
    isNeeded: required.includes(key),
  }));
};

/** `dns providers`: every vendor, or the one that was named. Needs no config and calls nobody. */
export const dnsVendors = (vendors: readonly VendorAbout[], only: string | null): Answer<readonly VendorShown[]> => {
  const chosen = vendors.filter(({ vendor }) => only === null || vendor === only.toLowerCase());
  if (chosen.length === 0)
    return refuse([`There is no vendor ${only ?? ''}. There are: ${vendors.map(({ vendor }) => vendor).join(', ')}.`], {
      kind: 'usage',
    });
  return granted(
    chosen.map(({ vendor, title, endpoint, secrets, steering, records, settings }) => ({
      vendor,
      title,
      endpoint,
      secrets,
      steering,
      records,
      settings: settingsOf(settings),
    })),
  );
};
