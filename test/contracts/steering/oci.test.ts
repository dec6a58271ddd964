import { steeringContract } from './contract.ts';
import { arrangeOci, ociTraits } from './oci-world.ts';

steeringContract(ociTraits, () => arrangeOci());
steeringContract({ ...ociTraits, variant: 'with one attachment a page' }, () => arrangeOci({ fake: { pageSize: 1 } }));
