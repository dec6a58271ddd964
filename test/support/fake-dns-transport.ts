import type { DnsExchange, DnsTransfer } from '../../providers/dns-exchange.ts';

/** What a fake name server makes of one message. */
export type FakeDnsHandler = (server: string, message: Uint8Array) => Promise<readonly Uint8Array[] | 'hang' | 'reset'>;

export interface FakeDnsTransport {
  readonly dns: DnsExchange;
  readonly dnsTransfer: DnsTransfer;
  /** Resolves once a message is left hanging. */
  readonly hung: () => Promise<void>;
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });

/** Both transports of a vendor that speaks DNS, straight into a fake of this process. */
export const fakeDnsTransport = (handle: FakeDnsHandler): FakeDnsTransport => {
  let hung = (): void => {};
  const isHung = new Promise<void>((resolve) => {
    hung = resolve;
  });
  const sent = async (server: string, message: Uint8Array, signal: AbortSignal): Promise<readonly Uint8Array[]> => {
    signal.throwIfAborted();
    const answer = await handle(server, message);
    if (answer === 'reset') throw new Error('the connection was reset');
    if (answer !== 'hang') return answer;
    hung();
    return untilAborted(signal);
  };
  return {
    hung: () => isHung,
    dns: async (server, message, _, signal) => {
      const [answer] = await sent(server, message, signal);
      if (answer === undefined) throw new Error('the server closed without an answer');
      return answer;
    },
    dnsTransfer: async (server, message, isLast, signal) => {
      const answers = await sent(server, message, signal);
      if (!answers.some(isLast)) throw new Error('the server closed without an answer');
    },
  };
};
