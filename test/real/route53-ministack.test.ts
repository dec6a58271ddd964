import type { Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll } from 'vitest';
import { capabilitiesOf } from '../../providers/route53/capabilities.ts';
import { steeringContract } from '../contracts/steering/contract.ts';
import type { SteeringTraits } from '../contracts/steering/world.ts';
import { consoleAt } from './support/account.ts';
import { startMinistack } from './support/ministack.ts';
import { arrangeMinistack } from './support/ministack-world.ts';
import type { StartedServer } from './support/server.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;

const TRAITS: SteeringTraits = {
  vendor: 'route53',
  variant: 'on ministack',
  ground: 'emulator',
  capabilities: capabilitiesOf(PROVEN),
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: true,
  // Faults of the connection; it has no limits of its own and takes every key.
  faults: ['reset-before', 'reset-after', 'hang-before', 'hang-after', 'garbage'],
  answers: false,
  pace: { perSecond: 10, burst: 50 },
};

let server: StartedServer;
let console: Route53Client;
beforeAll(async () => {
  server = await startMinistack();
  console = consoleAt(server.url);
}, 180_000);
afterAll(async () => {
  console.destroy();
  await server.stop();
});

steeringContract(TRAITS, () => arrangeMinistack(server.url, console, PROVEN));
