import { arrangeCloudflare, cloudflareTraits } from './cloudflare-world.ts';
import { steeringContract } from './contract.ts';

steeringContract(cloudflareTraits, () => arrangeCloudflare());
