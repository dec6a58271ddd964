import type { DecodedPacket, Packet, Question } from 'dns-packet';
import type { DnsAnswer, DnsAnswerer, DnsRecord } from './dns-types.ts';
import {
  AUTHORITATIVE_ANSWER,
  decode,
  encode,
  encodeRecord,
  RCODES,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
} from './dns-wire.ts';

/** What a client without EDNS(0) can take over UDP (RFC 1035), and what fits a packet on any path (DNS flag day 2020). */
const PLAIN_UDP_BYTES = 512;
const LARGEST_UDP_BYTES = 1232;
const HEADER_BYTES = 12;
const OPCODE_MASK = 0x7800;

export type DnsTransport = 'udp' | 'tcp';

/** Bytes in, bytes out; undefined where a server stays silent. */
export type DnsResponder = (message: Buffer, from: string, over: DnsTransport) => Promise<Buffer | undefined>;

type Edns = { readonly udpPayloadSize: number; readonly version: number };

const ednsOf = (query: DecodedPacket): Edns | undefined => {
  for (const extra of query.additionals ?? [])
    if (extra.type === 'OPT') return { udpPayloadSize: extra.udpPayloadSize, version: extra.ednsVersion };
  return undefined;
};

const optOf = (edns: Edns | undefined, extendedRcode = 0): NonNullable<Packet['additionals']> =>
  edns === undefined
    ? []
    : [
        {
          type: 'OPT',
          name: '.',
          udpPayloadSize: LARGEST_UDP_BYTES,
          extendedRcode,
          ednsVersion: 0,
          flags: 0,
          flag_do: false,
          options: [],
        },
      ];

/** A header alone, for what cannot be read: only the id and the opcode are known. */
const headerOnly = (message: Buffer, rcode: number): Buffer => {
  const header = Buffer.alloc(HEADER_BYTES);
  message.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8000 | (message.readUInt16BE(2) & (OPCODE_MASK | RECURSION_DESIRED)) | rcode, 2);
  return header;
};

const tryDecode = (message: Buffer): DecodedPacket | undefined => {
  try {
    return decode(message);
  } catch {
    return undefined;
  }
};

type Reply = {
  readonly query: DecodedPacket;
  readonly edns: Edns | undefined;
  readonly rcode: number;
  readonly isAuthoritative: boolean;
  readonly answers: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
  readonly extendedRcode?: number;
};

const write = (reply: Reply, over: DnsTransport): Buffer => {
  const { query, edns } = reply;
  const answers = reply.answers.map(encodeRecord).filter((record) => record !== undefined);
  const authorities = reply.authority.map(encodeRecord).filter((record) => record !== undefined);
  const isWritable = answers.length === reply.answers.length;
  const flags =
    (query.flag_rd ? RECURSION_DESIRED : 0) |
    (reply.isAuthoritative && isWritable ? AUTHORITATIVE_ANSWER : 0) |
    (isWritable ? reply.rcode : RCODES.SERVFAIL);
  const whole: Packet = {
    type: 'response',
    id: query.id ?? 0,
    flags,
    questions: query.questions ?? [],
    answers: isWritable ? answers : [],
    authorities: isWritable ? authorities : [],
    additionals: optOf(edns, reply.extendedRcode),
  };
  const bytes = encode(whole);
  const room = Math.min(LARGEST_UDP_BYTES, Math.max(PLAIN_UDP_BYTES, edns?.udpPayloadSize ?? PLAIN_UDP_BYTES));
  if (over === 'tcp' || bytes.length <= room) return bytes;
  return encode({ ...whole, flags: flags | TRUNCATED_RESPONSE, answers: [], authorities: [] });
};

const refusal = (query: DecodedPacket, rcode: number, extendedRcode = 0): Reply => ({
  query,
  edns: ednsOf(query),
  rcode,
  isAuthoritative: false,
  answers: [],
  authority: [],
  extendedRcode,
});

const ask = async (answerer: DnsAnswerer, question: Question, from: string): Promise<DnsAnswer> => {
  try {
    return await answerer({ name: question.name, type: question.type }, from);
  } catch {
    return { rcode: 'SERVFAIL', answers: [], authority: [] };
  }
};

/** Gives answers under the name as it was asked, letter by letter: resolvers compare it. */
const underAskedName = (records: readonly DnsRecord[], asked: string): readonly DnsRecord[] =>
  records.map((record) =>
    record.name.toLowerCase().replace(/\.$/, '') === asked.toLowerCase() ? { ...record, name: asked } : record,
  );

const reply = async (answerer: DnsAnswerer, query: DecodedPacket, from: string): Promise<Reply> => {
  const [question, ...others] = query.questions ?? [];
  if (question === undefined || others.length > 0) return refusal(query, RCODES.FORMERR);
  const edns = ednsOf(query);
  // BADVERS is 16: its upper bits are in the OPT record.
  if (edns !== undefined && edns.version !== 0) return refusal(query, RCODES.NOERROR, 1);
  if (question.class !== 'IN') return refusal(query, RCODES.REFUSED);
  if (['ANY', 'AXFR', 'IXFR'].includes(question.type)) return refusal(query, RCODES.REFUSED);
  const answer = await ask(answerer, question, from);
  return {
    query,
    edns,
    rcode: RCODES[answer.rcode],
    isAuthoritative: answer.rcode === 'NOERROR' || answer.rcode === 'NXDOMAIN',
    answers: underAskedName(answer.answers, question.name),
    authority: answer.authority,
  };
};

/**
 * An authoritative name server as a function of bytes. Answers queries only (another opcode is NOTIMP), never recurses, sends
 * FORMERR for what it cannot read, stays silent for less than a header and for responses: answering those makes loops.
 */
export const createDnsResponder =
  (answerer: DnsAnswerer): DnsResponder =>
  async (message, from, over) => {
    if (message.length < HEADER_BYTES || (message.readUInt16BE(2) & 0x8000) !== 0) return undefined;
    if ((message.readUInt16BE(2) & OPCODE_MASK) !== 0) return headerOnly(message, RCODES.NOTIMP);
    const query = tryDecode(message);
    if (query === undefined) return headerOnly(message, RCODES.FORMERR);
    return write(await reply(answerer, query, from), over);
  };
