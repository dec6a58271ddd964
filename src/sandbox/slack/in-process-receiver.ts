import type { LinkEnd } from './delivery/socket-hub.ts';
import { isObject, type JsonObject, objectOf, parseJson, textOf } from './json.ts';
import type { Json } from './types.ts';
import type { SlackWorkspace } from './workspace.ts';

/** What Bolt's `App` takes of a receiver's event. */
interface AppEvent {
  readonly body: Record<string, Json>;
  readonly retryNum?: number;
  readonly retryReason?: string;
  readonly customProperties: Record<string, Json>;
  readonly ack: (response?: unknown) => Promise<void>;
}

interface AppLike {
  processEvent(event: AppEvent): Promise<void>;
}

export interface InProcessReceiverOptions {
  /** Becomes part of a listener's `context`, from the envelope (`envelope_id`, `type`, `retry_attempt`, …). */
  readonly customProperties?: (envelope: JsonObject) => Record<string, Json>;
  /** Told of what a listener threw; left out, it is lost, as a bot that stays silent. */
  readonly onError?: (error: unknown) => void;
  /** How long to wait before connecting again after the connection ended; left out, it stays ended. */
  readonly pause?: () => Promise<void>;
}

/** Bolt acknowledges with nothing, text or an object; over a socket text travels as `{ text }`. */
const payloadOf = (response: unknown): unknown =>
  typeof response === 'string' ? { text: response } : (response ?? {});

/** A receiver for Bolt's `App` that speaks Socket Mode with a workspace in the same process, under any clock. */
export class InProcessReceiver {
  readonly #workspace: SlackWorkspace;
  readonly #options: InProcessReceiverOptions;
  #app: AppLike | undefined;
  #end: LinkEnd | undefined;
  #isWanted = false;
  #isReconnecting = false;

  constructor(workspace: SlackWorkspace, options: InProcessReceiverOptions = {}) {
    this.#workspace = workspace;
    this.#options = options;
  }

  init(app: AppLike): void {
    this.#app = app;
  }

  async start(): Promise<void> {
    this.#isWanted = true;
    this.#connect();
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    this.#hangUp();
  }

  #connect(): void {
    this.#end = this.#workspace.connect({
      send: (text) => this.#take(text),
      close: () => this.#lost(),
    });
  }

  #hangUp(): void {
    this.#end?.closed();
    this.#end = undefined;
  }

  #lost(): void {
    this.#hangUp();
    this.#reconnect().catch((error: unknown) => this.#options.onError?.(error));
  }

  async #reconnect(): Promise<void> {
    const { pause } = this.#options;
    if (pause === undefined || this.#isReconnecting) return;
    this.#isReconnecting = true;
    try {
      do await pause();
      while (this.#isWanted && this.#workspace.isOut());
    } finally {
      this.#isReconnecting = false;
    }
    if (this.#isWanted) this.#connect();
  }

  #take(text: string): void {
    const envelope = parseJson(text);
    if (!isObject(envelope)) return;
    if (envelope['type'] === 'disconnect') this.#lost();
    if (envelope['envelope_id'] === undefined) return;
    const attempt = envelope['retry_attempt'];
    const event: AppEvent = {
      body: { ...objectOf(envelope['payload']) },
      ...(typeof attempt === 'number' && attempt > 0
        ? { retryNum: attempt, retryReason: textOf(envelope['retry_reason']) }
        : {}),
      customProperties: this.#options.customProperties?.(envelope) ?? {},
      ack: async (response) => {
        const answer = { envelope_id: envelope['envelope_id'], payload: payloadOf(response) };
        this.#end?.receive(JSON.stringify(answer));
      },
    };
    this.#app?.processEvent(event).catch((error: unknown) => this.#options.onError?.(error));
  }
}
