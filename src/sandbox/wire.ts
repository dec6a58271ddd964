/** One HTTP request as a fake sees it: no socket, so that the same fake serves loopback and an injected transport. */
export type WireRequest = {
  readonly method: string;
  /** The path alone, without the query string. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** Header names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The body as it came, for fakes that take files; left out where the transport carries text only. */
  readonly bytes?: Uint8Array;
};

/** One HTTP response as a fake gives it. */
export type WireResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** `hang`: the request is never answered. `reset`: the connection ends without an answer. */
export type WireAnswer = WireResponse | 'hang' | 'reset';

/**
 * The other end of the wire: a function of bytes (and of the clock that the fake was made with).
 * It never throws for a bad request; it answers as the vendor would.
 */
export type WireHandler = (request: WireRequest) => Promise<WireAnswer>;
