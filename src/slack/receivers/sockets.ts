import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../../ports/clock.ts';
import type { Reach } from '../clients.ts';
import type { Log } from '../log.ts';
import { patientFetch } from './patient-fetch.ts';

/**
 * The library makes the whole list of waits beforehand, so a much longer row would not fit in memory. The fetch below waits
 * by itself, so that this row is not used up.
 */
const RECONNECT = { retries: 5000, factor: 1.3, maxTimeout: 15_000 };

/** One connection is away for seconds at each of Slack's refreshes, which come every few hours; two are not away at once. */
const CONNECTIONS = 2;

export interface SocketOptions {
  readonly appToken: string;
  readonly reach: Reach;
  readonly clock: Clock;
  readonly log: Log;
}

const connection = ({ appToken, reach, clock, log }: SocketOptions, signal: AbortSignal): SocketModeReceiver => {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: reach.logger,
    customPropertiesExtractor: ({ envelope_id }: { envelope_id?: unknown }) => ({
      deliveryKey: typeof envelope_id === 'string' ? envelope_id : null,
    }),
    installerOptions: {
      clientOptions: {
        fetch: patientFetch({ fetch: reach.fetch ?? globalThis.fetch, clock, log, signal }),
        retryConfig: { ...RECONNECT },
        ...(reach.endpoint === null ? {} : { slackApiUrl: reach.endpoint }),
      },
    },
  });
  const { client } = receiver;
  const start = client.start.bind(client);
  // The library calls this from a timer where nobody would catch what it rejects with, e.g. on leaving while it connects.
  client.start = () =>
    start().catch((error: unknown) => {
      const kind = error instanceof Error ? error.name : 'unknown';
      if (!signal.aborted) log.error({ event: 'slack.socket-ended', kind }, 'a connection to Slack ended for good');
      return new Promise<never>(() => {});
    });
  return receiver;
};

/** Two Socket Mode connections behind one receiver: each payload comes over any one of them. */
export class RedundantSockets implements Receiver {
  readonly #stopped = new AbortController();
  readonly #connections: readonly SocketModeReceiver[];

  constructor(options: SocketOptions) {
    this.#connections = Array.from({ length: CONNECTIONS }, () => connection(options, this.#stopped.signal));
  }

  init(app: App): void {
    for (const one of this.#connections) one.init(app);
  }

  /** Resolves once the first is connected; while Slack is away that takes as long as it is. */
  start(): Promise<unknown> {
    return Promise.any(this.#connections.map((one) => one.start()));
  }

  /** The library's own `stop` does not wait for its socket to close. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#connections.map((one) => one.client.disconnect()));
  }
}
