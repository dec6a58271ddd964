import { isObject, parseJson, textOf } from '../json.ts';
import { type Acknowledgement, DeliveryProblem, type Envelope, type Transport } from './envelope.ts';

/** https://docs.slack.dev/apis/events-api/using-socket-mode: at most ten connections of one app. */
const MOST_LINKS = 10;
/** Slack says that a connection ends some seconds before it ends it. */
const REFRESH_GRACE_MS = 10_000;
/** Acknowledgements that never come are not waited for longer than this many later ones. */
const MOST_WAITING = 10_000;

/** The bot's end of a connection, as the hub drives it: a WebSocket, or a pair of functions in the same process. */
export interface Link {
  send(text: string): void;
  close(): void;
}

/** The hub's end, as the connection drives it. */
export interface LinkEnd {
  receive(text: string): void;
  /** The bot hung up, or the connection broke. */
  closed(): void;
}

export interface SocketHub {
  /** Takes a connection and says hello; one too many is told so and closed. */
  connect(link: Link): LinkEnd;
  readonly carry: Transport;
  /** Tells the oldest connection that it will be closed, and closes it a little later. */
  refresh(): void;
  /** Ends every connection without a word. */
  drop(): void;
  readonly size: () => number;
}

export interface SocketHubParts {
  readonly appId: string;
  readonly random: () => number;
  /** Resolves after so many milliseconds; never once the workspace is closed. */
  readonly wait: (ms: number) => Promise<void>;
  readonly changed: () => void;
}

interface Connection {
  readonly link: Link;
  isDraining: boolean;
}

const messageOf = (envelope: Envelope): string =>
  JSON.stringify({
    envelope_id: envelope.id,
    type: envelope.kind,
    payload: envelope.payload,
    accepts_response_payload: envelope.kind !== 'events_api',
    ...(envelope.kind === 'events_api'
      ? { retry_attempt: envelope.retry?.attempt ?? 0, retry_reason: envelope.retry?.reason ?? '' }
      : {}),
  });

const disconnect = (reason: string): string =>
  JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } });

export const createSocketHub = (parts: SocketHubParts): SocketHub => {
  const connections = new Set<Connection>();
  /** Who waits for an envelope's acknowledgement: several where it was delivered several times. */
  const waiting = new Map<string, readonly ((answer: Acknowledgement) => void)[]>();

  const end = (connection: Connection): void => {
    if (!connections.delete(connection)) return;
    connection.link.close();
    parts.changed();
  };

  const receive = (text: string): void => {
    const message = parseJson(text);
    if (!isObject(message)) return;
    const id = textOf(message['envelope_id']);
    const resolvers = waiting.get(id) ?? [];
    waiting.delete(id);
    for (const resolve of resolvers) resolve(message['payload'] ?? null);
  };

  const remember = (id: string, resolve: (answer: Acknowledgement) => void): void => {
    waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
    const [oldest] = waiting.keys();
    if (waiting.size > MOST_WAITING && oldest !== undefined) waiting.delete(oldest);
  };

  return {
    connect: (link) => {
      const connection: Connection = { link, isDraining: false };
      if (connections.size >= MOST_LINKS) {
        link.send(disconnect('too_many_websockets'));
        link.close();
        return { receive: () => {}, closed: () => {} };
      }
      connections.add(connection);
      link.send(
        JSON.stringify({
          type: 'hello',
          num_connections: connections.size,
          connection_info: { app_id: parts.appId },
          debug_info: { host: 'sandbox', started: '', build_number: 0, approximate_connection_time: 18_060 },
        }),
      );
      parts.changed();
      return {
        receive,
        closed: () => {
          if (connections.delete(connection)) parts.changed();
        },
      };
    },
    carry: async (envelope) => {
      // Each payload goes to any one of the connections, in no pattern.
      const open = [...connections].filter(({ isDraining }) => !isDraining);
      const chosen = open[Math.floor(parts.random() * open.length)];
      if (chosen === undefined) throw new DeliveryProblem('dispatch_failed', 'connection_failed');
      const done = new Promise<void>((resolve) => {
        remember(envelope.id, (answer) => {
          envelope.acknowledged(answer);
          resolve();
        });
      });
      chosen.link.send(messageOf(envelope));
      return done;
    },
    refresh: () => {
      const oldest = [...connections].find(({ isDraining }) => !isDraining);
      if (oldest === undefined) return;
      oldest.isDraining = true;
      oldest.link.send(disconnect('refresh_requested'));
      void parts.wait(REFRESH_GRACE_MS).then(() => end(oldest));
    },
    drop: () => {
      for (const connection of [...connections]) end(connection);
    },
    size: () => connections.size,
  };
};
