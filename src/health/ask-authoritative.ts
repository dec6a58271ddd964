import { isIP } from 'node:net';
import type { ResolveHost } from './addresses.ts';
import { groupedBy, mapLimited } from './batches.ts';
import type { HealthCallObserver } from './calls.ts';
import { bareName, type DnsReply, decodeReply, encodeQuestion, recordType } from './dns-message.ts';
import type { DnsServer, DnsTransport } from './dns-transport.ts';
import { failureText } from './failure-text.ts';

export interface DnsAsker {
  readonly transport: DnsTransport;
  readonly resolve: ResolveHost;
  /** A number that nobody can foresee, 0 to 65535: with the fresh port it is what keeps forged replies out. */
  readonly freshId: () => number;
  readonly observe: HealthCallObserver;
}

export interface AuthoritativeQuestion {
  readonly name: string;
  readonly type: string;
  /** `host:port` each, `[address]:port` for IPv6. */
  readonly servers: readonly string[];
  /** How many questions in all, dealt out over the servers in turn; each server gets at least one. */
  readonly queries: number;
  readonly timeoutMs: number;
}

/** What the authoritative servers answer. From one place one sees one location of an anycast server: a sample, no census. */
export interface AnswerDistribution {
  readonly asked: number;
  readonly answered: number;
  /** Each different answer (its records, normalised and sorted; none for a name that does not exist) and how often it came. */
  readonly answers: readonly { readonly data: readonly string[]; readonly count: number }[];
  /** What did not answer, one sentence for each server and reason. */
  readonly failures: readonly string[];
}

const PARALLEL_QUESTIONS = 32;

export const parseServer = (text: string): { readonly host: string; readonly port: number } | null => {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = Number(match?.[3]);
  return host === undefined || !(port >= 1 && port <= 65_535) ? null : { host, port };
};

type Asked = { readonly data: readonly string[] } | { readonly failure: string };

const reach = async (text: string, resolve: ResolveHost): Promise<DnsServer | { readonly failure: string }> => {
  const parsed = parseServer(text);
  if (parsed === null) return { failure: `"${text}" is no name server: host:port is expected` };
  if (isIP(parsed.host) !== 0) return { address: parsed.host, port: parsed.port };
  try {
    const [address] = await resolve(parsed.host);
    return address === undefined ? { failure: `${text} has no address` } : { address, port: parsed.port };
  } catch (error) {
    return { failure: failureText(error, `resolving ${parsed.host}`) };
  }
};

/** One question to one server: over UDP, and over TCP when the reply did not fit. */
const askOnce = async (
  text: string,
  server: DnsServer,
  question: AuthoritativeQuestion,
  asker: DnsAsker,
  signal: AbortSignal,
): Promise<Asked> => {
  const type = recordType(question.type);
  if (type === undefined) return { failure: `answers of type ${question.type} cannot be compared` };
  const sent = { id: asker.freshId(), name: bareName(question.name), type };
  const accept = (bytes: Uint8Array): DnsReply | null => decodeReply(bytes, sent);
  try {
    const exchange = { server, question: encodeQuestion(sent), accept, timeoutMs: question.timeoutMs, signal };
    const first = await asker.transport.udp(exchange);
    const reply = first.kind === 'truncated' ? await asker.transport.tcp(exchange) : first;
    asker.observe({ backend: 'dns', action: 'QUERY', outcome: reply.kind === 'answer' ? 'ok' : 'failed' });
    if (reply.kind === 'answer') return { data: reply.data };
    return { failure: `${text} ${reply.kind === 'refused' ? reply.because : 'truncates over TCP, too'}` };
  } catch (error) {
    asker.observe({ backend: 'dns', action: 'QUERY', outcome: 'failed' });
    return { failure: failureText(error, `asking ${text}`) };
  }
};

/**
 * Asks each authoritative server directly, never through a cache, with a fresh id and a fresh port each time, and counts
 * what they say. Never throws: what does not answer stands in `failures`.
 */
export const askAuthoritative = async (
  question: AuthoritativeQuestion,
  asker: DnsAsker,
  signal: AbortSignal,
): Promise<AnswerDistribution> => {
  const servers = await Promise.all(
    question.servers.map(async (text) => ({ text, server: await reach(text, asker.resolve) })),
  );
  const asked = servers.length === 0 ? 0 : Math.max(question.queries, servers.length);
  const turns = Array.from({ length: asked }, (_, index) => servers[index % servers.length]).filter(
    (turn) => turn !== undefined,
  );
  const replies = await mapLimited(turns, PARALLEL_QUESTIONS, ({ text, server }): Promise<Asked> => {
    return 'failure' in server ? Promise.resolve(server) : askOnce(text, server, question, asker, signal);
  });
  const answered = replies.filter((reply) => 'data' in reply);
  const distinct = groupedBy(answered, ({ data }) => JSON.stringify(data));
  return {
    asked,
    answered: answered.length,
    answers: [...distinct.values()]
      .map((group) => ({ data: group[0]?.data ?? [], count: group.length }))
      .sort((one, other) => other.count - one.count),
    failures: [...new Set(replies.flatMap((reply) => ('failure' in reply ? [reply.failure] : [])))],
  };
};
