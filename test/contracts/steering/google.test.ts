import { steeringContract } from './contract.ts';
import { arrangeGoogle, googleTraits } from './google-world.ts';

steeringContract(googleTraits(), () => arrangeGoogle());
steeringContract(googleTraits('where the order of items does not count and a page is one record set'), () =>
  arrangeGoogle({ fake: { rules: { itemOrder: 'any', identicalPairs: 'accepted' }, pageSize: 1 } }),
);
