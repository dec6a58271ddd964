import { afterEach } from 'vitest';
import { steeringContract } from '../contracts/steering/contract.ts';
import { GDNSD_TRAITS } from '../contracts/steering/gdnsd-world.ts';
import { realGdnsd } from './support/dns-servers/gdnsd-world.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

steeringContract({ ...GDNSD_TRAITS, vendor: 'gdnsd', ground: 'real' }, () =>
  realGdnsd((stop) => void stops.push(stop)),
);
