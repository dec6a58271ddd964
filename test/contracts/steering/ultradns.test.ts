import { steeringContract } from './contract.ts';
import { arrangeUltradns, ultradnsTraits } from './ultradns-world.ts';

steeringContract(ultradnsTraits(), () => arrangeUltradns());
steeringContract(ultradnsTraits('with the words FORCE_ACTIVE and FORCE_FAIL'), () =>
  arrangeUltradns({ words: { on: 'FORCE_ACTIVE', off: 'FORCE_FAIL' }, spelling: 'snake' }),
);

/** What is done in the background has not happened yet when the answer is lost, so those faults have no effect to count. */
const inBackground = ultradnsTraits('doing changes in the background');
const faults = inBackground.faults.filter((fault) => !fault.endsWith('-after') && fault !== 'garbage');
steeringContract({ ...inBackground, faults }, () => arrangeUltradns({ inBackground: () => true, taskMs: 250 }));
