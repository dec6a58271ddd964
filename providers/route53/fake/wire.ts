/** One HTTP request as the fake sees it. No socket, so that the same fake serves loopback and an injected transport. */
export type FakeRequest = {
  readonly method: string;
  /** The path alone, percent-encoded as it was sent. */
  readonly path: string;
  readonly query: Record<string, string>;
  /** Header names are in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
};

export type FakeResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

/** `hang`: never answered. `reset`: the connection ends without an answer. */
export type FakeAnswer = FakeResponse | 'hang' | 'reset';

export type FakeHandler = (request: FakeRequest) => Promise<FakeAnswer>;
