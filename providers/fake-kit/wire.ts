/** One HTTP request as a fake sees it. No socket, so that the same fake serves loopback and an injected transport. */
export interface FakeRequest {
  readonly method: string;
  /** The path alone, percent-encoded as it was sent. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FakeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `hang`: never answered. `reset`: the connection ends without an answer. */
export type FakeAnswer = FakeResponse | 'hang' | 'reset';

export type FakeHandler = (request: FakeRequest) => Promise<FakeAnswer>;

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): FakeResponse => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: value === undefined ? '' : JSON.stringify(value),
});
