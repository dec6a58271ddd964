import { isIP, isIPv6 } from 'node:net';
import type { ManyQuestions, ServerSeen } from '../domain/seen-answers.ts';
import type { ResolveHost } from './addresses.ts';
import { type DnsAsker, parseServer } from './ask-authoritative.ts';
import { mapLimited } from './batches.ts';
import {
  bareName,
  encodeQuestion,
  isNoSuchName,
  notAnAnswer,
  type ReadReply,
  readReply,
  recordType,
} from './dns-message.ts';
import type { DnsServer } from './dns-transport.ts';
import { failureText } from './failure-text.ts';

/** Questions under way at each server: an authoritative one takes far more, but somebody else may be asking, too. */
const PARALLEL_QUESTIONS = 16;

/** What says that there is no way from here, whatever the server does. */
const NO_WAY: ReadonlySet<string> = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT']);

type Target =
  | { readonly server: string; readonly at: DnsServer }
  | { readonly server: string; readonly failure: string };

/** Every address of a server: each may be another machine, and IPv6 another place than IPv4. */
const targetsOf = async (server: string, resolve: ResolveHost): Promise<readonly Target[]> => {
  const parsed = parseServer(server);
  if (parsed === null) return [{ server, failure: `"${server}" is no name server: host:port is expected` }];
  const { host, port } = parsed;
  if (isIP(host) !== 0) return [{ server, at: { address: host, port } }];
  try {
    const addresses = [...new Set(await resolve(host))];
    if (addresses.length === 0) return [{ server, failure: `${server} has no address` }];
    return addresses.map((address) => ({ server, at: { address, port } }));
  } catch (error) {
    return [{ server, failure: failureText(error, `resolving ${host}`) }];
  }
};

type Told =
  | { readonly kind: 'answer'; readonly reply: ReadReply; readonly overTcp: boolean }
  | { readonly kind: 'failure'; readonly because: string; readonly isBeyondReach: boolean };

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const askOnce = async (
  at: DnsServer,
  question: ManyQuestions,
  timeoutMs: number,
  { transport, freshId, observe }: DnsAsker,
  signal: AbortSignal,
): Promise<Told> => {
  const type = recordType(question.type);
  if (type === undefined)
    return { kind: 'failure', because: `answers of type ${question.type} cannot be compared`, isBeyondReach: false };
  const sent = { id: freshId(), name: bareName(question.name), type };
  const accept = (bytes: Uint8Array): ReadReply | null => readReply(bytes, sent);
  const failed = (because: string, isBeyondReach: boolean): Told => {
    observe({ backend: 'dns', action: 'QUERY', outcome: 'failed' });
    return { kind: 'failure', because, isBeyondReach };
  };
  try {
    const exchange = { server: at, question: encodeQuestion(sent), accept, timeoutMs, signal };
    const first = await transport.udp(exchange);
    const reply = first.isTruncated ? await transport.tcp(exchange) : first;
    const because = reply.isTruncated ? 'truncates over TCP, too' : notAnAnswer(reply);
    if (because !== null) return failed(because, false);
    observe({ backend: 'dns', action: 'QUERY', outcome: 'ok' });
    return { kind: 'answer', reply, overTcp: first.isTruncated };
  } catch (error) {
    return failed(failureText(error, 'asking it'), isIPv6(at.address) && NO_WAY.has(codeOf(error)));
  }
};

const countedBy = <T, R>(items: readonly T[], keyOf: (item: T) => string, made: (item: T, count: number) => R) =>
  [...Map.groupBy(items, keyOf).values()].flatMap((group) =>
    group.slice(0, 1).map((first) => made(first, group.length)),
  );

const seenAt = (server: string, address: string | null, told: readonly Told[]): ServerSeen => {
  const answered = told.filter((one) => one.kind === 'answer');
  const failed = told.filter((one) => one.kind === 'failure');
  return {
    server,
    address,
    asked: told.length,
    replies: countedBy(
      answered.map(({ reply }) => reply.data),
      (data) => JSON.stringify(data),
      (data, count) => ({ data, count }),
    ),
    noSuchName: answered.filter(({ reply }) => isNoSuchName(reply)).length,
    overTcp: answered.filter(({ overTcp }) => overTcp).length,
    failures: countedBy(
      failed.map(({ because }) => because),
      (because) => because,
      (because, count) => ({ because, count }),
    ),
    isBeyondReach: failed.length > 0 && answered.length === 0 && failed.every(({ isBeyondReach }) => isBeyondReach),
  };
};

/** After so many failures in a row and no answer at all a server is given up: it is not there. */
const HOPELESS = 3;

const askOne = async (
  target: Target,
  question: ManyQuestions,
  timeoutMs: number,
  asker: DnsAsker,
  signal: AbortSignal,
): Promise<ServerSeen> => {
  const { server } = target;
  if ('failure' in target)
    return seenAt(server, null, [{ kind: 'failure', because: target.failure, isBeyondReach: false }]);
  const ask = (): Promise<Told> => askOnce(target.at, question, timeoutMs, asker, signal);
  const tries: Told[] = [];
  while (tries.length < Math.min(HOPELESS, question.queries)) {
    const told = await ask();
    tries.push(told);
    if (told.kind === 'answer') break;
  }
  const isThere = tries.some(({ kind }) => kind === 'answer');
  const rest = isThere ? Array.from({ length: question.queries - tries.length }, () => ask) : [];
  return seenAt(server, target.at.address, [...tries, ...(await mapLimited(rest, PARALLEL_QUESTIONS, (one) => one()))]);
};

/**
 * Asks every address of every server directly, with a fresh id and a fresh port each time, RD 0, over UDP and over TCP when the
 * reply did not fit, and counts what each of them says. Never throws: what does not answer stands in `failures`.
 */
export const askEach = async (
  question: ManyQuestions,
  timeoutMs: number,
  asker: DnsAsker,
  signal: AbortSignal,
): Promise<readonly ServerSeen[]> => {
  const targets = await Promise.all(question.servers.map((server) => targetsOf(server, asker.resolve)));
  return Promise.all(targets.flat().map((target) => askOne(target, question, timeoutMs, asker, signal)));
};
