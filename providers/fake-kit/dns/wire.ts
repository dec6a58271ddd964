/** A message as a server of the fakes sees it. It has its own reading and writing, so that it shares no mistake with a client. */
export interface FakeRecord {
  /** Lower case, without the trailing dot; the root is empty. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** Hexadecimal. */
  readonly data: string;
}

export interface FakeMessage {
  readonly id: number;
  readonly flags: number;
  readonly question: { readonly name: string; readonly type: number; readonly class: number };
  readonly sections: readonly [readonly FakeRecord[], readonly FakeRecord[], readonly FakeRecord[]];
  /** Where the last record begins. */
  readonly lastAt: number;
}

const HEADER = 12;

const nameAt = (bytes: Buffer, start: number): { readonly name: string; readonly next: number } => {
  const labels: string[] = [];
  let at = start;
  let next = -1;
  for (;;) {
    const length = bytes.readUInt8(at);
    if (length >= 192) {
      const target = bytes.readUInt16BE(at) - 0xc000;
      if (target >= at) throw new RangeError('a pointer must lead back');
      if (next < 0) next = at + 2;
      at = target;
      continue;
    }
    if (length > 63) throw new RangeError('a label of an unknown kind');
    if (length === 0) return { name: labels.join('.'), next: next < 0 ? at + 1 : next };
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
};

export const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);

const recordAt = (bytes: Buffer, start: number): { readonly record: FakeRecord; readonly next: number } => {
  const { name, next } = nameAt(bytes, start);
  const length = bytes.readUInt16BE(next + 8);
  if (next + 10 + length > bytes.length) throw new RangeError('the data is cut short');
  return {
    record: {
      name,
      type: bytes.readUInt16BE(next),
      class: bytes.readUInt16BE(next + 2),
      ttl: bytes.readUInt32BE(next + 4),
      data: bytes.toString('hex', next + 10, next + 10 + length),
    },
    next: next + 10 + length,
  };
};

/** Throws `RangeError` for anything that is no request with exactly one question, to its last byte. */
export const parseRequest = (bytes: Buffer): FakeMessage => {
  const flags = bytes.readUInt16BE(2);
  const counts = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at));
  if ((flags & 0x8000) !== 0 || counts[0] !== 1) throw new RangeError('no request with one question');
  const { name, next } = nameAt(bytes, HEADER);
  const question = { name, type: bytes.readUInt16BE(next), class: bytes.readUInt16BE(next + 2) };
  let at = next + 4;
  let lastAt = at;
  const section = (count: number): FakeRecord[] =>
    Array.from({ length: count }, () => {
      lastAt = at;
      const read = recordAt(bytes, at);
      at = read.next;
      return read.record;
    });
  const sections = [section(counts[1] ?? 0), section(counts[2] ?? 0), section(counts[3] ?? 0)] as const;
  if (at !== bytes.length) throw new RangeError(`${bytes.length - at} bytes behind the message`);
  return { id: bytes.readUInt16BE(0), flags, question, sections, lastAt };
};

const shorts = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2);
  return bytes;
};

const recordBytes = (record: FakeRecord, question: string): Buffer => {
  const ttl = Buffer.alloc(4);
  ttl.writeUInt32BE(record.ttl);
  // A real server points back to the question, too.
  const owner = record.name === question ? shorts(0xc000 + HEADER) : nameBytes(record.name);
  const data = Buffer.from(record.data, 'hex');
  return Buffer.concat([owner, shorts(record.type, record.class), ttl, shorts(data.length), data]);
};

export interface FakeReply {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly FakeRecord[];
}

/** The answer to a request, with its question, not yet signed. */
export const replyBytes = (request: FakeMessage, { rcode, authoritative, answers }: FakeReply): Buffer => {
  const { id, flags, question } = request;
  const header = shorts(id, 0x8000 | (flags & 0x7800) | (authoritative ? 0x0400 : 0) | rcode, 1, answers.length, 0, 0);
  return Buffer.concat([
    header,
    nameBytes(question.name),
    shorts(question.type, question.class),
    ...answers.map((record) => recordBytes(record, question.name)),
  ]);
};
