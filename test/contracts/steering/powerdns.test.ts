import { capabilitiesOf } from '../../../providers/powerdns/capabilities.ts';
import { readSettings } from '../../../providers/powerdns/settings.ts';
import { steeringContract } from './contract.ts';
import { arrangePowerDns, powerDnsConfig, type Way } from './powerdns-world.ts';
import { ALL_FAULTS, type SteeringTraits } from './world.ts';

const traitsOf = (variant: string, way: Way): SteeringTraits => ({
  vendor: 'powerdns',
  variant,
  ground: 'described',
  capabilities: capabilitiesOf(readSettings(powerDnsConfig(way).settings ?? {})),
  fields: ['weight', 'ttl', 'value'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: way === 'update',
  // The server has no word for either.
  faults: ALL_FAULTS.filter((fault) => fault !== 'throttled' && fault !== 'busy'),
  pace: { perSecond: 100, burst: 200 },
});

steeringContract(traitsOf('by DNS update', 'update'), () => arrangePowerDns('update'));
steeringContract(traitsOf('over its API', 'api'), () => arrangePowerDns('api'));
