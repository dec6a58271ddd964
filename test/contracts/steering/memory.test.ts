import { steeringContract } from './contract.ts';
import { arrangeMemory, memoryTraits } from './memory-world.ts';

const NATIVE = { conditionalWrite: 'native', fence: 'native' } as const;
const EMULATED = { conditionalWrite: 'emulated', fence: 'native' } as const;

steeringContract(memoryTraits(NATIVE), () => arrangeMemory(NATIVE));
steeringContract(memoryTraits(EMULATED, 'without conditional writes'), () => arrangeMemory(EMULATED));
