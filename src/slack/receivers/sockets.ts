import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Reach } from '../clients.ts';

/**
 * Long enough for any outage of Slack: after a short row of retries the library gives up for good, in a rejection that
 * nobody catches. It makes the whole list of waits beforehand, so that a much longer row would not fit in memory.
 */
const RECONNECT = { retries: 5000, factor: 1.3, maxTimeout: 15_000 };

/** One connection is away for seconds at each of Slack's refreshes, which come every few hours; two are not away at once. */
const CONNECTIONS = 2;

export interface SocketOptions {
  readonly appToken: string;
  readonly reach: Reach;
}

const connection = ({ appToken, reach }: SocketOptions): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    logger: reach.logger,
    customPropertiesExtractor: ({ envelope_id }: { envelope_id?: unknown }) => ({
      deliveryKey: typeof envelope_id === 'string' ? envelope_id : null,
    }),
    installerOptions: {
      clientOptions: {
        retryConfig: { ...RECONNECT },
        ...(reach.endpoint === null ? {} : { slackApiUrl: reach.endpoint }),
      },
    },
  });

/** Two Socket Mode connections behind one receiver: each payload comes over any one of them. */
export class RedundantSockets implements Receiver {
  readonly #connections: readonly SocketModeReceiver[];

  constructor(options: SocketOptions) {
    this.#connections = Array.from({ length: CONNECTIONS }, () => connection(options));
  }

  init(app: App): void {
    for (const one of this.#connections) one.init(app);
  }

  /** Resolves once the first is connected; the other may still be at it. */
  start(): Promise<unknown> {
    return Promise.any(this.#connections.map((one) => one.start()));
  }

  /** The library's own `stop` does not wait for its socket to close. */
  async stop(): Promise<void> {
    await Promise.all(this.#connections.map((one) => one.client.disconnect()));
  }
}
