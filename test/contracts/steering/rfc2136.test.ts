import { capabilitiesOf } from '../../../providers/rfc2136/capabilities.ts';
import { readSettings } from '../../../providers/rfc2136/settings.ts';
import { steeringContract } from './contract.ts';
import { arrangeRfc2136, rfc2136Config } from './rfc2136-world.ts';
import { ALL_FAULTS } from './world.ts';

steeringContract(
  {
    vendor: 'rfc2136',
    ground: 'fake',
    capabilities: capabilitiesOf(readSettings(rfc2136Config().settings ?? {})),
    fields: ['weight', 'ttl', 'value'],
    weights: { even: 2, low: 1, high: 3, far: { east: 1, west: 3 } },
    marker: true,
    // The protocol has no word for either.
    faults: ALL_FAULTS.filter((fault) => fault !== 'throttled' && fault !== 'busy'),
    pace: null,
  },
  () => arrangeRfc2136(),
);
