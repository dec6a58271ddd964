import { createHash } from 'node:crypto';
import { type App, HTTPReceiver, type Receiver } from '@slack/bolt';
import type { Logger } from '@slack/web-api';

export interface HttpOptions {
  readonly signingSecret: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Null for all addresses. */
  readonly host: string | null;
  readonly logger: Logger;
  readonly isReady: () => boolean;
}

export const EVENTS_PATH = '/slack/events';

/** Slack's largest payloads are views of 250 kB; whoever sends more is not Slack. */
const BODY_LIMIT = '1mb';

const header = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '');

/** Slack's signed HTTP deliveries, with `/healthz` (the process) and `/readyz` (takes commands). */
export class SignedHttp implements Receiver {
  readonly #receiver: HTTPReceiver;
  readonly #options: HttpOptions;
  #port: number | null = null;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#receiver = new HTTPReceiver({
      signingSecret: options.signingSecret,
      endpoints: EVENTS_PATH,
      logger: options.logger,
      bodyLimit: BODY_LIMIT,
      customPropertiesExtractor: ({ headers }) => ({
        deliveryKey: createHash('sha256').update(header(headers['x-slack-signature'])).digest('hex'),
        sentAtSeconds: Number(header(headers['x-slack-request-timestamp'])),
      }),
      // Neither path nor reason of a stranger's request goes into the log.
      dispatchErrorHandler: ({ response }) => {
        response.writeHead(404).end();
      },
      unhandledRequestHandler: ({ response }) => {
        response.writeHead(404).end();
      },
      customRoutes: [
        { path: '/healthz', method: ['GET'], handler: (_, response) => response.writeHead(200).end('ok') },
        {
          path: '/readyz',
          method: ['GET'],
          handler: (_, response) => response.writeHead(options.isReady() ? 200 : 503).end(),
        },
      ],
    });
  }

  /** Where it listens; null before it does. */
  get port(): number | null {
    return this.#port;
  }

  init(app: App): void {
    this.#receiver.init(app);
  }

  async start(): Promise<void> {
    const { port, host } = this.#options;
    const server = await this.#receiver.start({ port, ...(host === null ? {} : { host }) });
    const address = server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
  }

  async stop(): Promise<void> {
    if (this.#port === null) return;
    this.#port = null;
    await this.#receiver.stop();
  }
}
