import { steeringContract } from './contract.ts';
import { arrangeMemory } from './memory-world.ts';

steeringContract('memory', () => arrangeMemory());
steeringContract('memory without conditional writes', () =>
  arrangeMemory({ conditionalWrite: 'emulated', fence: 'native' }),
);
