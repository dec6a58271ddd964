import type { ProvenOnAccount } from '../../../providers/proven.ts';
import { capabilitiesOf } from '../../../providers/route53/capabilities.ts';
import { steeringContract } from './contract.ts';
import { arrangeRoute53 } from './route53-world.ts';
import { ALL_FAULTS, type SteeringTraits } from './world.ts';

const traitsOf = (variant: string, proven: ProvenOnAccount): SteeringTraits => ({
  vendor: 'route53',
  variant,
  ground: 'described',
  capabilities: capabilitiesOf(proven),
  fields: ['weight', 'ttl', 'value', 'healthCheck'],
  weights: { even: 100, low: 30, high: 170, far: { east: 10, west: 20 } },
  marker: true,
  faults: ALL_FAULTS.filter((fault) => fault !== 'unauthorised' && fault !== 'garbage'),
  pace: { perSecond: 10, burst: 50 },
});

const PROVEN: ProvenOnAccount = { conditionalWrite: true, fence: 'native', zeroOnAlias: false };
const UNPROVEN: ProvenOnAccount = { conditionalWrite: false, fence: 'native', zeroOnAlias: false };

steeringContract(traitsOf('proven', PROVEN), () => arrangeRoute53({ proven: PROVEN }));
steeringContract(traitsOf('unproven, on an account that does not compare weights', UNPROVEN), () =>
  arrangeRoute53({ proven: UNPROVEN, fake: { deleteIgnoresWeight: true } }),
);
