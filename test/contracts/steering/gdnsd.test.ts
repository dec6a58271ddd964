import { steeringContract } from './contract.ts';
import { arrangeGdnsd, GDNSD_TRAITS } from './gdnsd-world.ts';

steeringContract(GDNSD_TRAITS, arrangeGdnsd);
