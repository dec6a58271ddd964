import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { socketExchange } from '../../../../providers/dns-exchange.ts';
import { SETTLES_AFTER_MS } from '../../../../providers/gdnsd/about.ts';
import { countedHost } from '../../../../providers/gdnsd/calls.ts';
import { localHost } from '../../../../providers/gdnsd/local-host.ts';
import { gdnsdSteering } from '../../../../providers/gdnsd/steering.ts';
import { barePolicy } from '../../../../providers/resilience.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import {
  addressOf,
  faultyHost,
  foreignHand,
  unmanagedText,
  worldFiles,
} from '../../../contracts/steering/gdnsd-files.ts';
import type { SteeringWorld } from '../../../contracts/steering/world.ts';
import { countAnswers } from '../ask.ts';
import { type StartedGdnsd, startGdnsd } from './gdnsd.ts';

/** Beyond the instant from which the provider may say "done". */
const SPARE_MS = 200;

/** A provider over a gdnsd that runs. */
export const steeringOver = ({ places }: StartedGdnsd) => {
  const settings = { configDirectory: places.configDirectory, stateDirectory: places.stateDirectory };
  const faults = faultyHost(localHost(settings));
  const steering = gdnsdSteering({
    host: countedHost(faults.host, systemClock, () => {}),
    settings,
    clock: systemClock,
    policy: barePolicy,
    dns: socketExchange,
    nameServers: [],
  });
  return { steering, faults };
};

/** The world of the contract at the real server. Time passes there by itself, and only once a change shall have arrived. */
export const realGdnsd = async (onEnd: (stop: () => Promise<void>) => void): Promise<SteeringWorld> => {
  const server = await startGdnsd(worldFiles);
  onEnd(server.stop);
  const { places } = server;
  const { steering, faults } = steeringOver(server);
  const startedAt = systemClock.now();
  let owedMs = 0;
  return {
    steering,
    zones: { home: 'example.com', other: 'example.net' },
    propagationMs: SETTLES_AFTER_MS,
    advance: async (ms) => {
      owedMs += ms;
      if (owedMs < SETTLES_AFTER_MS) return;
      owedMs = 0;
      await wait(SETTLES_AFTER_MS + SPARE_MS);
    },
    foreigner: foreignHand(places, async (path, change) => writeFile(path, change(await readFile(path, 'utf8')))),
    fail: faults.fail,
    hung: faults.hung,
    landedWrites: faults.landed,
    isAnswered: async (ref, member) => {
      const counts = await countAnswers(places.port, ref.name, 100);
      return (counts[addressOf(ref, member)] ?? 0) > 0;
    },
    unmanaged: (ref) => unmanagedText(places, faults.host, ref),
    paced: () => ({ requests: faults.requests(), elapsedMs: systemClock.now() - startedAt }),
  };
};
