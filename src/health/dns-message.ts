import { SocketAddress } from 'node:net';
import packet, { type Answer, type DecodedPacket, type RecordType } from 'dns-packet';

export interface DnsQuestion {
  readonly id: number;
  /** Without a trailing dot. */
  readonly name: string;
  readonly type: RecordType;
}

/** What one server said. `data` is empty for a name or type that does not exist: an answer, too. */
export type DnsReply =
  | { readonly kind: 'answer'; readonly data: readonly string[] }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'refused'; readonly because: string };

/** Types whose answers can be told apart by region. */
const TYPES: readonly RecordType[] = ['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'NS', 'PTR', 'CAA'];

export const recordType = (text: string): RecordType | undefined => TYPES.find((type) => type === text.toUpperCase());

export const bareName = (name: string): string => name.replace(/\.$/, '').toLowerCase();

/** RD is 0: an authoritative server answers from its own data, and anything else shall say that it is not one. */
export const encodeQuestion = ({ id, name, type }: DnsQuestion): Buffer =>
  packet.encode({ type: 'query', id, flags: 0, questions: [{ type, name }] });

/** Addresses and names in one form each, so that `2001:DB8:0::1` of a config is `2001:db8::1` of an answer. */
export const normalAnswer = (text: string): string => {
  const trimmed = text.trim();
  if (!trimmed.includes(':')) return bareName(trimmed);
  try {
    return new SocketAddress({ address: trimmed, family: 'ipv6' }).address;
  } catch {
    return bareName(trimmed);
  }
};

const dataOf = (answer: Answer): string => {
  switch (answer.type) {
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return normalAnswer(answer.data);
    case 'TXT':
      return [answer.data].flat().join('');
    default:
      return 'data' in answer ? JSON.stringify(answer.data) : '';
  }
};

const NOERROR = 0;
const NXDOMAIN = 3;

const answers = (decoded: DecodedPacket, { id, name, type }: DnsQuestion): boolean => {
  const [asked, ...more] = decoded.questions ?? [];
  return (
    decoded.type === 'response' &&
    decoded.id === id &&
    more.length === 0 &&
    asked !== undefined &&
    bareName(asked.name) === bareName(name) &&
    asked.type === type
  );
};

/** What one message says, as it stands there. `data` in the order of the answer. */
export interface ReadReply {
  readonly code: number;
  readonly hasAuthority: boolean;
  readonly isTruncated: boolean;
  readonly data: readonly string[];
}

/**
 * Reads a datagram as the reply to a question; null when it is none (another id, another question, rubbish), because
 * anybody may send a datagram to an open port.
 */
export const readReply = (bytes: Uint8Array, question: DnsQuestion): ReadReply | null => {
  let decoded: DecodedPacket;
  try {
    decoded = packet.decode(Buffer.from(bytes));
  } catch {
    return null;
  }
  if (!answers(decoded, question)) return null;
  const wanted = (decoded.answers ?? []).filter(({ type }) => type === question.type || type === 'CNAME');
  return {
    code: (decoded.flags ?? 0) & 0xf,
    hasAuthority: decoded.flag_aa,
    isTruncated: decoded.flag_tc,
    data: wanted.map(dataOf),
  };
};

/** Why a whole reply is no answer; null when it is one. "No such name" is one, too. */
export const notAnAnswer = ({ code, hasAuthority }: ReadReply): string | null => {
  if (code !== NOERROR && code !== NXDOMAIN) return `answers with response code ${code}`;
  return hasAuthority ? null : 'does not answer with authority';
};

export const isNoSuchName = ({ code }: ReadReply): boolean => code === NXDOMAIN;

/** As `readReply`, judged, and with the data in one order: servers turn it around. */
export const decodeReply = (bytes: Uint8Array, question: DnsQuestion): DnsReply | null => {
  const reply = readReply(bytes, question);
  if (reply === null) return null;
  if (reply.isTruncated) return { kind: 'truncated' };
  const because = notAnAnswer(reply);
  return because === null ? { kind: 'answer', data: reply.data.toSorted() } : { kind: 'refused', because };
};
