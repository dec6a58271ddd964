import { resolve } from 'node:path';
import { SETTLES_AFTER_MS } from '../../../providers/gdnsd/about.ts';
import { createGdnsdFake } from '../../../providers/gdnsd/fake.ts';
import type { GdnsdHost } from '../../../providers/gdnsd/host.ts';
import { gdnsdSteering } from '../../../providers/gdnsd/steering.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { hostOf } from '../../contracts/steering/gdnsd-world.ts';
import { labelOf, NAMES, numbers, type Reached, refsIn, type VendorSeed, zoneNameOf } from './fleet.ts';

const SETTINGS = { configDirectory: '/etc/gdnsd', stateDirectory: '/var/lib/gdnsd' };

const labels = numbers(NAMES).map(labelOf);
const addressOf = (n: number, region: number): string => `10.${region}.${Math.floor(n / 250)}.${n % 250}`;

const inConfig = (path: string): string => resolve(SETTINGS.configDirectory, path);

const files = (): Readonly<Record<string, string>> => ({
  [inConfig('config')]: [
    'options => { listen => [ 127.0.0.1 ], zones_default_ttl => 60 }',
    'service_types => { web => { plugin => static, state => UP } }',
    'plugins => { static => { }',
    'weighted => { up_thresh => 0.01',
    ...labels.map((label) => `${label} => { service_types => [ up ], $include{steer/${label}} }`),
    '} }',
    '',
  ].join('\n'),
  [inConfig(`zones/${zoneNameOf(0)}`)]: [
    '@ SOA ns1 host 1 7200 30M 3D 60',
    '@ NS ns1',
    'ns1 A 127.0.0.1',
    ...labels.map((label) => `${label} 60/60 DYNA weighted!${label}`),
    '',
  ].join('\n'),
  ...Object.fromEntries(
    labels.map((label, n) => [
      inConfig(`steer/${label}`),
      ['east', 'west'].map((region, r) => `${region} => [ ${addressOf(n, r)}, 100 ]\n`).join(''),
    ]),
  ),
});

/** Reading a file of one's own machine is no call, here as in the provider's own count. */
const countedCalls = (host: GdnsdHost): { readonly host: GdnsdHost; readonly reached: () => Reached } => {
  let [reads, writes] = [0, 0];
  return {
    reached: () => ({ reads, writes }),
    host: {
      ...host,
      writeAtomically: (path, text, signal) => {
        writes += 1;
        return host.writeAtomically(path, text, signal);
      },
      control: (action, signal) => {
        if (action === 'replace') writes += 1;
        else reads += 1;
        return host.control(action, signal);
      },
    },
  };
};

export const gdnsd: VendorSeed = {
  because:
    'One zone of 500 names; a call is a file written or a run of gdnsdctl, and files are read for nothing. Writing: the file of ' +
    'weights that each name has, one `gdnsdctl replace`, and one `gdnsdctl states` before, because a gdnsd that does not run ' +
    'must not be written for.',
  async open(clock) {
    const fake = createGdnsdFake({
      now: () => clock.now(),
      random: () => 0.5,
      ...SETTINGS,
      files: files(),
      statesAfterMs: 1000,
      answersAfterMs: SETTLES_AFTER_MS,
    });
    const { host, reached } = countedCalls(hostOf(fake));
    const steering = gdnsdSteering({
      host,
      settings: SETTINGS,
      clock,
      policy: barePolicy,
      dns: () => Promise.reject(new Error('no server is asked here')),
      nameServers: [],
    });
    const floor = { cold: 0, writes: NAMES + 1, around: 1, verify: 0 };
    return { steering, refs: refsIn([zoneNameOf(0)], NAMES), reached, floor };
  },
};
