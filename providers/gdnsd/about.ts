import { z } from 'zod';
import type { SteeringCapabilities } from '../../src/domain/steering.ts';
import type { VendorAbout } from '../vendor.ts';

const absolute = z.string().regex(/^\//, 'an absolute path is expected');

export const SETTINGS = z.strictObject({
  configDirectory: absolute.describe('where gdnsd finds `config` and `zones/`, e.g. /etc/gdnsd'),
  stateDirectory: absolute.describe("gdnsd's `state_dir`, where `admin_state` is, e.g. /var/lib/gdnsd"),
  weightsDirectory: absolute
    .optional()
    .describe(
      'files with weights that steer may rewrite, included by `config`; `steer/` in the config directory when left out',
    ),
  gdnsdctl: z.string().min(1).optional().describe('the control program; `gdnsdctl` of the PATH when left out'),
});

export type GdnsdSettings = z.infer<typeof SETTINGS>;

/**
 * States follow `admin_state` after about 1 s and answers follow the states by up to 2.1 s (seen on 3.8.1); a change counts as
 * arrived no sooner than this after its write.
 */
export const SETTLES_AFTER_MS = 4000;

export const GDNSD_CAPABILITIES: SteeringCapabilities = {
  // gdnsd-plugin-weighted(8), LIMITS: above zero and below 2^20.
  weight: { minimum: 1, maximum: 1_048_575 },
  granularity: 'weight',
  drain: ['state'],
  conditionalWrite: 'emulated',
  fence: 'waited',
  // No limit of gdnsd: files. A plan shall still not make one write of a whole fleet.
  batch: { elements: 1000, characters: 1_000_000, fenceElements: 0, sets: null },
  geo: false,
  propagation: 'reported',
  typicalPropagationMs: SETTLES_AFTER_MS + 1000,
  // Below `up_thresh` every member answers by its weight, as if up: the drained ones, too.
  failOpen: { allDrained: 'all-equally', drainedIsLastResort: true, noneHealthyServesAll: true },
};

export const about: VendorAbout = {
  vendor: 'gdnsd',
  title: 'gdnsd',
  // The machine itself: nothing else is ever asked, so that no config needs to say where.
  endpoint: 'file:///',
  settings: SETTINGS,
  secrets: [],
  steering: GDNSD_CAPABILITIES,
  records: null,
};
