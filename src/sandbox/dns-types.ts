export type DnsQuestion = {
  /** As it was sent, letter case kept, without a trailing dot. */
  readonly name: string;
  readonly type: string;
};

export type DnsRecord = {
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  /** In the form of a zone file, e.g. `192.0.2.1` or `10 mail.example.com.`. */
  readonly data: string;
};

export type DnsAnswer = {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED' | 'SERVFAIL';
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
};

/** Who asks: an address, or any name that a world gives its resolvers. */
export type DnsAnswerer = (question: DnsQuestion, from: string) => DnsAnswer | Promise<DnsAnswer>;
