import { recordsContract } from './contract.ts';
import { arrangeRoute53Records, route53RecordsTraits } from './route53-world.ts';

const PROVEN = { conditionalWrite: true, fence: 'native', zeroOnAlias: false } as const;
const UNPROVEN = { conditionalWrite: false, fence: 'native', zeroOnAlias: false } as const;

recordsContract(route53RecordsTraits(PROVEN, 'proven'), () => arrangeRoute53Records(PROVEN));
recordsContract(route53RecordsTraits(UNPROVEN, 'unproven, on an account that does not compare weights'), () =>
  arrangeRoute53Records(UNPROVEN, { deleteIgnoresWeight: true }),
);
