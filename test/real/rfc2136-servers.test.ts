import { afterAll, beforeAll, describe } from 'vitest';
import { capabilitiesOf } from '../../providers/rfc2136/capabilities.ts';
import { readSettings } from '../../providers/rfc2136/settings.ts';
import { steeringContract } from '../contracts/steering/contract.ts';
import { rfc2136Config } from '../contracts/steering/rfc2136-world.ts';
import type { SteeringTraits } from '../contracts/steering/world.ts';
import { startBind } from './support/dns-servers/bind.ts';
import type { Daemon } from './support/dns-servers/daemon.ts';
import { newKey, type RunKey } from './support/dns-servers/key.ts';
import { startKnot } from './support/dns-servers/knot.ts';
import { arrangeAt, ZONES } from './support/rfc2136-world.ts';

const SERVERS: readonly (readonly [string, RunKey, (key: RunKey, zones: readonly string[]) => Promise<Daemon>])[] = [
  ['BIND 9.18', newKey('hmac-sha256'), startBind],
  ['Knot 3.2', newKey('hmac-sha512'), startKnot],
];

const traitsOf = (variant: string): SteeringTraits => ({
  vendor: 'rfc2136',
  variant,
  ground: 'real',
  capabilities: capabilitiesOf(readSettings(rfc2136Config().settings ?? {})),
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 2, low: 1, high: 3, far: { east: 1, west: 3 } },
  marker: true,
  // Faults of the connection; a real server fails by itself too seldom to wait for it.
  faults: ['reset-before', 'reset-after', 'hang-before', 'hang-after', 'unauthorised', 'garbage'],
  pace: null,
});

describe.each(SERVERS)('on %s', (name, key, start) => {
  let server: Daemon;
  beforeAll(async () => {
    server = await start(key, ZONES);
  });
  afterAll(() => server.stop());

  steeringContract(traitsOf(name), () => arrangeAt(server, key));
});
