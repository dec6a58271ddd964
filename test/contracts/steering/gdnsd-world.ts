import { GDNSD_CAPABILITIES, SETTLES_AFTER_MS } from '../../../providers/gdnsd/about.ts';
import { countedHost } from '../../../providers/gdnsd/calls.ts';
import { createGdnsdFake, type GdnsdFake } from '../../../providers/gdnsd/fake.ts';
import type { GdnsdHost } from '../../../providers/gdnsd/host.ts';
import { gdnsdSteering } from '../../../providers/gdnsd/steering.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import { answering } from '../../support/dns-exchange.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { addressOf, faultyHost, foreignHand, type GdnsdPlaces, unmanagedText, worldFiles } from './gdnsd-files.ts';
import type { SteeringTraits, SteeringWorld } from './world.ts';

export const GDNSD_TRAITS: SteeringTraits = {
  vendor: 'gdnsd',
  ground: 'fake',
  capabilities: GDNSD_CAPABILITIES,
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: false,
  // Files know no rate, and the lock of another steer is tried on the machine itself.
  faults: [
    'unavailable-before',
    'unavailable-after',
    'reset-before',
    'reset-after',
    'hang-before',
    'hang-after',
    'unauthorised',
  ],
  pace: null,
};

const PLACES: GdnsdPlaces = {
  configDirectory: '/etc/gdnsd',
  stateDirectory: '/var/lib/gdnsd',
  runDirectory: '/run',
  port: 53,
};

/** The fake's machine as the provider sees one. */
export const hostOf = (fake: GdnsdFake): GdnsdHost => ({
  read: async (path) => fake.read(path),
  list: async (path) => fake.list(path),
  writeAtomically: async (path, text) => fake.write(path, text),
  control: async (action) => fake.control(action),
  exclusively: (work) => work(),
});

export const arrangeGdnsd = async (): Promise<SteeringWorld> => {
  const clock = new ManualClock();
  let turn = 0;
  const fake = createGdnsdFake({
    now: () => clock.now(),
    // Evenly over [0, 1), so that 100 questions meet every member with a weight.
    random: () => (turn++ % 100) / 100,
    configDirectory: PLACES.configDirectory,
    stateDirectory: PLACES.stateDirectory,
    files: worldFiles(PLACES),
    statesAfterMs: 1000,
    answersAfterMs: SETTLES_AFTER_MS,
  });
  const { host, fail, hung, landed, requests } = faultyHost(hostOf(fake));
  const startedAt = clock.now();
  return {
    steering: gdnsdSteering({
      host: countedHost(host, clock, () => {}),
      settings: { configDirectory: PLACES.configDirectory, stateDirectory: PLACES.stateDirectory },
      clock,
      policy: barePolicy,
      dns: answering((question) => fake.answer(question)),
      nameServers: [],
    }),
    zones: { home: 'example.com', other: 'example.net' },
    propagationMs: SETTLES_AFTER_MS,
    advance: (ms) => clock.advance(ms),
    foreigner: foreignHand(PLACES, async (path, change) => fake.write(path, change(fake.read(path) ?? ''))),
    fail,
    hung,
    landedWrites: landed,
    isAnswered: (ref, member) => Array.from({ length: 100 }, () => fake.answer(ref)).includes(addressOf(ref, member)),
    unmanaged: (ref) => unmanagedText(PLACES, host, ref),
    paced: () => ({ requests: requests(), elapsedMs: clock.now() - startedAt }),
  };
};
