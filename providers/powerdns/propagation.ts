import type { DnsAccount } from '../dns-wire/account.ts';
import { type AskSerial, propagationBySerial } from '../dns-wire/propagation.ts';
import { serialOf } from '../dns-wire/zone-view.ts';
import type { Steering } from '../steering.ts';
import type { PowerDnsApi } from './api.ts';

export interface ServerPropagation {
  readonly api: PowerDnsApi;
  readonly servers: readonly string[];
  readonly soaAt: DnsAccount['soaAt'];
}

/** No name server: the serial that the API shows. */
const AT_API = '';

/** By the serials that all servers show; where the config names none, by the one that the API shows. */
export const serverPropagation =
  ({ api, servers, soaAt }: ServerPropagation): Steering['propagation'] =>
  (changes, signal) => {
    const ask: AskSerial = async (server, zone, inner) => {
      if (server !== AT_API) {
        const soa = await soaAt(server, zone, inner);
        return soa === null ? null : serialOf(soa.data);
      }
      const [found] = await api.zones(zone, inner);
      return found === undefined ? null : (found.edited_serial ?? found.serial);
    };
    return propagationBySerial(changes, servers.length > 0 ? servers : [AT_API], ask, signal);
  };
