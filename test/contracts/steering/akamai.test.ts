import { akamaiTraits, arrangeAkamai } from './akamai-world.ts';
import { steeringContract } from './contract.ts';

steeringContract(akamaiTraits, () => arrangeAkamai());
steeringContract({ ...akamaiTraits, variant: 'whose answers to a change name no status' }, () =>
  arrangeAkamai({ fake: { putAnswers: 'property' } }),
);
