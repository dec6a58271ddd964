import { countedHost } from '../../../providers/gdnsd/calls.ts';
import { createGdnsdFake } from '../../../providers/gdnsd/fake.ts';
import type { GdnsdHost } from '../../../providers/gdnsd/host.ts';
import { gdnsdSteering } from '../../../providers/gdnsd/steering.ts';
import { barePolicy } from '../../../providers/resilience.ts';
import type { Steering } from '../../../providers/steering.ts';
import type { SetRef, SetState, Weights } from '../../../src/domain/steering.ts';
import { type GdnsdPlaces, worldFiles } from '../../contracts/steering/gdnsd-files.ts';
import { hostOf } from '../../contracts/steering/gdnsd-world.ts';
import { changeOf, never, refOf, writeOf } from '../../contracts/steering/world.ts';
import { answering } from '../../support/dns-exchange.ts';
import { ManualClock } from '../../support/manual-clock.ts';

export const PLACES: GdnsdPlaces = {
  configDirectory: '/etc/gdnsd',
  stateDirectory: '/var/lib/gdnsd',
  runDirectory: '/run',
  port: 53,
};
export const CONFIG = '/etc/gdnsd/config';
export const ADMIN = '/var/lib/gdnsd/admin_state';
export const PENDING = '/var/lib/gdnsd/steer.pending';
export const WWW_WEIGHTS = '/etc/gdnsd/steer/www';
export const WWW = refOf('www', 'example.com');
export const API = refOf('api', 'example.com');

export const settings = { configDirectory: PLACES.configDirectory, stateDirectory: PLACES.stateDirectory };

/** The contract's world with some texts changed, `[path, from, to]` each; a path without a file is made. */
export const arrange = (
  edits: readonly (readonly [path: string, from: string, to: string])[] = [],
  around: (host: GdnsdHost) => GdnsdHost = (host) => host,
) => {
  const files: Record<string, string> = { ...worldFiles(PLACES) };
  for (const [path, from, to] of edits) files[path] = (files[path] ?? '').replace(from, to);
  const clock = new ManualClock();
  let turn = 0;
  const fake = createGdnsdFake({
    now: () => clock.now(),
    random: () => (turn++ % 100) / 100,
    ...settings,
    files,
    statesAfterMs: 1000,
    answersAfterMs: 3000,
  });
  const open = (inner: GdnsdHost = around(hostOf(fake))): Steering =>
    gdnsdSteering({
      host: countedHost(inner, clock, () => {}),
      settings,
      clock,
      policy: barePolicy,
      dns: answering((question) => fake.answer(question)),
      nameServers: [],
    });
  return { fake, clock, open, steering: open() };
};

export const readSet = async (steering: Steering, ref: SetRef = WWW): Promise<SetState> => {
  const [reading] = await steering.read([ref], never());
  const [state] = reading?.sets ?? [];
  if (state === undefined) throw new Error(`nothing was read of ${ref.name}`);
  return state;
};

export const write = async (steering: Steering, weights: Weights, ref: SetRef = WWW) =>
  steering.replace(writeOf(ref.zone, [changeOf(ref, await readSet(steering, ref), weights, 'state')]), never());

/** Kind and sentence of a refusal. */
export const refusal = async (
  work: Promise<unknown>,
): Promise<{ readonly kind: unknown; readonly message: string }> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && 'kind' in error) return { kind: error.kind, message: error.message };
    throw error;
  }
  return { kind: 'none', message: 'it was not refused' };
};
