/** What one address of one name server with authority said to one question, asked many times. */
export interface ServerSeen {
  /** As it was named, `host:port`. */
  readonly server: string;
  /** The address that was asked; null where the name has none. */
  readonly address: string | null;
  readonly asked: number;
  /** Answers with authority, each different one once. `data` in the order of the answer; empty for "no such record". */
  readonly replies: readonly { readonly data: readonly string[]; readonly count: number }[];
  /** Of `replies`: how many said that there is no such name at all (NXDOMAIN). */
  readonly noSuchName: number;
  /** Of `replies`: how many did not fit a datagram and were asked for over TCP. */
  readonly overTcp: number;
  /** What was no answer, a sentence each, and how often. */
  readonly failures: readonly { readonly because: string; readonly count: number }[];
  /** This machine has no way there (no IPv6, say), which says nothing about the server. */
  readonly isBeyondReach: boolean;
}

/** One question for every server, put so many times to each. */
export interface ManyQuestions {
  readonly name: string;
  readonly type: string;
  /** `host:port` each, `[address]:port` for IPv6. */
  readonly servers: readonly string[];
  readonly queries: number;
}
