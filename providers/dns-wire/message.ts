import { joined, MalformedDns, Reader, u16, u32 } from './bytes.ts';
import { encodeName, readName } from './names.ts';
import { unpackedData } from './rdata.ts';

export const OPCODE = { query: 0, update: 5 } as const;

/** Answer codes (RFC 1035, RFC 2136, 2.2). */
export const RCODE = {
  noError: 0,
  formErr: 1,
  servFail: 2,
  nxDomain: 3,
  notImp: 4,
  refused: 5,
  yxDomain: 6,
  yxRrset: 7,
  nxRrset: 8,
  notAuth: 9,
  notZone: 10,
} as const;

/** One record as it travels, names in its data written out, so that the same data can be sent back. */
export interface WireRecord {
  /** Presentation format with its trailing dot, as it came. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  readonly ttlSeconds: number;
  readonly data: Uint8Array;
}

/** A message with the three sections by the names that an update gives them: zone, prerequisites, updates, additional. */
export interface DnsMessage {
  readonly id: number;
  readonly isAnswer: boolean;
  readonly opcode: number;
  readonly isAuthoritative: boolean;
  readonly isTruncated: boolean;
  readonly rcode: number;
  readonly question: { readonly name: string; readonly type: number; readonly class: number } | null;
  /** Answers, or prerequisites of an update. */
  readonly answers: readonly WireRecord[];
  /** Authority, or what an update changes. */
  readonly authority: readonly WireRecord[];
  readonly additional: readonly WireRecord[];
}

const HEADER_BYTES = 12;
/** A pointer to the question's name, which always stands right behind the header. */
const ZONE_POINTER = Uint8Array.of(0xc0, HEADER_BYTES);

/** A name below the question's own ends in a pointer to it: a batch of hundreds of names would not fit otherwise. */
const packedName = (name: string, question: Uint8Array): Uint8Array => {
  const wire = encodeName(name);
  const tail = wire.length - question.length;
  if (question.length <= 2 || tail < 0) return wire;
  const own = Buffer.from(wire);
  // A match of bytes in the middle of a label would be no match of names.
  const starts = new Set<number>();
  for (let at = 0; at < wire.length; at += (wire[at] ?? 0) + 1) starts.add(at);
  if (!starts.has(tail) || !own.subarray(tail).equals(question)) return wire;
  return joined(wire.subarray(0, tail), ZONE_POINTER);
};

const encodeRecord = (record: WireRecord, question: Uint8Array): Uint8Array =>
  joined(
    packedName(record.name, question),
    u16(record.type),
    u16(record.class),
    u32(record.ttlSeconds),
    u16(record.data.length),
    record.data,
  );

export interface Outgoing {
  readonly id: number;
  readonly opcode: number;
  readonly question: { readonly name: string; readonly type: number };
  readonly answers?: readonly WireRecord[];
  readonly authority?: readonly WireRecord[];
}

/** A request of class IN without recursion: who is asked is an authority or nobody. */
export const encodeRequest = ({ id, opcode, question, answers = [], authority = [] }: Outgoing): Uint8Array => {
  const name = encodeName(question.name);
  const counts = [1, answers.length, authority.length, 0].map(u16);
  return joined(
    u16(id),
    u16(opcode << 11),
    ...counts,
    name,
    u16(question.type),
    u16(1),
    ...[...answers, ...authority].map((record) => encodeRecord(record, name)),
  );
};

const readRecord = (reader: Reader): WireRecord => {
  const name = readName(reader);
  const [type, its, ttlSeconds, length] = [reader.number(2), reader.number(2), reader.number(4), reader.number(2)];
  if (reader.left < length) throw new MalformedDns('the data of a record is cut short');
  const inner = new Reader(reader.bytes, reader.at, reader.at + length);
  reader.at += length;
  return { name, type, class: its, ttlSeconds, data: unpackedData(type, inner) };
};

const readRecords = (reader: Reader, count: number): WireRecord[] =>
  Array.from({ length: count }, () => readRecord(reader));

/** The message and where its last record begins, which is where a signature would stand. Throws `MalformedDns`. */
export const decodeMessage = (bytes: Uint8Array): { readonly message: DnsMessage; readonly lastAt: number } => {
  const reader = new Reader(bytes);
  const [id, flags] = [reader.number(2), reader.number(2)];
  const [questions = 0, answers = 0, authority = 0, additional = 0] = [2, 2, 2, 2].map((size) => reader.number(size));
  if (questions > 1) throw new MalformedDns(`${questions} questions in one message`);
  const question = questions === 0 ? null : { name: readName(reader), type: reader.number(2), class: reader.number(2) };
  const sections = { answers: readRecords(reader, answers), authority: readRecords(reader, authority) };
  const rest = readRecords(reader, Math.max(0, additional - 1));
  const lastAt = reader.at;
  const last = additional === 0 ? [] : readRecords(reader, 1);
  const message = {
    id,
    isAnswer: (flags & 0x8000) !== 0,
    opcode: (flags >>> 11) & 0xf,
    isAuthoritative: (flags & 0x0400) !== 0,
    isTruncated: (flags & 0x0200) !== 0,
    rcode: flags & 0xf,
    question,
    ...sections,
    additional: [...rest, ...last],
  };
  return { message, lastAt };
};
