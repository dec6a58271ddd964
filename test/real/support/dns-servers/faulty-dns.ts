import {
  type DnsExchange,
  type DnsTransfer,
  socketExchange,
  socketTransfer,
} from '../../../../providers/dns-exchange.ts';
import type { WorldFault } from '../../../contracts/steering/world.ts';

/** Real sockets with faults of the connection between: before the message leaves, or after the server has answered. */
export interface FaultyDns {
  readonly dns: DnsExchange;
  readonly dnsTransfer: DnsTransfer;
  fail(on: 'read' | 'write', fault: WorldFault): void;
  hung(): Promise<void>;
  /** Messages that reached the server, and updates that it has taken. */
  counts(): { readonly messages: number; readonly landed: number };
}

const isUpdate = (message: Uint8Array): boolean => (((message[2] ?? 0) >> 3) & 15) === 5;
const rcodeOf = (message: Uint8Array): number => (message[3] ?? 0) & 15;

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export const faultyDns = (): FaultyDns => {
  const waiting: { readonly on: 'read' | 'write'; readonly fault: WorldFault }[] = [];
  let [messages, landed] = [0, 0];
  let onHung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    onHung = resolve;
  });

  const take = (message: Uint8Array): WorldFault | undefined => {
    const at = waiting.findIndex(({ on }) => (on === 'write') === isUpdate(message));
    return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
  };

  const hang = (signal: AbortSignal): Promise<never> => {
    onHung();
    return untilAborted(signal);
  };

  const before = async (fault: WorldFault | undefined, signal: AbortSignal): Promise<void> => {
    if (fault === 'reset-before') throw new Error('the connection was reset');
    if (fault === 'hang-before') await hang(signal);
  };

  const dns: DnsExchange = async (server, message, over, signal) => {
    const fault = take(message);
    await before(fault, signal);
    messages += 1;
    const answer = await socketExchange(server, message, over, signal);
    if (isUpdate(message) && rcodeOf(answer) === 0) landed += 1;
    if (fault === 'reset-after') throw new Error('the connection was reset');
    if (fault === 'hang-after') return hang(signal);
    return fault === 'garbage' ? Buffer.from('<html>bad gateway</html>') : answer;
  };

  return {
    dns,
    dnsTransfer: async (server, message, isLast, signal) => {
      const fault = take(message);
      await before(fault, signal);
      messages += 1;
      if (fault === 'garbage') isLast(Buffer.from('<html>bad gateway</html>'));
      await socketTransfer(server, message, isLast, signal);
    },
    fail: (on, fault) => void waiting.push({ on, fault }),
    hung: () => isHung,
    counts: () => ({ messages, landed }),
  };
};
