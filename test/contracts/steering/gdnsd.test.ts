import { steeringContract } from './contract.ts';
import { arrangeGdnsd, gdnsdTraits } from './gdnsd-world.ts';

steeringContract(gdnsdTraits('fake'), arrangeGdnsd);
