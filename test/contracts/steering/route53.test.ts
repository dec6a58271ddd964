import { steeringContract } from './contract.ts';
import { arrangeRoute53 } from './route53-world.ts';

steeringContract('route53, proven', () =>
  arrangeRoute53({ proven: { conditionalWrite: true, fence: 'native', zeroOnAlias: false } }),
);
steeringContract('route53, unproven, on an account that does not compare weights', () =>
  arrangeRoute53({
    proven: { conditionalWrite: false, fence: 'native', zeroOnAlias: false },
    fake: { deleteIgnoresWeight: true },
  }),
);
